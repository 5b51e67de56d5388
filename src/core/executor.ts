// What runs jobs elsewhere, as the loop knows it: types, and the place where the executors' own module
// leaves word how to make the default one.

import type { Future } from "./future.ts";

/**
 * What an executor runs. A function is shipped as source, so it may use its arguments and globals but no
 * variable of an enclosing scope. A job of a module is shipped by address and may use everything that its
 * module imports.
 */
export type Job<A extends unknown[], T> = ((...args: A) => T) | ModuleJob<A, T>;

/** A job by address, as `moduleJobs` makes it. */
export interface ModuleJob<A extends unknown[], T> {
  /** The URL of the module. */
  readonly module: string;
  /** What it exports the job as. */
  readonly exportName: string;
  /** Never there: carries the types of parameters and result. */
  readonly types?: [A, T];
}

/** How to submit one job. */
export interface SubmitOptions {
  /** Aborting it cancels the job. */
  signal?: AbortSignal;
  /** Time from submission to result, in milliseconds; then the job is cancelled and fails with TimeoutError. */
  timeoutMs?: number;
  /**
   * What errors call the job.
   *
   * @default {the name of its function}
   */
  name?: string;
  /** Given what the job hands to `reportProgress`, in order. */
  onProgress?: (value: unknown) => void;
}

/** How to map. */
export interface MapOptions {
  /**
   * Inputs that travel in one message.
   *
   * @default {chosen by how long they take}
   */
  chunksize?: number;
  /**
   * At most this many inputs submitted and not yet consumed.
   *
   * @default {four chunks for each worker}
   */
  buffersize?: number;
  /** Time from the call to the last result, in milliseconds; then TimeoutError. */
  timeoutMs?: number;
}

/** How to shut an executor down. */
export interface ShutdownOptions {
  /**
   * Wait until all jobs are done and all workers gone.
   *
   * @default {true}
   */
  wait?: boolean;
  /**
   * Cancel the jobs that have not started, and streams.
   *
   * @default {false}
   */
  cancelFutures?: boolean;
}

/**
 * Runs jobs somewhere: in the caller, in threads, in processes. Code written for one runs on the others.
 */
export interface Executor extends AsyncDisposable {
  /**
   * Schedules a job. Does not suspend.
   *
   * @param job A closed function, or a job of a module.
   * @param args Its arguments; they are copied.
   * @returns Its result to be. Cancelling it cancels the job.
   * @throws {TypeError} When the function uses a variable of an enclosing scope, or is no function.
   * @throws {RuntimeError} After `shutdown()`.
   */
  submit<A extends unknown[], T>(job: Job<A, T>, ...args: A): Future<Awaited<T>>;
  /**
   * As `submit`, with options.
   *
   * @param options Signal, time limit, name, progress.
   * @param job A closed function, or a job of a module.
   * @param args Its arguments; they are copied.
   * @returns Its result to be.
   */
  submitWith<A extends unknown[], T>(
    options: SubmitOptions,
    job: Job<A, T>,
    ...args: A
  ): Future<Awaited<T>>;
  /**
   * Runs a job for each input, lazily: inputs are taken as results are consumed.
   *
   * @param job Called with one input.
   * @param inputs Any iterable, also an asynchronous one.
   * @param options Chunk size, buffer size, time limit.
   * @returns The results in the order of the inputs. A failing input throws once, and iteration may go on.
   */
  map<I, T>(
    job: Job<[I], T>,
    inputs: Iterable<I> | AsyncIterable<I>,
    options?: MapOptions,
  ): AsyncIterableIterator<Awaited<T>>;
  /**
   * Runs a job that is a generator, of either kind, and hands its values over as they are asked for.
   *
   * @param job A generator function, or one that returns something to iterate over.
   * @param args Its arguments; they are copied.
   * @returns Its values. Leaving the loop early ends the generator.
   */
  stream<A extends unknown[], T>(
    job: Job<A, AsyncIterable<T> | Iterable<T>>,
    ...args: A
  ): AsyncIterableIterator<T>;
  /**
   * Refuses new jobs from now on, and ends the workers once the jobs are done. A stream is a job that is
   * done when its consumer has come to the end or left; `cancelFutures` ends one that nobody consumes.
   *
   * @param options Wait or not; cancel what has not started, and streams, or not.
   * @returns Settles when all is over, or at once without `wait`.
   */
  shutdown(options?: ShutdownOptions): Promise<void>;
}

let makeDefault: (() => Executor) | null = null;

/** Called by the module of the default executor, which core cannot import. */
export function provideDefaultExecutor(make: () => Executor): void {
  makeDefault = make;
}

/** A new executor of the default kind, or null when only a part of the library is loaded. */
export function makeDefaultExecutor(): Executor | null {
  return makeDefault === null ? null : makeDefault();
}
