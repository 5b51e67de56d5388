/** Jobs in the processes of a ProcessPoolExecutor. */

import { gather, ProcessPoolExecutor, run } from "../../mod.ts";

const echo = (value: number) => value;

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

const warm = new Map<number, ProcessPoolExecutor>();

/** The processes stay up between the measurements. */
function pool(workers: number): ProcessPoolExecutor {
  const found = warm.get(workers) ??
    new ProcessPoolExecutor({ maxWorkers: workers, idleMs: Infinity });
  warm.set(workers, found);
  return found;
}

/** A job on a process that is up, and its result. */
export function roundTrip(n: number): Promise<number> {
  return run(function* () {
    let done = 0;
    for (let i = 0; i < n; i++) if ((yield* pool(1).submit(echo, i)) === i) done++;
    return done;
  });
}

/** Computations of about 5 ms in one process ... */
export function computationsInOne(n: number): Promise<number> {
  return compute(pool(1), n);
}

/** ... and in two. */
export function computationsInTwo(n: number): Promise<number> {
  return compute(pool(2), n);
}

function compute(pool: ProcessPoolExecutor, n: number): Promise<number> {
  return run(function* () {
    const results = yield* gather(Array.from({ length: n }, () => pool.submit(fib, 27)));
    return results.filter((result) => result === 196_418).length;
  });
}

/** A pool is made, runs one job, and is shut down. */
export function coldStart(n: number): Promise<number> {
  return run(async () => {
    let done = 0;
    for (let i = 0; i < n; i++) {
      const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
      if (await pool.submit(echo, i) === i) done++;
      await pool.shutdown();
    }
    return done;
  });
}
