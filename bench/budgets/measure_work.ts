/**
 * One process, one workload: `measure_work.ts <module> <function> <n> [cpu]` prints the median time of an
 * operation in nanoseconds. A fresh process for each, so that no workload runs in the heap and with the
 * compiled code that another has left behind.
 */

import { median } from "./statistics.ts";
import { stopwatch } from "./stopwatch.ts";
import { checked, type Work } from "../work.ts";

const WARM_UP_MS = 250;
const MEASURE_MS = 350;
const FEWEST_RUNS = 5;

const [module, name, count, clock] = Deno.args;
const work = (await import(new URL(`../${module}.ts`, import.meta.url).href))[name!] as Work;
const n = Number(count);
const { gc } = globalThis as unknown as { gc: () => void };

for (const end = performance.now() + WARM_UP_MS; performance.now() < end;) await checked(work, n);

const times: number[] = [];
const end = performance.now() + MEASURE_MS;
gc(); // once: before every run it would measure how V8's young heap grows again
while (times.length < FEWEST_RUNS || performance.now() < end) {
  const stop = stopwatch(clock === "cpu");
  await checked(work, n);
  times.push(stop() * 1e6 / n);
}
console.log(JSON.stringify(median(times)));
Deno.exit();
