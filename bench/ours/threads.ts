/** Jobs on the threads of a ThreadPoolExecutor. */

import { gather, run, ThreadPoolExecutor } from "../../mod.ts";

const echo = (value: number) => value;

let one: ThreadPoolExecutor | null = null;
let two: ThreadPoolExecutor | null = null;

/** A job on a worker that is up, and its result. */
export function roundTrip(n: number): Promise<number> {
  one ??= new ThreadPoolExecutor({ maxWorkers: 1 });
  const pool = one;
  return run(function* () {
    let done = 0;
    for (let i = 0; i < n; i++) if ((yield* pool.submit(echo, i)) === i) done++;
    return done;
  });
}

/** Jobs of next to no work, all submitted at once, on two workers. */
export function smallJobs(n: number): Promise<number> {
  two ??= new ThreadPoolExecutor({ maxWorkers: 2 });
  const pool = two;
  return run(function* () {
    const results = yield* gather(Array.from({ length: n }, (_, i) => pool.submit(echo, i)));
    return results.filter((result, i) => result === i).length;
  });
}

/** The same as `map`, which chooses how many inputs travel together. */
export async function smallJobsMapped(n: number): Promise<number> {
  two ??= new ThreadPoolExecutor({ maxWorkers: 2 });
  const pool = two;
  return await run(async () => {
    let done = 0;
    const inputs = Array.from({ length: n }, (_, i) => i);
    for await (const result of pool.map(echo, inputs)) if (result === done) done++;
    return done;
  });
}

/** A pool is made, runs one job, and is shut down. */
export function coldStart(n: number): Promise<number> {
  return run(async () => {
    let done = 0;
    for (let i = 0; i < n; i++) {
      const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
      if (await pool.submit(echo, i) === i) done++;
      await pool.shutdown();
    }
    return done;
  });
}
