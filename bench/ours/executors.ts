/** Jobs on an executor: what `threads.ts` does with threads and `processes.ts` with processes. */

import { type Executor, gather, run, transfer } from "../../mod.ts";
import type { Work } from "../work.ts";

/** A pool, of which it is known how many workers are up. */
export interface Pool extends Executor {
  stats(): Readonly<Record<string, number>>;
}

export interface ExecutorWorks {
  /** A job on a worker that is up, and its result. */
  readonly roundTrip: Work;
  /** The same for a job that fails. */
  readonly errorRoundTrip: Work;
  /** Jobs of next to no work, all submitted at once, on two workers. */
  readonly smallJobs: Work;
  /** The same as `map`, which chooses how many inputs travel together. */
  readonly smallJobsMapped: Work;
  /** Computations of about 2 ms on one worker, all submitted at once ... */
  readonly computationsInOne: Work;
  /** ... and on two. */
  readonly computationsInTwo: Work;
  /** A buffer goes to a worker and comes back, copied both times ... */
  readonly copy1MB: Work;
  readonly copy64MB: Work;
  /** ... or moved both times. */
  readonly move1MB: Work;
  readonly move64MB: Work;
  /** A pool is made, runs one job, and is shut down. */
  readonly coldStart: Work;
  /** Workers are started, run one job each, and stay up with nothing to do. */
  readonly startWorkers: Work;
}

const echo = (value: number) => value;
const echoBuffer = (buffer: ArrayBuffer) => buffer;
const echoMoved = (buffer: ArrayBuffer) => transfer(buffer, [buffer]);

function fail(value: number): never {
  throw new Error(`no ${value}`);
}

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** `open` makes a pool of so many workers. They stay up between the measurements. */
export function executorWorks(open: (workers: number) => Pool): ExecutorWorks {
  const warm = new Map<number, Pool>();
  const pool = (workers: number): Pool => {
    const found = warm.get(workers) ?? open(workers);
    warm.set(workers, found);
    return found;
  };
  return {
    roundTrip: (n) => roundTrips(pool(1), n),
    errorRoundTrip: (n) => errorRoundTrips(pool(1), n),
    smallJobs: (n) => submitAll(pool(2), n),
    smallJobsMapped: (n) => mapAll(pool(2), n),
    computationsInOne: (n) => compute(pool(1), n),
    computationsInTwo: (n) => compute(pool(2), n),
    copy1MB: (n) => copyBuffer(pool(1), n, 1e6),
    copy64MB: (n) => copyBuffer(pool(1), n, 64e6),
    move1MB: (n) => moveBuffer(pool(1), n, 1e6),
    move64MB: (n) => moveBuffer(pool(1), n, 64e6),
    coldStart: (n) => coldStarts(open, n),
    async startWorkers(n) {
      const idle = open(n);
      const done = await submitAll(idle, n);
      return done === n ? idle.stats()["workers"]! : 0;
    },
  };
}

function roundTrips(pool: Pool, n: number): Promise<number> {
  return run(function* () {
    let done = 0;
    for (let i = 0; i < n; i++) if ((yield* pool.submit(echo, i)) === i) done++;
    return done;
  });
}

function errorRoundTrips(pool: Pool, n: number): Promise<number> {
  return run(function* () {
    let done = 0;
    for (let i = 0; i < n; i++) {
      try {
        yield* pool.submit(fail, i);
      } catch (error) {
        if (error instanceof Error && error.message === `no ${i}`) done++;
      }
    }
    return done;
  });
}

function submitAll(pool: Pool, n: number): Promise<number> {
  return run(function* () {
    const results = yield* gather(Array.from({ length: n }, (_, i) => pool.submit(echo, i)));
    return results.filter((result, i) => result === i).length;
  });
}

function mapAll(pool: Pool, n: number): Promise<number> {
  return run(async () => {
    let done = 0;
    const inputs = Array.from({ length: n }, (_, i) => i);
    for await (const result of pool.map(echo, inputs)) if (result === done) done++;
    return done;
  });
}

function compute(pool: Pool, n: number): Promise<number> {
  return run(function* () {
    const results = yield* gather(Array.from({ length: n }, () => pool.submit(fib, 27)));
    return results.filter((result) => result === 196_418).length;
  });
}

function copyBuffer(pool: Pool, n: number, size: number): Promise<number> {
  return run(function* () {
    let buffer = new ArrayBuffer(size);
    let done = 0;
    for (let i = 0; i < n; i++) {
      const back = yield* pool.submit(echoBuffer, buffer);
      if (back !== buffer && back.byteLength === size) done++;
      buffer = back;
    }
    return done;
  });
}

function moveBuffer(pool: Pool, n: number, size: number): Promise<number> {
  return run(function* () {
    let buffer = new ArrayBuffer(size);
    let done = 0;
    for (let i = 0; i < n; i++) {
      const back = yield* pool.submit(echoMoved, transfer(buffer, [buffer]));
      if (back !== buffer && back.byteLength === size) done++;
      buffer = back;
    }
    return done;
  });
}

function coldStarts(open: (workers: number) => Pool, n: number): Promise<number> {
  return run(async () => {
    let done = 0;
    for (let i = 0; i < n; i++) {
      const pool = open(1);
      if (await pool.submit(echo, i) === i) done++;
      await pool.shutdown();
    }
    return done;
  });
}
