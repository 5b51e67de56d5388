// What all pools offer, whatever their workers are.

import type {
  Executor,
  Job,
  MapOptions,
  ShutdownOptions,
  SubmitOptions,
} from "../core/executor.ts";
import type { Future } from "../core/future.ts";
import type { JobKind } from "./protocol.ts";
import type { OpenChannel } from "./channel.ts";
import type { PoolSettings } from "./pool_options.ts";
import { checkAllCloneable } from "./cloneable.ts";
import { checkSubmitOptions } from "./submit_options.ts";
import { mapJobs } from "./map_jobs.ts";
import { Pool } from "./pool.ts";
import { PoolJob } from "./pool_job.ts";
import { shipmentOf } from "./job_source.ts";
import { streamJob } from "./stream_job.ts";
import { takeTransfers } from "./transfer.ts";

/** What a pool is doing. Counts since it was made, and times, sums in milliseconds. */
export interface ExecutorStats {
  /** Workers there are, and of these at work and not; threads that would not end. */
  [key: string]: number;
}

// deno-lint-ignore no-explicit-any -- any job: types have been checked at the method that was called
type AnyJob = Job<any[], unknown>;

/**
 * With so many jobs waiting a submission does without a stack trace: each takes 2 to 10 µs, as long as all
 * the rest.
 */
const TRACED_QUEUE = 16;
/** So does, but in debug mode, a job whose like has succeeded so many times in a row. */
const TRACED_JOBS = 100;

/**
 * An executor over a pool of workers.
 *
 * @example
 * ```ts
 * import { type PoolExecutor, run, ThreadPoolExecutor } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const length = (text: string) => text.length;
 * async function total(pool: PoolExecutor, texts: string[]) {
 *   let sum = 0;
 *   for await (const n of pool.map(length, texts)) sum += n;
 *   return sum;
 * }
 * await run(async () => {
 *   await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
 *   assertEquals(await total(pool, ["one", "three"]), 8);
 * });
 * ```
 */
export abstract class PoolExecutor implements Executor {
  readonly #pool: Pool;
  readonly #leavesProcess: boolean;

  /** @internal */
  constructor(name: string, settings: PoolSettings, open: OpenChannel, leavesProcess = false) {
    this.#pool = new Pool(name, settings, open);
    this.#leavesProcess = leavesProcess;
  }

  /**
   * Schedules a job. Does not suspend.
   *
   * @param job A closed function, or a job of a module.
   * @param args Its arguments; they are copied, but for what `transfer()` marks.
   * @returns Its result to be. Cancelling it cancels the job.
   * @throws {TypeError} When the function uses a variable of an enclosing scope, or is no function.
   * @throws {DOMException} DataCloneError when an argument cannot be copied.
   * @throws {RuntimeError} After `shutdown()`.
   * @throws {BrokenExecutor} When workers cannot be started.
   */
  submit<A extends unknown[], T>(job: Job<A, T>, ...args: A): Future<Awaited<T>> {
    return this._start(job, "call", args) as unknown as Future<Awaited<T>>;
  }

  /**
   * As `submit`, with options.
   *
   * @param options Signal, time limit, name, progress.
   * @param job A closed function, or a job of a module.
   * @param args Its arguments; they are copied, but for what `transfer()` marks.
   * @returns Its result to be. It fails with TimeoutError when the time is up.
   * @throws {TypeError} As `submit`, and when an option is of the wrong kind.
   * @throws {RangeError} When the time limit is NaN.
   */
  submitWith<A extends unknown[], T>(
    options: SubmitOptions,
    job: Job<A, T>,
    ...args: A
  ): Future<Awaited<T>> {
    return this._start(job, "call", args, options) as unknown as Future<Awaited<T>>;
  }

