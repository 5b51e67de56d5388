/** Sleeping, setting timers and working under a timeout, as a user of the module writes it. */

import {
  asyncWith,
  type CoroutineGenerator,
  createTask,
  getRunningLoop,
  run,
  sleep,
  type Task,
  timeout,
  type TimerHandle,
  waitFor,
} from "../../mod.ts";

/** n tasks sleep for 1 to 10 ms; the host's clock decides when they wake. */
export function parked(n: number): Promise<number> {
  return run(function* () {
    const tasks: Task<number>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = createTask(sleeper(1 + i % 10));
    let woken = 0;
    for (const task of tasks) woken += yield* task;
    return woken;
  });
}

/** Resolves when n tasks have begun to sleep for an hour. What they take in memory is theirs alone. */
export function parkForAnHour(n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    run(function* () {
      for (let i = 0; i < n; i++) createTask(sleeper(3_600_000));
      yield* sleep(0);
      resolve();
      yield* sleep(3_600_000);
    }).catch(reject);
  });
}

/** Sets a hundred timers and cancels them, until n have been set. */
export function timerChurn(n: number): Promise<number> {
  return run(function* () {
    const loop = getRunningLoop();
    const timers: TimerHandle[] = new Array(100);
    let cancelled = 0;
    for (let i = 0; i < n; i += 100) {
      for (let j = 0; j < 100; j++) timers[j] = loop.callLater(60_000, nothing);
      for (let j = 0; j < 100; j++) {
        timers[j]!.cancel();
        cancelled++;
      }
    }
    yield* sleep(0);
    return timers.every((timer) => timer.cancelled()) ? cancelled : NaN;
  });
}

/** n times: a body that is done at once, under a timeout. */
export function timeoutReady(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* asyncWith(timeout(60_000), one);
    return total;
  });
}

/** The same with `waitFor`. */
export function waitForReady(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* waitFor(one(), 60_000);
    return total;
  });
}

function nothing(): void {}

// deno-lint-ignore require-yield -- the shortest body there is
function* one(): CoroutineGenerator<number> {
  return 1;
}

function* sleeper(ms: number): CoroutineGenerator<number> {
  yield* sleep(ms);
  return 1;
}
