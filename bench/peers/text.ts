/** The table, row by row, with whom it is against, how, and what that leaves out. */

import { ahead, compareRow, type Comparison, type Report, type RowFigures } from "./report.ts";
import { CAST } from "./cast.ts";
import { formatTable, formatTime, significant } from "../budgets/table.ts";

export function formatReport(report: Report): string {
  return [
    formatMachine(report),
    ...report.rows.map(formatRow),
    listLess(report).map((line) => `* ${line}`).join("\n"),
    formatAhead(report),
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
  return unit === "ns" ? formatTime(value) : `${significant(value)} ${unit}`;
}

/** How many times ours; a hundredth of a per cent is still a figure. */
export function formatRatio(value: number): string {
  return value < 0.1 ? value.toPrecision(2) : significant(value);
}

/** Whether it does less than ours in this row. */
export function doesLess({ figures }: Comparison): boolean {
  return figures.less !== undefined || CAST[figures.who]?.less !== undefined;
}

function formatRow(row: RowFigures): string {
  const lines = compareRow(row).map((one) => [
    `${one.figures.who}${doesLess(one) ? "*" : ""}: ${one.figures.way}`,
    formatFigure(one.median, row.unit),
    `${formatRatio(one.ofOurs)}×`,
    `${formatRatio(one.ofLimit)}×`,
    `${(100 * one.spread).toFixed(0)} %`,
    String(one.figures.rounds.filter((value) => value !== null).length),
    one.figures.n.toLocaleString("en"),
  ]);
  return formatTable([row.work, "median", "of ours", "of limit", "±", "rounds", "n"], lines);
}

/** What the stars stand for. */
export function listLess({ rows }: Report): string[] {
  const present = new Set(rows.flatMap(({ entrants }) => entrants.map(({ who }) => who)));
  const lines = [...present].flatMap((who) => {
    const less = CAST[who]?.less;
    return less === undefined ? [] : [`${who}: ${less}`];
  });
  for (const row of rows) {
    for (const { who, less } of row.entrants) {
      if (less !== undefined) lines.push(`${who}, ${row.work}: ${less}`);
    }
  }
  return lines;
}

function formatAhead({ rows }: Report): string {
  const lines = rows.flatMap(listAhead);
  return lines.length === 0 ? "Nobody is ahead of ours." : `Ahead of ours:\n${lines.join("\n")}`;
}

/** Who in this row is ahead of ours, a line for each. */
export function listAhead(row: RowFigures): string[] {
  return ahead(row).map((one) => {
    const less = doesLess(one) ? ", and does less" : "";
    return `${row.work}: ${one.figures.who} takes ${formatRatio(one.ofOurs)} × ours${less}`;
  });
}
