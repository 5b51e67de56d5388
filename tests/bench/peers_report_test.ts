// What is calculated from the figures of the peers, and that the committed table and picture are theirs.

import {
  ahead,
  compareRow,
  merge,
  type Report,
  type RowFigures,
} from "../../bench/peers/report.ts";
import { assert, assertEquals } from "@std/assert";
import { CAST } from "../../bench/peers/cast.ts";
import { chaptersOf, reportAsMarkdown } from "../../bench/peers/markdown.ts";
import { drawReport } from "../../bench/peers/picture.ts";
import { ROWS } from "../../bench/peers/rows.ts";
import { stringify } from "../../bench/peers/write.ts";

const BENCH = new URL("../../bench/", import.meta.url);

Deno.test("compareRow() takes ratios round by round, the fastest first", () => {
  const row = rowOf({ limit: [10, 20, 40], ours: [20, 30, 80], trio: [200, 450, 400] });
  const all = compareRow(row).map(({ figures, median, ofOurs, ofLimit }) =>
    [figures.who, median, ofOurs, ofLimit] as const
  );
  assertEquals(all, [["limit", 20, 0.5, 1], ["ours", 30, 1, 2], ["trio", 400, 10, 20]]);
});

Deno.test("compareRow() compares in the rounds that both were measured in", () => {
  const row = rowOf({ ours: [10, 20, 40], trio: [null, 60, null] });
  assertEquals(compareRow(row).map(({ ofOurs }) => ofOurs), [1, 3]);
});

Deno.test("ahead() names peers that are faster than the fastest of ours", () => {
  const row = rowOf({ "limit": [1], "co": [4], "ours, async": [5], "ours": [6], "trio": [7] });
  assertEquals(ahead(row).map(({ figures }) => figures.who), ["co"]);
});

Deno.test("merge() puts the rounds of the same entrant one after another", () => {
  const first = reportOf(rowOf({ ours: [1, 2], trio: [3, 4] }));
  const second = reportOf(rowOf({ ours: [5], uvloop: [6] }));
  const [row] = merge([first, second]).rows;
  const rounds = Object.fromEntries(row!.entrants.map(({ who, rounds }) => [who, rounds]));
  assertEquals(rounds, { ours: [1, 2, 5], trio: [3, 4, null], uvloop: [null, null, 6] });
});

Deno.test("stringify() writes what JSON.parse() reads", () => {
  const report = reportOf(rowOf({ ours: [1, 2], trio: [null, 4] }));
  assertEquals(JSON.parse(stringify(report)), report);
});

Deno.test("Every entrant of the peers' table is in the cast, and once in its row", () => {
  const names = ROWS.map(({ entrants }) => entrants.flatMap((entrant) => entrant?.who ?? []));
  assertEquals(names.flat().filter((who) => !Object.hasOwn(CAST, who)), []);
  assertEquals(names.map((row) => row.length), names.map((row) => new Set(row).size));
});

Deno.test("The tables and pictures of the peers show the committed figures", async () => {
  const report: Report = JSON.parse(await Deno.readTextFile(new URL("peers.json", BENCH)));
  const readme = await Deno.readTextFile(new URL("README.md", BENCH));
  for (const { picture, report: rows } of chaptersOf(report)) {
    const committed = await Deno.readTextFile(new URL(picture, BENCH));
    assert(committed === drawReport(rows), `${picture} is not drawn from peers.json`);
  }
  assert(
    squeeze(readme).includes(squeeze(reportAsMarkdown(report))),
    "the table is not of peers.json",
  );
});

/** Without what a formatter changes: line ends, the width of columns. */
function squeeze(markdown: string): string {
  return markdown.replaceAll(/[\s-]+/g, "");
}

function reportOf(row: RowFigures): Report {
  return { started: "2026-01-01", machine: "here", versions: {}, load: [0], rows: [row] };
}

function rowOf(rounds: Record<string, (number | null)[]>): RowFigures {
  return {
    part: "Tasks",
    work: "switch",
    unit: "ns",
    entrants: Object.entries(rounds).map(([who, rounds]) => ({ who, way: "so", n: 1, rounds })),
  };
}
