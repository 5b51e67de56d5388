// Runs one job on its worker and reports its outcome, once. Nothing that a job does comes out of here as
// an exception.

import type { EncodedError } from "./error_codec.ts";
import type { RunningJob } from "./running_job.ts";
import { checkCloneable } from "./cloneable.ts";
import { describe } from "../core/errors.ts";
import { encodeError } from "./error_codec.ts";
import { runModule } from "./own_modules.ts";
import { takeTransfers } from "./transfer.ts";

/** That an input of a chunk failed, by its place. */
export type ChunkFailure = readonly [index: number, error: EncodedError];

/**
 * The result of a chunk: how long it took, in ms, the values in the order of the inputs, and the failures in
 * the same order, whose places in the values are empty.
 */
export type ChunkResult = readonly [
  ms: number,
  values: readonly unknown[],
  failures: readonly ChunkFailure[],
];

type AnyFunction = (...args: unknown[]) => unknown;

/** Runs it. Null when it has ended, else a promise of its end, which never rejects. */
export function runJob(job: RunningJob): Promise<void> | null {
  if (job.fn === null) {
    fail(job, new TypeError("Cannot run a job: its function was never sent"));
    return null;
  }
  try {
    const fn = job.fn.get();
    if (typeof fn !== "function") {
      return fn.then((loaded) => start(job, loaded)).then(() => {}, (error) => fail(job, error));
    }
    // Called right here: a frame more below a job that fails takes 8 µs, see thread_entry.ts.
    const pending = job.kind === "call" ? follow(job, fn(...job.args)) : start(job, fn);
    return pending === null ? null : pending.catch((error) => fail(job, error));
  } catch (error) {
    fail(job, error);
    return null;
  }
}

function fail(job: RunningJob, error: unknown): void {
  job.end(["failed", job.id, encodeError(error, job.fn?.exports)]);
}

function start(job: RunningJob, fn: AnyFunction): Promise<void> | null {
  if (job.kind === "chunk") return chunk(job, fn);
  const value = fn(...job.args);
  return job.kind === "stream" ? stream(job, value) : follow(job, value);
}

/** Reports what a call has returned, now or when it is there. */
function follow(job: RunningJob, value: unknown): Promise<void> | null {
  if (isPending(value)) return settled(value).then((result) => finish(job, result));
  finish(job, value);
  return null;
}

function finish(job: RunningJob, value: unknown): void {
  const moved = takeTransfers([value]);
  checkCloneable(value, "result", moved);
  job.isOver = true;
  job.output.result(job, value, moved);
}

/** Whether a value is a promise of a result, or a generator coroutine that gives one. */
function isPending(value: unknown): value is PromiseLike<unknown> | Generator {
  if (typeof value !== "object" || value === null) return false;
  const { then, next, throw: rethrow } = value as Record<string, unknown>;
  return typeof then === "function" ||
    (typeof next === "function" && typeof rethrow === "function" && Symbol.iterator in value);
}

async function settled(value: PromiseLike<unknown> | Generator): Promise<unknown> {
  if ("then" in value) return await value;
  // A generator coroutine: this library drives it. By its address, because most jobs never need it.
  const { run } = await import(runModule().href);
  return await run(() => value);
}

async function chunk(job: RunningJob, fn: AnyFunction): Promise<void> {
  const began = performance.now();
  const values: unknown[] = [];
  const failures: ChunkFailure[] = [];
  const moved: Transferable[] = [];
  for (const input of job.args) {
    if (job.isCancelled()) break;
    try {
      const value = fn(input);
      const result = isPending(value) ? await settled(value) : value;
      const own = takeTransfers([result]);
      checkCloneable(result, "result", own);
      moved.push(...own);
      values.push(result);
    } catch (error) {
      failures.push([values.length, encodeError(error, job.fn?.exports)]);
      values.push(null);
    }
  }
  const result: ChunkResult = [performance.now() - began, values, failures];
  job.end(["done", job.id, result], moved);
}

/** How long, in ms, values of a stream may wait for each other. */
const GATHER_MS = 1;

async function stream(job: RunningJob, value: unknown): Promise<void> {
  const iterator = iteratorOf(await value);
  let sentAt = 0;
  try {
    for (;;) {
      while (!job.isCancelled() && !job.takeCredit()) {
        job.output.flush();
        await job.told();
      }
      if (job.isCancelled()) break;
      const step = iterator.next();
      const { done, value: item } = isPending(step) ? await awaitStep(job, step) : step;
      if (done === true) {
        job.end(["done", job.id, undefined]);
        return;
      }
      const moved = takeTransfers([item]);
      checkCloneable(item, "value", moved);
      job.output.send(["item", job.id, item], moved);
      const now = performance.now();
      // A message is copied when it goes, and as a whole: an object may be another by then.
      const isObject = typeof item === "object" && item !== null;
      if (isObject || now - sentAt > GATHER_MS) job.output.flush();
      sentAt = now;
    }
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  await iterator.return?.();
  job.end(["done", job.id, undefined]);
}

/** What has been produced goes out before a wait. */
async function awaitStep<T>(job: RunningJob, step: PromiseLike<T>): Promise<T> {
  job.output.flush();
  return await step;
}

function iteratorOf(value: unknown): AnyIterator {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = Object(value) as {
    [Symbol.asyncIterator]?: () => AnyIterator;
    [Symbol.iterator]?: () => AnyIterator;
  };
  const make = later ?? now;
  if (typeof make !== "function") {
    throw new TypeError(
      `Cannot stream ${describe(value)}: expected a generator, or something to iterate over`,
    );
  }
  return make.call(value);
}

interface AnyIterator {
  next(): IteratorResult<unknown> | Promise<IteratorResult<unknown>>;
  return?(): unknown;
}
