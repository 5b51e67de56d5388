/**
 * One process, one workload: `measure_work.ts <module> <function> <n> [cpu|wall] [effort]` prints the median
 * time of an operation in nanoseconds. A fresh process for each, so that no workload runs in the heap and
 * with the compiled code that another has left behind.
 */

import { checked, type Work } from "../work.ts";
import { type EffortName, EFFORTS, repeat } from "./repeat.ts";
import { stopwatch } from "./stopwatch.ts";

const [module, name, count, clock, effort = "full"] = Deno.args;
const work = (await import(new URL(`../${module}.ts`, import.meta.url).href))[name!] as Work;
const { gc } = globalThis as unknown as { gc: () => void };

async function timed(n: number): Promise<number> {
  const stop = stopwatch(clock === "cpu");
  await checked(work, n);
  return stop() * 1e6;
}

// Collected once: before every run it would measure how V8's young heap grows again.
console.log(JSON.stringify(await repeat(timed, Number(count), EFFORTS[effort as EffortName], gc)));
Deno.exit();
