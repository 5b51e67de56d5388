/** The work of `limit/threads.ts` under the same names, for any pool that can run a job by its name. */

import type { Work } from "../../work.ts";

/** A package's pool of threads, called as a user of the package calls it. */
export interface Pool {
  /** Runs one of `jobs.ts`. */
  run(job: "echo" | "fib" | "fail", value: unknown): Promise<unknown>;
  /** `echo`, with the buffer moved to the worker and back. */
  move?(buffer: ArrayBuffer): Promise<unknown>;
  end(): Promise<unknown> | void;
}

export interface PoolWorks {
  readonly roundTrip: Work;
  readonly errorRoundTrip: Work;
  readonly smallJobs: Work;
  readonly computationsInOne: Work;
  readonly computationsInTwo: Work;
  readonly copy1MB: Work;
  readonly copy64MB: Work;
  readonly coldStart: Work;
  readonly startWorkers: Work;
}

export interface MovingWorks {
  readonly move1MB: Work;
  readonly move64MB: Work;
}

/** `open` makes a pool of so many workers. They stay up between the measurements. */
export function poolWorks(open: (workers: number) => Pool): PoolWorks {
  const pool = warm(open);
  return {
    async roundTrip(n) {
      let done = 0;
      for (let i = 0; i < n; i++) if (await pool(1).run("echo", i) === i) done++;
      return done;
    },
    async errorRoundTrip(n) {
      let done = 0;
      for (let i = 0; i < n; i++) {
        try {
          await pool(1).run("fail", i);
        } catch (error) {
          if (error instanceof Error && error.message === `no ${i}`) done++;
        }
      }
      return done;
    },
    smallJobs: (n) => echoAll(pool(2), n),
    computationsInOne: (n) => compute(pool(1), n),
    computationsInTwo: (n) => compute(pool(2), n),
    copy1MB: (n) => sendBuffer(n, 1e6, (buffer) => pool(1).run("echo", buffer)),
    copy64MB: (n) => sendBuffer(n, 64e6, (buffer) => pool(1).run("echo", buffer)),
    async coldStart(n) {
      let done = 0;
      for (let i = 0; i < n; i++) {
        const fresh = open(1);
        if (await fresh.run("echo", i) === i) done++;
        await fresh.end();
      }
      return done;
    },
    startWorkers: (n) => echoAll(open(n), n),
  };
}

/** For a pool that can move buffers both ways. */
export function movingWorks(open: (workers: number) => Required<Pool>): MovingWorks {
  const pool = warm(open);
  return {
    move1MB: (n) => sendBuffer(n, 1e6, (buffer) => pool(1).move(buffer)),
    move64MB: (n) => sendBuffer(n, 64e6, (buffer) => pool(1).move(buffer)),
  };
}

function warm<P>(open: (workers: number) => P): (workers: number) => P {
  const pools = new Map<number, P>();
  return (workers) => {
    const pool = pools.get(workers) ?? open(workers);
    pools.set(workers, pool);
    return pool;
  };
}

async function echoAll(pool: Pool, n: number): Promise<number> {
  const jobs = Array.from({ length: n }, (_, i) => pool.run("echo", i));
  return (await Promise.all(jobs)).filter((result, i) => result === i).length;
}

async function compute(pool: Pool, n: number): Promise<number> {
  const jobs = Array.from({ length: n }, () => pool.run("fib", 27));
  return (await Promise.all(jobs)).filter((result) => result === 196_418).length;
}

async function sendBuffer(
  n: number,
  size: number,
  send: (buffer: ArrayBuffer) => Promise<unknown>,
): Promise<number> {
  let buffer = new ArrayBuffer(size);
  let done = 0;
  for (let i = 0; i < n; i++) {
    const back = await send(buffer) as ArrayBuffer;
    if (back !== buffer && back.byteLength === size) done++;
    buffer = back;
  }
  return done;
}
