// The guard's own logic: what it reads and writes, and when it says that something has become slower.

import { assertEquals, assertThrows } from "@std/assert";
import { formatLimits, parseLimits } from "../../bench/guard/limits.ts";
import { GUARDED, type GuardRow } from "../../bench/guard/rows.ts";
import { judgeRow } from "../../bench/guard/judge.ts";

const LIMITS = new URL("../../bench/limits.json", import.meta.url);

/** A row that measures these ratios, one after the other, and writes down with what effort. */
function rowOf(...ratios: number[]): GuardRow & { efforts: number[] } {
  const efforts: number[] = [];
  const measure = (effort: number) => {
    efforts.push(effort);
    return Promise.resolve(ratios[efforts.length - 1]!);
  };
  return { work: "work", room: 1.25, briefRoom: 1.5, measure, efforts };
}

Deno.test("judgeRow() is content with one attempt within the room", async () => {
  const row = rowOf(2.4);
  assertEquals(await judgeRow(row, 2, "full"), {
    work: "work",
    kept: 2,
    ratio: 2.4,
    attempts: 1,
    verdict: "ok",
  });
  assertEquals(row.efforts, [3]);
});

Deno.test("judgeRow() makes less effort in a brief look, and leaves more room", async () => {
  const [fine, slow] = [rowOf(2.9), rowOf(...Array(7).fill(3.1))];
  assertEquals((await judgeRow(fine, 2, "brief")).verdict, "ok");
  assertEquals((await judgeRow(slow, 2, "brief")).verdict, "SLOWER");
  assertEquals([fine.efforts, slow.efforts], [[1], [1, 1, 2, 3, 4, 4, 4]]);
});

Deno.test("judgeRow() forgives what only seems slower, by the best attempt", async () => {
  const { ratio, attempts, verdict } = await judgeRow(rowOf(9, 3, 2.1), 2, "full");
  assertEquals([ratio, attempts, verdict], [2.1, 3, "ok"]);
});

Deno.test("judgeRow() finds what is slower in every attempt, with more and more effort", async () => {
  const row = rowOf(3, 2.9, 3.1, 3, 2.8, 3, 2.9);
  const { ratio, attempts, verdict } = await judgeRow(row, 2, "full");
  assertEquals([ratio, attempts, verdict], [2.8, 7, "SLOWER"]);
  assertEquals(row.efforts, [3, 3, 6, 9, 12, 12, 12]);
});

Deno.test("judgeRow() says when so much is gained that a regression would not be found", async () => {
  assertEquals((await judgeRow(rowOf(1.5), 2, "full")).verdict, "faster");
});

Deno.test("judgeRow() tells of a row that was not kept, and does not try it again", async () => {
  const { kept, attempts, verdict } = await judgeRow(rowOf(9), undefined, "full");
  assertEquals([kept, attempts, verdict], [null, 1, "NOT KEPT"]);
});

Deno.test("parseLimits() reads what formatLimits() writes, with three digits", () => {
  const text = formatLimits({ machine: "a machine", ratios: new Map([["a", 1.23456], ["b", 2]]) });
  assertEquals(parseLimits(text, ["a", "b", "c"]), {
    machine: "a machine",
    ratios: new Map([["a", 1.23], ["b", 2]]),
  });
});

for (
  const [what, text] of [
    ["is no JSON", "{"],
    ["is no object", "[]"],
    ["has no machine", '{ "ratios": {} }'],
    ["has no ratios", '{ "machine": "" }'],
    ["has a row that there is not", '{ "machine": "", "ratios": { "b": 1 } }'],
    ["has a text for a ratio", '{ "machine": "", "ratios": { "a": "1" } }'],
    ["has a ratio of nothing", '{ "machine": "", "ratios": { "a": 0 } }'],
  ] as const
) {
  Deno.test(`parseLimits() throws when the file ${what}`, () => {
    assertThrows(() => parseLimits(text, ["a"]), what === "is no JSON" ? SyntaxError : TypeError);
  });
}

Deno.test("limits.json keeps every row that the guard measures", async () => {
  const works = GUARDED.map((row) => row.work);
  const { ratios } = parseLimits(await Deno.readTextFile(LIMITS), works);
  assertEquals([...ratios.keys()], works);
});
