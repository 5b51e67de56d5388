/**
 * One process: `measure_peak.ts <module> <function> <n>` prints the bytes by which the process grows at its
 * peak, while it does the work for the first time. On Linux alone.
 */

import { checked } from "../work.ts";

const [module, name, count] = Deno.args;
const work = (await import(new URL(`../${module}.ts`, import.meta.url).href))[name!];

const before = status("VmRSS");
await checked(work, Number(count));
console.log(JSON.stringify(status("VmHWM") - before));
Deno.exit();

function status(field: string): number {
  const lines = Deno.readTextFileSync("/proc/self/status");
  return 1024 * Number(new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(lines)![1]);
}
