/**
 * One process: `measure_workers.ts <module> <n>` prints the bytes that each of n workers takes that has run
 * a job and has nothing to do, be it a thread or a process. On Linux alone.
 */

import { checked } from "../work.ts";

const [module, count] = Deno.args;
const { startWorkers } = await import(new URL(`../${module}.ts`, import.meta.url).href);
const { gc } = globalThis as unknown as { gc: () => void };
const n = Number(count);

// Once before, so that the code is there when the count begins.
await checked(startWorkers, 1);
const before = bytesInUse();
await checked(startWorkers, n);
console.log(JSON.stringify((bytesInUse() - before) / n));
Deno.exit();

/** Of this process and of those that it has started; what they share is counted once. */
function bytesInUse(): number {
  gc();
  const family = [Deno.pid, ...children()];
  return family.map(bytesOf).reduce((sum, bytes) => sum + bytes);
}

function* children(): Generator<number> {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = read(`/proc/${name}/status`);
    if (Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]) === Deno.pid) yield Number(name);
  }
}

function bytesOf(pid: number): number {
  return 1024 * Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))![1]);
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
