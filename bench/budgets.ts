/**
 * `deno task bench:budgets [--rounds=7] [--filter=word] [--cpu] [--out=file.json]`: how many times the limit every
 * kind of work costs, and whether that is within its budget. Exits with 1 when a budget is missed. `--cpu`
 * takes the main thread's time instead of wall time, on a machine that is not quiet.
 */

import { type AbsoluteRow, ABSOLUTES } from "./budgets/absolutes.ts";
import { formatTable, formatTime, significant, verdict } from "./budgets/table.ts";
import { interquartileRange, median } from "./budgets/statistics.ts";
import { numberFromFreshProcess } from "./budgets/fresh_process.ts";
import { option, progress } from "./command.ts";
import { type RatioRow, RATIOS } from "./budgets/ratios.ts";

const rounds = Number(option("rounds") ?? 7);
const filter = option("filter") ?? "";
const out = option("out");
const clock = Deno.args.includes("--cpu") ? "cpu" : "wall";
const started = new Date().toISOString();

const ratioRows = RATIOS.filter(isWanted);
const absoluteRows = ABSOLUTES.filter(isWanted);
const ratioResults = await measureRatios(ratioRows);
const absoluteResults = await measureAbsolutes(absoluteRows);

console.log(describeMachine());
if (ratioResults.length > 0) {
  console.log(
    "\n" + formatTable(
      ["work", "limit", "ours", "ratio", "±", "must", "goal", "verdict"],
      ratioResults.flatMap(ratioLines),
    ),
  );
}
if (absoluteResults.length > 0) {
  console.log(
    "\n" + formatTable(
      ["work", "limit", "ours", "must", "goal", "verdict"],
      absoluteResults.map(absoluteLine),
    ),
  );
}
if (out !== undefined) {
  const report = {
    started,
    machine: describeMachine(),
    clock,
    rounds,
    ratioResults,
    absoluteResults,
  };
  await Deno.writeTextFile(out, JSON.stringify(report, null, 2) + "\n");
}
const verdicts = [...ratioResults, ...absoluteResults].map((result) => result.verdict);
Deno.exit(verdicts.includes("MISSED") ? 1 : 0);

interface Variant {
  name: string;
  ns: number;
  ratio: number;
  spread: number;
}

interface RatioResult {
  work: string;
  limitNs: number;
  variants: Variant[];
  must: number;
  goal: number;
  verdict: string;
}

interface AbsoluteResult {
  work: string;
  unit: string;
  limit: number | null;
  ours: number;
  must: number;
  goal: number;
  verdict: string;
}

/** Limit and ours take turns within a round, so that a slow minute of the machine is slow for both. */
async function measureRatios(rows: readonly RatioRow[]): Promise<RatioResult[]> {
  const times = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const row of rows) {
      progress(`round ${round} of ${rounds}: ${row.work}`);
      const scripts = [`limit/${row.module} ${row.limit}`, ...oursOf(row)];
      if (round % 2 === 0) scripts.reverse();
      for (const script of scripts) {
        const ns = await numberFromFreshProcess(
          "measure_work.ts",
          ...script.split(" "),
          String(row.n),
          clock,
        );
        const key = `${row.work}: ${script}`;
        times.set(key, [...times.get(key) ?? [], ns]);
      }
    }
  }
  return rows.map((row) => {
    const limit = times.get(`${row.work}: limit/${row.module} ${row.limit}`)!;
    const variants = oursOf(row).map((script, i) => {
      const ours = times.get(`${row.work}: ${script}`)!;
      const ratios = ours.map((ns, round) => ns / limit[round]!);
      const spread = interquartileRange(ratios);
      return { name: row.ours[i]!, ns: median(ours), ratio: median(ratios), spread };
    });
    const best = Math.min(...variants.map((variant) => variant.ratio));
    const { work, must, goal } = row;
    return {
      work,
      limitNs: median(limit),
      variants,
      must,
      goal,
      verdict: verdict(best, must, goal),
    };
  });
}

async function measureAbsolutes(rows: readonly AbsoluteRow[]): Promise<AbsoluteResult[]> {
  const results: AbsoluteResult[] = [];
  for (const { work, unit, must, goal, limit, ours } of rows) {
    progress(work);
    const figures: number[] = [];
    for (let i = 0; i < 3; i++) figures.push(await ours());
    const value = median(figures);
    results.push({
      work,
      unit,
      limit: limit === null ? null : await limit(),
      ours: value,
      must,
      goal,
      verdict: verdict(value, must, goal),
    });
  }
  return results;
}

function ratioLines(result: RatioResult): string[][] {
  const best = Math.min(...result.variants.map((variant) => variant.ratio));
  return result.variants.map(({ name, ns, ratio, spread }, i) => [
    i === 0 ? result.work : `  by ${name}`,
    i === 0 ? formatTime(result.limitNs) : "",
    formatTime(ns),
    `${ratio.toFixed(2)}×`,
    spread.toFixed(2),
    significant(result.must),
    significant(result.goal),
    ratio === best ? result.verdict : "",
  ]);
}

function absoluteLine(result: AbsoluteResult): string[] {
  return [
    `${result.work} (${result.unit})`,
    result.limit === null ? "" : significant(result.limit),
    significant(result.ours),
    significant(result.must),
    significant(result.goal),
    result.verdict,
  ];
}

function oursOf(row: RatioRow): string[] {
  return row.ours.map((name) => `ours/${row.module} ${name}`);
}

function isWanted(row: { work: string }): boolean {
  return row.work.includes(filter);
}

function describeMachine(): string {
  const load = Deno.loadavg().map((value) => value.toFixed(2)).join(" ");
  const { deno, v8 } = Deno.version;
  return `Deno ${deno}, V8 ${v8}, ${Deno.build.target}, ${navigator.hardwareConcurrency} cores, load ${load}, ${clock} time`;
}
