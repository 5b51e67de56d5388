/** The table for bench/README.md: a line for each kind of work, how many times ours everybody takes. */

import { compareRow, type Comparison, type Report, type RowFigures } from "./report.ts";
import { doesLess, formatFigure, formatMachine, formatRatio, listAhead, listLess } from "./text.ts";

/** Who has a column; everybody else shares the last. */
const COLUMNS = [
  "limit",
  "ours, async",
  "native promises",
  "Effect",
  "Effection",
  "asyncio",
  "uvloop",
  "trio",
];

/** What has a table and a picture of its own. */
interface Chapter {
  readonly picture: string;
  readonly caption: string;
  readonly report: Report;
}

const JOBS = new Set(["Threads", "Processes", "Downloads", "Memory of downloads"]);

/** Tasks, and the jobs that they have done elsewhere; without what no row was measured of. */
export function chaptersOf(report: Report): Chapter[] {
  const [tasks, jobs] = [false, true].map((isOfJobs) => ({
    ...report,
    rows: report.rows.filter(({ part }) => JOBS.has(part) === isOfJobs),
  }));
  return [
    { picture: "peers.svg", caption: "Tasks: ours and its peers", report: tasks! },
    { picture: "peers_jobs.svg", caption: "Jobs and downloads: the same", report: jobs! },
  ].filter(({ report }) => report.rows.length > 0);
}

/** What stands between the two marks in bench/README.md: pictures, tables, and what to know of them. */
export function reportAsMarkdown(report: Report): string {
  return [
    `${
      formatMachine(report).replaceAll("\n", "; ")
    }. Of ours, the median time of an operation and the ` +
    "range of its middle half; of everybody else, how many times ours.",
    ...chaptersOf(report).flatMap(({ picture, caption, report }) => [
      `![${caption}](${picture})`,
      tableOf(report.rows),
    ]),
    "What the stars stand for:",
    bullets(listLess(report)),
    "Who is ahead of ours, the limit apart:",
    bullets(report.rows.flatMap(listAhead)),
    "The ways in which the work is written:",
    bullets(report.rows.map(listWays)),
  ].join("\n\n");
}

function tableOf(rows: readonly RowFigures[]): string {
  const present = new Set(rows.flatMap(({ entrants }) => entrants.map(({ who }) => who)));
  const columns = COLUMNS.filter((who) => present.has(who));
  const head = ["work", "ours", "±", "rounds", ...columns, "others"];
  return table(head, rows.map((row) => rowCells(row, columns)));
}

function rowCells(row: RowFigures, columns: readonly string[]): string[] {
  const all = new Map(compareRow(row).map((one) => [one.figures.who, one]));
  const ours = all.get("ours");
  const others = [...all].filter(([who]) => who !== "ours" && !columns.includes(who));
  return [
    row.work,
    ours === undefined ? "" : formatFigure(ours.median, row.unit),
    ours === undefined ? "" : `${(100 * ours.spread).toFixed(0)} %`,
    String(ours?.figures.rounds.filter((value) => value !== null).length ?? 0),
    ...columns.map((who) => all.has(who) ? times(all.get(who)!) : ""),
    others.map(([who, one]) => `${who} ${times(one)}`).join(", "),
  ];
}

function times(one: Comparison): string {
  return `${formatRatio(one.ofOurs)}${doesLess(one) ? "\\*" : ""}`;
}

function listWays(row: RowFigures): string {
  const ways = row.entrants.filter(({ who }) => who !== "limit").map(({ who, way }) =>
    `${who} \`${way}\``
  );
  return `${row.work}: ${ways.join("; ")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const align = head.map((_, column) => column === 0 ? "---" : "--:");
  return [head, align, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function bullets(lines: readonly string[]): string {
  return lines.length === 0 ? "- nobody" : lines.map((line) => `- ${line}`).join("\n");
}
