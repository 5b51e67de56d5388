/**
 * One process, one question about memory: `measure_memory.ts parked <module> <n>` prints the bytes that
 * each of n tasks parked in a sleep takes; `measure_memory.ts returned` prints how much of the heap at
 * the start is in use after a million tasks have run and ended, as a ratio.
 */

import { run, sleep } from "../../mod.ts";

const [question, module, count] = Deno.args;
const { gc } = globalThis as unknown as { gc: () => void };

if (question === "parked") await bytesPerParkedTask(Number(count));
else await heapAfterAMillionTasks();

async function bytesPerParkedTask(n: number): Promise<void> {
  const { parkForAnHour } = await import(new URL(`../${module}.ts`, import.meta.url).href);
  // Once with few, so that code and feedback are there before the count begins.
  await parkForAnHour(1000);
  const before = heapInUse();
  await parkForAnHour(n);
  print((heapInUse() - before) / n);
}

async function heapAfterAMillionTasks(): Promise<void> {
  const { gather100k } = await import("../ours/scheduling.ts");
  // The first loop has Deno load its Node layer, 1.7 MB whether one task runs or a million.
  await run(() => sleep(0));
  const before = heapInUse();
  const sum = await gather100k(1_000_000);
  if (sum !== 1_000_000) throw new Error(`The tasks returned ${sum} in all, expected 1000000`);
  // What the last turn has left behind is gone only when it has ended.
  await new Promise((resolve) => setTimeout(resolve, 10));
  print(heapInUse() / before);
}

function heapInUse(): number {
  gc();
  gc();
  return Deno.memoryUsage().heapUsed;
}

function print(value: number): never {
  console.log(JSON.stringify(value));
  Deno.exit();
}
