/** The tables for bench/README.md: a line for each kind of work, how many times ours everybody takes. */

import { compareRow, type Comparison, type Report, type RowFigures } from "./report.ts";
import {
  countFigures,
  doesLess,
  formatFigure,
  formatMachine,
  formatRatio,
  listLess,
} from "./text.ts";
import { CAST } from "./cast.ts";
import { DESCRIPTION } from "./effort.ts";
import { standingsOf } from "./standings.ts";

/** What has a picture of its own. */
interface Chapter {
  readonly picture: string;
  readonly caption: string;
  readonly report: Report;
}

/** Parts of which the jobs' tables consist; of all others, there is one. */
const TABLES = new Map([
  ["Threads", "Threads"],
  ["Processes", "Processes"],
  ["Downloads", "Downloads"],
  ["Memory of downloads", "Downloads"],
]);

/** Tasks, and the jobs that they have done elsewhere; without what no row was measured of. */
export function chaptersOf(report: Report): Chapter[] {
  const [tasks, jobs] = [false, true].map((isOfJobs) => ({
    ...report,
    rows: report.rows.filter(({ part }) => TABLES.has(part) === isOfJobs),
  }));
  return [
    { picture: "peers.svg", caption: "Tasks: ours and its peers", report: tasks! },
    { picture: "peers_jobs.svg", caption: "Jobs and downloads: the same", report: jobs! },
  ].filter(({ report }) => report.rows.length > 0);
}

/** What stands between the two marks in bench/README.md: pictures, tables, and what to know of them. */
export function reportAsMarkdown(report: Report): string {
  const { ahead, reasons, aheadWithLess, level } = standingsOf(report);
  return [
    `${formatMachine(report).replaceAll("\n", "; ")}. ${DESCRIPTION}. ${describeFigures(report)}`,
    ...chaptersOf(report).flatMap(({ picture, caption, report }) => [
      `![${caption}](${picture})`,
      ...tablesOf(report.rows),
    ]),
    "### Who is ahead",
    "Times the fastest of ours in the row, the limit apart:",
    bullets(ahead),
    ...reasons,
    "Ahead, and does less:",
    bullets(aheadWithLess),
    "Level with it: the middle half of the ratios reaches 1, or all but:",
    bullets(level),
    "### What the stars stand for",
    bullets(listLess(report)),
    details("The ways in which the work is written", bullets(report.rows.map(listWays))),
  ].join("\n\n");
}

/** Of ours, how many figures there are, and of how many processes. */
function describeFigures({ rows }: Report): string {
  const all = rows.flatMap((row) => compareRow(row));
  const figures = all.map(countFigures);
  const processes = all.map((one) => one.figures.processes);
  return `Here that were ${range(figures)} figures of ${
    range(processes)
  } processes. Of ours, the table has ` +
    "the median time of an operation and the range of its middle half; of everybody else, how many times ours.";
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(most) : `${least} to ${most}`;
}

function tablesOf(rows: readonly RowFigures[]): string[] {
  const tables = Map.groupBy(rows, ({ part }) => TABLES.get(part) ?? "Tasks");
  return [...tables].flatMap(([title, rows]) => {
    const notes = new Set(rows.flatMap(({ about }) => about ?? []));
    return [`### ${title}`, tableOf(rows), ...notes];
  });
}

/** Who is in half of the rows has a column; everybody else shares the last. */
function tableOf(rows: readonly RowFigures[]): string {
  const isColumn = (who: string) =>
    who !== "ours" &&
    2 * rows.filter(({ entrants }) => entrants.some((one) => one.who === who)).length >=
      rows.length;
  const columns = Object.keys(CAST).filter(isColumn);
  const cells = rows.map((row) => rowCells(row, columns));
  const hasOthers = cells.some((row) => row.at(-1) !== "");
  const head = ["work", "ours", ...columns, "others"];
  return table([head, ...cells].map((row) => hasOthers ? row : row.slice(0, -1)));
}

function rowCells(row: RowFigures, columns: readonly string[]): string[] {
  const all = new Map(compareRow(row).map((one) => [one.figures.who, one]));
  const ours = all.get("ours");
  const others = [...all].filter(([who]) => who !== "ours" && !columns.includes(who));
  return [
    row.work,
    ours === undefined
      ? ""
      : `${formatFigure(ours.median, row.unit)} ± ${(100 * ours.spread).toFixed(0)} %`,
    ...columns.map((who) => all.has(who) ? times(all.get(who)!) : ""),
    others.map(([who, one]) => `${who} ${times(one)}`).join(", "),
  ];
}

function times(one: Comparison): string {
  return `${formatRatio(one.ofOurs)}${doesLess(one) ? "\\*" : ""}`;
}

/** With n where it is not the same for all. */
function listWays(row: RowFigures): string {
  const entrants = row.entrants.filter(({ who }) => who !== "limit");
  const most = Math.max(...entrants.map(({ n }) => n));
  const ways = entrants.map(({ who, way, n }) =>
    `${who} \`${way}\`${n === most ? "" : ` (n ${n.toLocaleString("en")})`}`
  );
  return `${row.work} (n ${most.toLocaleString("en")}): ${ways.join("; ")}`;
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
  const align = head!.map((_, column) => column === 0 ? "---" : "--:");
  return [head!, align, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function bullets(lines: readonly string[]): string {
  return lines.length === 0 ? "- nobody" : lines.map((line) => `- ${line}`).join("\n");
}

function details(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
