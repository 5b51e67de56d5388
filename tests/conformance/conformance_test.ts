import { assert, assertEquals } from "@std/assert";
import { coarse, contains } from "./coarse.ts";
import { type ConformanceRecord, CORPORA, readRecords } from "./records.ts";
import {
  compare,
  formatDifference,
  formatSummary,
  type Outcome,
  passes,
  summarize,
} from "./report.ts";
import { runRecords } from "./run_records.ts";
import { asyncStyle, generatorStyle } from "./styles.ts";

const RECORDS = (await Promise.all(CORPORA.map((file) => readRecords(file)))).flat();

for (const style of [generatorStyle, asyncStyle]) {
  const name = `Programs of ${style.name} coroutines give the traces of CPython`;
  Deno.test(name, async () => {
    const outcomes = await runRecords(RECORDS, style);
    const summary = summarize(outcomes);
    assert(
      passes(style.name, summary),
      `${formatSummary(style.name, summary)}\n${worst(outcomes).map(formatDifference).join("\n")}`,
    );
  });
}

Deno.test("coarse() makes of every reference trace the record's own coarse trace", () => {
  const own = RECORDS.map(({ id, trace }) => ({ id, coarse: coarse(trace) }));
  assertEquals(own, RECORDS.map(({ id, coarse }) => ({ id, coarse })));
});

Deno.test("contains() finds what every legal order has in every reference trace", () => {
  const racy = RECORDS.filter((record) => record.racy);
  assert(racy.length > 0);
  for (const { id, coarse, must } of racy) assert(must && contains(coarse, must), id);
});

Deno.test("contains() counts equal entries", () => {
  assertEquals(contains({ a: ["0 x", "0 y"] }, { a: ["0 x", "0 x"] }), false);
});

Deno.test("compare() tells order, messages and times apart", () => {
  const trace = ["0 a sleep 0 !! Cancelled(m)", "0 b log x", "1 final task a cancelled"];
  const record: ConformanceRecord = {
    id: "example",
    program: { coros: { main: [] } },
    trace,
    coarse: coarse(trace),
    racy: false,
    features: [],
  };
  assertEquals(
    [
      trace,
      ["0 a sleep 0 !! Cancelled", "0 b log x", "1 final task a cancelled"],
      ["0 b log x", "0 a sleep 0 !! Cancelled(m)", "1 final task a cancelled"],
      ["0 a sleep 0 !! Cancelled(m)", "1 b log x", "1 final task a cancelled"],
      trace.slice(1),
    ].map((actual) => compare(record, actual)),
    ["strict", "strict without messages", "coarse", "none", "none"],
  );
});

Deno.test("runRecords() counts a program that it cannot run as not run", async () => {
  const record: ConformanceRecord = {
    id: "unknown",
    program: JSON.parse('{"coros": {"main": [{"op": "no_such_operation"}]}}'),
    trace: [],
    coarse: {},
    racy: false,
    features: [],
  };
  const outcomes = await runRecords([record], generatorStyle);
  assertEquals(outcomes.map(({ agreement }) => agreement), ["not run"]);
  assertEquals(passes("generator", summarize(outcomes)), false);
});

/** A few that do not agree even coarsely, else a few that are not strict. */
function worst(outcomes: readonly Outcome[]): Outcome[] {
  const failed = outcomes.filter(({ agreement }) => ["not run", "none"].includes(agreement));
  return (failed.length > 0 ? failed : outcomes.filter(({ agreement }) => agreement !== "strict"))
    .slice(0, 3);
}
