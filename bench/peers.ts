/**
 * `deno task bench:peers [--filter=word] [--only=names] [--rounds=7] [--quick] [--out=file.json]
 * [--merge=a.json,b.json] [--write]`:
 * the same work done by everybody, interleaved in one run. `--write` makes what it shows the figures of
 * `bench/`: peers.json, the table in README.md, and peers.svg.
 */

import { ROUNDS } from "./peers/effort.ts";
import { ROWS } from "./peers/rows.ts";
import { type Row, withOnly } from "./peers/row.ts";
import { formatReport } from "./peers/text.ts";
import { measureRows } from "./peers/measure.ts";
import { option, progress } from "./command.ts";
import { merge, type Report } from "./peers/report.ts";
import { stringify, writeReport } from "./peers/write.ts";
import { describeMissing, versions } from "./peers/versions.ts";

const isQuick = Deno.args.includes("--quick");
const merged = option("merge")?.split(",");

const report = merged === undefined
  ? await measureAll()
  : merge(await Promise.all(merged.map(read)));
console.log(formatReport(report));
const out = option("out");
if (out !== undefined) await Deno.writeTextFile(out, stringify(report));
if (Deno.args.includes("--write")) await writeReport(report);

async function measureAll(): Promise<Report> {
  for (const missing of describeMissing()) console.error(missing);
  const started = new Date().toISOString();
  const before = Deno.loadavg()[0]!;
  const rounds = Number(option("rounds") ?? (isQuick ? 3 : ROUNDS));
  const rows = await measureRows(wantedRows(), rounds, progress);
  return {
    started,
    machine: describeMachine(),
    versions: versions(rows),
    load: [before, Deno.loadavg()[0]!],
    rows,
  };
}

/** In a quick run without those of a million tasks. */
function wantedRows(): Row[] {
  const filter = option("filter") ?? "";
  const only = option("only")?.split(",");
  return ROWS.filter(({ work, n }) => work.includes(filter) && !(isQuick && n >= 1_000_000))
    .map((row) => only === undefined ? row : withOnly(row, only));
}

async function read(path: string): Promise<Report> {
  return JSON.parse(await Deno.readTextFile(path));
}

function describeMachine(): string {
  return `${Deno.build.target}, ${navigator.hardwareConcurrency} cores`;
}
