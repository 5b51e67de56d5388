/**
 * One process, one workload: `measure_work.ts <module> <function> <n> <warm-up> <ms> <figures>` does the
 * first operations unmeasured, `warm-up` at a time and for so many ms, and prints so many figures: the nanoseconds of an operation.
 */

import { measure, warmUp } from "../budgets/repeat.ts";
import { EFFORT } from "./effort.ts";
import { timedWork } from "../budgets/stopwatch.ts";
import type { Work } from "../work.ts";

const [module, name, ...counts] = Deno.args;
const [n, warmUpOf, warmUpMs, figures] = counts.map(Number) as [number, number, number, number];
const work = (await import(new URL(`../${module}.ts`, import.meta.url).href))[name!] as Work;
const { gc } = globalThis as unknown as { gc: () => void };

const timed = timedWork(work, false);
await warmUp(timed, warmUpOf, { ...EFFORT, warmUpMs });
// Collected once: before every run it would measure how V8's young heap grows again.
gc();
const measured: number[] = [];
while (measured.length < figures) measured.push(await measure(timed, n, EFFORT));
console.log(JSON.stringify(measured));
Deno.exit();
