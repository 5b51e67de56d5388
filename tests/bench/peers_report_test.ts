// What is calculated from the figures of the peers, and that the committed table and picture are theirs.

import {
  compareRow,
  merge,
  type Report,
  rivals,
  type RowFigures,
} from "../../bench/peers/report.ts";
import { assert, assertEquals } from "@std/assert";
import { CAST } from "../../bench/peers/cast.ts";
import { chaptersOf, reportAsMarkdown } from "../../bench/peers/markdown.ts";
import { drawReport } from "../../bench/peers/picture.ts";
import type { Entrant, Row } from "../../bench/peers/row.ts";
import { measureRows } from "../../bench/peers/measure.ts";
import { processesFor } from "../../bench/peers/effort.ts";
import { reasonFor } from "../../bench/peers/reasons.ts";
import { ROWS } from "../../bench/peers/rows.ts";
import { standingsOf } from "../../bench/peers/standings.ts";
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

Deno.test("rivals() names peers that are ahead of the fastest of ours, or level with it", () => {
  const row = rowOf({
    "limit": [1, 1, 1],
    "co": [4, 4, 4],
    "Bluebird": [4, 5, 6],
    "ours, async": [5, 5, 5],
    "ours": [6, 6, 6],
    "trio": [7, 7, 7],
  });
  const all = rivals(row).map(({ figures, ofBest, standing }) =>
    [figures.who, ofBest, standing] as const
  );
  assertEquals(all, [["co", 0.8, "ahead"], ["Bluebird", 1, "level"]]);
});

Deno.test("standingsOf() tells who is ahead with a reason, who does less, and who is level", () => {
  const row = {
    ...rowOf({
      "ours": [10, 10],
      "asyncio": [5, 5],
      "Python threads": [6, 6],
      "comlink": [4, 4],
      "piscina": [7, 7],
      "tinypool": [9, 11],
    }),
    part: "Memory of downloads",
    work: "memory",
  };
  const { ahead, reasons, aheadWithLess, level } = standingsOf(reportOf(row));
  assertEquals([ahead, aheadWithLess, level], [
    ["memory: asyncio 0.50 (1), Python threads 0.60 (1), piscina 0.70"],
    ["memory: comlink 0.40"],
    ["memory: tinypool 1.00"],
  ]);
  assertEquals(reasons, [`(1) ${reasonFor("Memory of downloads", "asyncio")}`]);
});

Deno.test("processesFor() has as many as fit, at least three, at most one a figure", () => {
  assertEquals([100, 240, 9000].map((ms) => processesFor(7, ms)), [7, 4, 3]);
});

Deno.test("measureRows() takes turns, and asks few processes where one takes long", async () => {
  const events: string[] = [];
  let now = 0;
  const entrant = (who: string, ms: number): Entrant => ({
    who,
    way: "so",
    measure: ({ figures }) => {
      now += ms;
      events.push(`${who} ${figures}`);
      return Promise.resolve(new Array(figures).fill(ms));
    },
  });
  const row: Row = {
    part: "Tasks",
    work: "switch",
    n: 1,
    entrants: [entrant("ours", 400), entrant("trio", 700)],
  };
  const [{ entrants }] = await measureRows([row], 5, () => {}, () => now) as [RowFigures];
  assertEquals(events, ["ours 1", "trio 1", "trio 2", "ours 2", "trio 2", "ours 2"]);
  assertEquals(entrants.map(({ processes, rounds }) => [processes, rounds.length] as const), [
    [3, 5],
    [3, 5],
  ]);
});

Deno.test("merge() puts the rounds of the same entrant one after another", () => {
  const first = reportOf(rowOf({ ours: [1, 2], trio: [3, 4] }));
  const second = reportOf(rowOf({ ours: [5], uvloop: [6] }));
  const [row] = merge([first, second]).rows;
  const all = row!.entrants.map(({ who, processes, rounds }) => [who, processes, rounds] as const);
  assertEquals(all, [
    ["ours", 3, [1, 2, 5]],
    ["trio", 2, [3, 4, null]],
    ["uvloop", 1, [null, null, 6]],
  ]);
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
    entrants: Object.entries(rounds).map(([who, rounds]) => ({
      who,
      way: "so",
      n: 1,
      processes: rounds.filter((figure) => figure !== null).length,
      rounds,
    })),
  };
}
