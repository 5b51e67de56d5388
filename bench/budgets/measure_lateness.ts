/**
 * One process: while 100,000 ready tasks spin for two seconds, the host's own timer of 10 ms is armed
 * again and again. Prints by how much it was late at most, in milliseconds. With `limit` there are no
 * tasks, only a function that keeps the host busy for 8 ms at a time: what the host itself makes of it.
 */

import { type CoroutineGenerator, createTask, run, sleep } from "../../mod.ts";

const TASKS = 100_000;
const SPIN_MS = 2000;
const TIMER_MS = 10;
const SLICE_MS = 8;

let spinning = true;
let turns = 0;
let fired = 0;
let latest = 0;

function start(): void {
  setTimeout(() => spinning = false, SPIN_MS);
  arm();
}

function arm(): void {
  const due = performance.now() + TIMER_MS;
  setTimeout(() => {
    fired++;
    latest = Math.max(latest, performance.now() - due);
    if (spinning) arm();
  }, TIMER_MS);
}

function* spin(): CoroutineGenerator<void> {
  while (spinning) {
    turns++;
    yield* sleep(0);
  }
}

async function keepHostBusy(): Promise<void> {
  const { setImmediate } = await import("node:timers");
  start();
  while (spinning) {
    for (const end = performance.now() + SLICE_MS; performance.now() < end;);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function spinTasks(): Promise<void> {
  await run(function* () {
    const tasks = Array.from({ length: TASKS }, () => createTask(spin()));
    start();
    for (const task of tasks) yield* task;
  });
  if (turns < 2 * TASKS) throw new Error(`Nothing was measured: ${turns} turns of ${TASKS} tasks`);
}

await (Deno.args[0] === "limit" ? keepHostBusy() : spinTasks());
if (fired === 0) throw new Error("Nothing was measured: the host's timer never fired");
console.log(JSON.stringify(latest));
Deno.exit();
