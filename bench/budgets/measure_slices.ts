/**
 * One process: `measure_slices.ts <module> <limit> <ours> <n> <slices>` prints how many times the limit ours
 * takes, by the fastest slice of each. They take turns in slices of a millisecond or less, which is less
 * than a system lets a process run while others wait: on a busy machine some slices are interrupted, but
 * not the fastest.
 */

import { checked, type Work } from "../work.ts";

const WARM_UP_MS = 50;

const [module, limitName, oursName, count, sliceCount] = Deno.args;
const n = Number(count);
const limit = await load("limit", limitName!);
const ours = await load("ours", oursName!);

// Twice, because what one does changes what has been compiled for the other.
for (const work of [limit, ours, limit, ours]) {
  for (const end = performance.now() + WARM_UP_MS; performance.now() < end;) await checked(work, n);
}
let limitMs = Infinity;
let oursMs = Infinity;
for (let slices = Number(sliceCount); slices > 0; slices--) {
  limitMs = Math.min(limitMs, await timed(limit));
  oursMs = Math.min(oursMs, await timed(ours));
}
console.log(JSON.stringify(oursMs / limitMs));
Deno.exit();

async function load(folder: string, name: string): Promise<Work> {
  return (await import(new URL(`../${folder}/${module}.ts`, import.meta.url).href))[name];
}

async function timed(work: Work): Promise<number> {
  const start = performance.now();
  await checked(work, n);
  return performance.now() - start;
}
