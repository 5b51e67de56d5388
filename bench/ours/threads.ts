/** Jobs on the threads of a ThreadPoolExecutor. */

import { gather, run, ThreadPoolExecutor, transfer } from "../../mod.ts";

const echo = (value: number) => value;
const echoBuffer = (buffer: ArrayBuffer) => buffer;
const echoMoved = (buffer: ArrayBuffer) => transfer(buffer, [buffer]);

function fail(value: number): never {
  throw new Error(`no ${value}`);
}

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

const warm = new Map<number, ThreadPoolExecutor>();

/** The threads stay up between the measurements. */
function pool(workers: number): ThreadPoolExecutor {
  const found = warm.get(workers) ??
    new ThreadPoolExecutor({ maxWorkers: workers, idleMs: Infinity });
  warm.set(workers, found);
  return found;
}

/** A job on a worker that is up, and its result. */
export function roundTrip(n: number): Promise<number> {
  const one = pool(1);
  return run(function* () {
    let done = 0;
    for (let i = 0; i < n; i++) if ((yield* one.submit(echo, i)) === i) done++;
    return done;
  });
}

/** The same for a job that fails. */
export function errorRoundTrip(n: number): Promise<number> {
  const one = pool(1);
  return run(function* () {
    let done = 0;
    for (let i = 0; i < n; i++) {
      try {
        yield* one.submit(fail, i);
      } catch (error) {
        if (error instanceof Error && error.message === `no ${i}`) done++;
      }
    }
    return done;
  });
}

/** Jobs of next to no work, all submitted at once, on two workers. */
export function smallJobs(n: number): Promise<number> {
  const two = pool(2);
  return run(function* () {
    const results = yield* gather(Array.from({ length: n }, (_, i) => two.submit(echo, i)));
    return results.filter((result, i) => result === i).length;
  });
}

/** The same as `map`, which chooses how many inputs travel together. */
export function smallJobsMapped(n: number): Promise<number> {
  const two = pool(2);
  return run(async () => {
    let done = 0;
    const inputs = Array.from({ length: n }, (_, i) => i);
    for await (const result of two.map(echo, inputs)) if (result === done) done++;
    return done;
  });
}

/** Computations of about 5 ms on one worker, all submitted at once ... */
export function computationsInOne(n: number): Promise<number> {
  return compute(1, n);
}

/** ... and on two. */
export function computationsInTwo(n: number): Promise<number> {
  return compute(2, n);
}

function compute(workers: number, n: number): Promise<number> {
  return run(function* () {
    const jobs = Array.from({ length: n }, () => pool(workers).submit(fib, 27));
    const results = yield* gather(jobs);
    return results.filter((result) => result === 196_418).length;
  });
}

/** A buffer goes to a worker and comes back, copied both times ... */
export function copy1MB(n: number): Promise<number> {
  return copyBuffer(n, 1e6);
}

export function copy64MB(n: number): Promise<number> {
  return copyBuffer(n, 64e6);
}

function copyBuffer(n: number, size: number): Promise<number> {
  return run(function* () {
    let buffer = new ArrayBuffer(size);
    let done = 0;
    for (let i = 0; i < n; i++) {
      const back = yield* pool(1).submit(echoBuffer, buffer);
      if (back !== buffer && back.byteLength === size) done++;
      buffer = back;
    }
    return done;
  });
}

/** ... or moved both times. */
export function move1MB(n: number): Promise<number> {
  return moveBuffer(n, 1e6);
}

export function move64MB(n: number): Promise<number> {
  return moveBuffer(n, 64e6);
}

function moveBuffer(n: number, size: number): Promise<number> {
  return run(function* () {
    let buffer = new ArrayBuffer(size);
    let done = 0;
    for (let i = 0; i < n; i++) {
      const back = yield* pool(1).submit(echoMoved, transfer(buffer, [buffer]));
      if (back !== buffer && back.byteLength === size) done++;
      buffer = back;
    }
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

/** Workers are started, run one job each, and stay up with nothing to do. */
export function startWorkers(n: number): Promise<number> {
  return run(function* () {
    const idle = new ThreadPoolExecutor({ maxWorkers: n, idleMs: Infinity });
    const jobs = Array.from({ length: n }, (_, i) => idle.submit(echo, i));
    const results = yield* gather(jobs);
    const right = results.every((result, i) => result === i);
    return right ? idle.stats()["workers"]! : 0;
  });
}
