/** The table, row by row, with whom it is against, how, and what that leaves out. */

import { compareRow, type Comparison, type Report, type RowFigures } from "./report.ts";
import { CAST } from "./cast.ts";
import { DESCRIPTION } from "./effort.ts";
import { formatTable, formatTime, significant } from "../budgets/table.ts";
import { standingsOf } from "./standings.ts";

export function formatReport(report: Report): string {
  const { ahead, reasons, aheadWithLess, level } = standingsOf(report);
  return [
    formatMachine(report),
    `${DESCRIPTION}. "7 of 3" are 7 figures of 3 processes.`,
    ...report.rows.map(formatRow),
    list("What the stars stand for:", listLess(report)),
    list("Ahead of the fastest of ours, times as long:", [...ahead, ...reasons]),
    list("Ahead, and does less:", aheadWithLess),
    list("Level with the fastest of ours, within the spread or within 3 %:", level),
  ].join("\n\n");
}

/** Where and when, in one paragraph. */
export function formatMachine({ started, machine, versions, load }: Report): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const range = `${significant(Math.min(...load))} to ${significant(Math.max(...load))}`;
  return `${started}, ${machine}, load ${range}\n${packages.join(", ")}`;
}

/** A figure in the unit of its row. */
export function formatFigure(value: number, unit: string): string {
  if (unit === "ns") return formatTime(value);
  if (value < 1e4) return `${significant(value)} ${unit}`;
  return value < 1e6 ? `${significant(value / 1e3)} kB` : `${significant(value / 1e6)} MB`;
}

/** How many times ours; a hundredth of a per cent is still a figure. */
export function formatRatio(value: number): string {
  return value < 0.1 ? value.toPrecision(2) : significant(value);
}

/** Whether it does less than ours in this row. */
export function doesLess({ figures }: Comparison): boolean {
  return figures.less !== undefined || CAST[figures.who]?.less !== undefined;
}

/** How many figures there are. */
export function countFigures({ figures }: Comparison): number {
  return figures.rounds.filter((value) => value !== null).length;
}

/** What the stars stand for; what is true of somebody in several rows is said once. */
export function listLess({ rows }: Report): string[] {
  const present = new Set(rows.flatMap(({ entrants }) => entrants.map(({ who }) => who)));
  const always = [...present].flatMap((who) => {
    const less = CAST[who]?.less;
    return less === undefined ? [] : [`${who}: ${less}`];
  });
  const sometimes = new Map<string, string[]>();
  for (const { work, entrants } of rows) {
    for (const { who, less } of entrants) {
      if (less === undefined) continue;
      const line = `${who}: ${less}`;
      sometimes.set(line, [...sometimes.get(line) ?? [], work]);
    }
  }
  return [...always, ...[...sometimes].map(([line, works]) => `${line} (${works.join("; ")})`)];
}

function formatRow(row: RowFigures): string {
  const lines = compareRow(row).map((one) => [
    `${one.figures.who}${doesLess(one) ? "*" : ""}: ${one.figures.way}`,
    formatFigure(one.median, row.unit),
    formatTimes(one.ofOurs),
    formatTimes(one.ofLimit),
    `${(100 * one.spread).toFixed(0)} %`,
    `${countFigures(one)} of ${one.figures.processes}`,
    one.figures.n.toLocaleString("en"),
  ]);
  const table = formatTable(
    [row.work, "median", "of ours", "of limit", "±", "figures", "n"],
    lines,
  );
  return row.about === undefined ? table : `${table}\n${row.about}`;
}

/** A row may have no limit. */
function formatTimes(ratio: number): string {
  return Number.isNaN(ratio) ? "-" : `${formatRatio(ratio)}×`;
}

function list(title: string, lines: readonly string[]): string {
  return [title, ...lines.length === 0 ? ["nobody"] : lines].join("\n* ");
}