  /**
   * Runs a job for each input, lazily: inputs are taken as results are consumed. Cancelling whoever waits
   * for a result cancels all that is under way.
   *
   * @param job Called with one input.
   * @param inputs Any iterable, also an asynchronous one.
   * @param options Chunk size, buffer size, time limit.
   * @returns The results in the order of the inputs. A failing input throws once, and iteration may go on.
   * @throws {RangeError} When a size is less than 1.
   */
  map<I, T>(
    job: Job<[I], T>,
    inputs: Iterable<I> | AsyncIterable<I>,
    options: MapOptions = {},
  ): AsyncIterableIterator<Awaited<T>> {
    return mapJobs<I, Awaited<T>>(this, job, inputs, options);
  }

  /**
   * Runs a job that is a generator, of either kind, and hands its values over as they are asked for. It
   * starts with the first value asked for, and keeps its worker until it ends or is left. A loop leaves by
   * itself; who calls `next()` by hand has to call `return()` too, or `shutdown()` waits for it.
   *
   * @param job A generator function, or one that returns something to iterate over.
   * @param args Its arguments; they are copied, but for what `transfer()` marks.
   * @returns Its values. Leaving the loop early ends the generator.
   */
  stream<A extends unknown[], T>(
    job: Job<A, AsyncIterable<T> | Iterable<T>>,
    ...args: A
  ): AsyncIterableIterator<T> {
    return streamJob<T>(this, job, args);
  }

  /**
   * Refuses new jobs from now on, and ends the workers once the jobs are done. A stream is a job that is
   * done when its consumer has come to the end or left; `cancelFutures` ends one that nobody consumes.
   *
   * @param options Wait or not; cancel what has not started, and streams, or not.
   * @returns Settles when all is over, or at once without `wait`.
   */
  shutdown(options: ShutdownOptions = {}): Promise<void> {
    return this.#pool.shutdown(options);
  }

  /** For `await using`: waits for the jobs. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /**
   * What the pool is doing.
   *
   * @returns `workers`, of these `busy` and `idle`; `zombie` threads that would not end; jobs `queued`,
   * `running`, `done`, `failed`, `cancelled`; `waitMs` and `runMs`, sums over the jobs that ended.
   */
  stats(): ExecutorStats {
    const { crew, counts, queued } = this.#pool;
    const seats = [...crew.seats];
    const busy = seats.filter((seat) => !seat.isIdle).length;
    return {
      workers: seats.length,
      busy,
      idle: seats.length - busy,
      zombie: crew.zombies.count,
      queued,
      running: seats.reduce((sum, seat) => sum + seat.held.size, 0),
      done: counts.done,
      failed: counts.failed,
      cancelled: counts.cancelled,
      waitMs: counts.waitMs,
      runMs: counts.runMs,
    };
  }

  /** @internal */
  get _pool(): Pool {
    return this.#pool;
  }

  /** @internal */
  _start(
    job: AnyJob,
    kind: JobKind,
    args: readonly unknown[],
    options: SubmitOptions = NO_OPTIONS,
    handOn: PoolJob<unknown>["handOn"] = null,
  ): PoolJob<unknown> {
    const shipment = shipmentOf(job);
    const name = options.name ?? shipment.name;
    this.#pool.checkOpen(name);
    if (options !== NO_OPTIONS) checkSubmitOptions(options);
    const transfer = takeTransfers(args);
    checkAllCloneable(args, "args", transfer, this.#leavesProcess);
    const started = new PoolJob<unknown>({ shipment, kind, args, transfer, name }, this.#pool);
    started.handOn = handOn;
    if (!started.obey(options)) return started;
    this.#pool.submit(started);
    // After the job is on its way: the worker wakes up meanwhile, and no answer comes before this returns.
    if (handOn === null && this.#isTraced(started)) started.submitted = new Error();
    return started;
  }

  #isTraced(job: PoolJob<unknown>): boolean {
    if (this.#pool.queued >= TRACED_QUEUE) return false;
    return job.order.shipment.succeeded < TRACED_JOBS || job.getLoop().debug;
  }
}

const NO_OPTIONS: SubmitOptions = {};
