// What a job can ask of whoever runs it. One job runs at a time on a worker, so the running one is a
// plain variable.

import { cancelledError, RuntimeError } from "../core/errors.ts";

/** What a job knows of itself. */
export interface JobInfo {
  /** The key that it was submitted to a cluster with; null without one, and in a pool of this machine. */
  readonly key: string | null;
  /** 1 when it is started for the first time; a cluster starts it again after failures and deaths. */
  readonly attempt: number;
}

/** The job that runs, for its own use. */
export interface JobControl {
  readonly info: JobInfo;
  isCancelled(): boolean;
  progress(value: unknown): void;
  readonly signal: AbortSignal;
}

let current: JobControl | null = null;

/** Says which job runs; null for none. */
export function setCurrentJob(job: JobControl | null): void {
  current = job;
}

/**
 * Inside a job: throws once the job has been cancelled. Cheap enough for a hot synchronous loop. Does
 * nothing outside of jobs. In a job shipped as source it is a global.
 *
 * @throws {CancelledError} When the submitter cancelled the job, or its time is up.
 *
 * @example
 * ```ts
 * import { checkCancelled, InlineExecutor } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const sum = (n: number) => {
 *   let total = 0;
 *   for (let i = 1; i <= n; i++) {
 *     checkCancelled();
 *     total += i;
 *   }
 *   return total;
 * };
 * const executor = new InlineExecutor();
 * assertEquals(await executor.submit(sum, 10), 55);
 * await executor.shutdown();
 * ```
 */
export function checkCancelled(): void {
  if (current !== null && current.isCancelled()) throw cancelledError("the job was cancelled");
}

/**
 * Inside a job: hands a value to the submitter's `onProgress`. Does nothing outside of jobs. In a job
 * shipped as source it is a global.
 *
 * @param value Anything that can be copied.
 * @throws {DOMException} DataCloneError when it cannot.
 *
 * @example
 * ```ts
 * import { InlineExecutor, reportProgress } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const seen: unknown[] = [];
 * const executor = new InlineExecutor();
 * const onProgress = (value: unknown) => seen.push(value);
 * await executor.submitWith({ onProgress }, () => {
 *   for (const percent of [50, 100]) reportProgress(percent);
 * });
 * assertEquals(seen, [50, 100]);
 * await executor.shutdown();
 * ```
 */
export function reportProgress(value: unknown): void {
  current?.progress(value);
}

/**
 * Inside a job: a signal that aborts when the job is cancelled, for `fetch` and its like. In a job
 * shipped as source it is a global.
 *
 * @returns The signal of the running job.
 * @throws {RuntimeError} Outside of jobs.
 *
 * @example
 * ```ts
 * import { InlineExecutor, jobSignal } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const executor = new InlineExecutor();
 * assertEquals(await executor.submit(() => jobSignal().aborted), false);
 * await executor.shutdown();
 * ```
 */
export function jobSignal(): AbortSignal {
  if (current === null) {
    throw new RuntimeError("Cannot get the job's signal: no job is running here");
  }
  return current.signal;
}

/**
 * Inside a job: what makes this run different from another of the same job. Effects that must happen once,
 * however often a cluster starts the job, can be told apart by its key.
 *
 * @returns Key and attempt of the running job.
 * @throws {RuntimeError} Outside of jobs.
 *
 * @example
 * ```ts
 * import { jobInfo, RuntimeError } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * // In a module of jobs.
 * export function charge(account: string, amount: number): string {
 *   const { key, attempt } = jobInfo();
 *   return `${amount} from ${account}, as ${key}, attempt ${attempt}`;
 * }
 * assertThrows(() => charge("savings", 5), RuntimeError); // called by nobody who runs jobs
 * ```
 */
export function jobInfo(): JobInfo {
  if (current === null) {
    throw new RuntimeError("Cannot get the job's key and attempt: no job is running here");
  }
  return current.info;
}
