/**
 * `deno task bench:guard [--filter=word] [--quick] [--update]`: whether any kind of work has become slower than
 * it was, by its ratio to the limit. Exits with 1 when one has. `--quick` makes a third of the effort at
 * first, and leaves room for another machine than the one of `limits.json`. `--update` keeps the ratios
 * there.
 */

import { formatLimits, type Limits, parseLimits } from "./guard/limits.ts";
import { option, progress } from "./command.ts";
import { formatTable, significant } from "./budgets/table.ts";
import { GUARDED } from "./guard/rows.ts";
import { type Judged, judgeRow } from "./guard/judge.ts";
import { median } from "./budgets/statistics.ts";

const LIMITS = new URL("limits.json", import.meta.url);
const UPDATES = 3;

const look = Deno.args.includes("--quick") ? "brief" : "full";
const filter = option("filter") ?? "";
const rows = GUARDED.filter((row) => row.work.includes(filter));
const limits = await readLimits();

if (Deno.args.includes("--update")) await update();
else Deno.exit(report(await judgeAll()) ? 0 : 1);

async function judgeAll(): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const row of rows) {
    progress(row.work);
    judged.push(await judgeRow(row, limits.ratios.get(row.work), look));
  }
  return judged;
}

/** Prints the table. Returns whether all is well. */
function report(judged: readonly Judged[]): boolean {
  console.log(formatTable(
    ["work", "kept", "now", "attempts", "verdict"],
    judged.map(({ work, kept, ratio, attempts, verdict }) => [
      work,
      kept === null ? "-" : significant(kept),
      significant(ratio),
      String(attempts),
      verdict,
    ]),
  ));
  console.log(`\nkept on ${limits.machine}`);
  const verdicts = judged.map((row) => row.verdict);
  if (verdicts.includes("faster")) console.log("faster than kept: see --update");
  return !verdicts.includes("SLOWER") && !verdicts.includes("NOT KEPT");
}

/** The median of several processes: what a single one finds varies. */
async function update(): Promise<void> {
  const ratios = new Map(limits.ratios);
  for (const row of rows) {
    const measured: number[] = [];
    for (let i = 1; i <= UPDATES; i++) {
      progress(`${row.work}, ${i} of ${UPDATES}`);
      measured.push(await row.measure(1));
    }
    ratios.set(row.work, median(measured));
  }
  // In the order of the rows, so that a change is a change of one line.
  const sorted = GUARDED.flatMap(({ work }): [string, number][] =>
    ratios.has(work) ? [[work, ratios.get(work)!]] : []
  );
  await Deno.writeTextFile(
    LIMITS,
    formatLimits({ machine: describeMachine(), ratios: new Map(sorted) }),
  );
}

async function readLimits(): Promise<Limits> {
  try {
    return parseLimits(await Deno.readTextFile(LIMITS), GUARDED.map((row) => row.work));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { machine: "no machine", ratios: new Map() };
  }
}

function describeMachine(): string {
  const { deno, v8 } = Deno.version;
  return `Deno ${deno}, V8 ${v8}, ${Deno.build.target}, ${navigator.hardwareConcurrency} cores`;
}
