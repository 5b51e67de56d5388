/**
 * One process, one workload: `measure_work.ts <module> <function> <n> [cpu|wall]` prints the median time of
 * an operation in nanoseconds. A fresh process for each, so that no workload runs in the heap and with the
 * compiled code that another has left behind.
 */

import { type Effort, measure, warmUp } from "./repeat.ts";
import { timedWork } from "./stopwatch.ts";
import type { Work } from "../work.ts";

const EFFORT: Effort = { warmUpMs: 250, measureMs: 350, fewestRuns: 5 };

const [module, name, count, clock] = Deno.args;
const work = (await import(new URL(`../${module}.ts`, import.meta.url).href))[name!] as Work;
const { gc } = globalThis as unknown as { gc: () => void };

const timed = timedWork(work, clock === "cpu");
await warmUp(timed, Number(count), EFFORT);
// Collected once: before every run it would measure how V8's young heap grows again.
gc();
console.log(JSON.stringify(await measure(timed, Number(count), EFFORT)));
Deno.exit();
