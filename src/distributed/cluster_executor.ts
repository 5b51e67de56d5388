// The same executor, over a queue of Redis: any number of programs submit, any number of workers run.

import "../core/event_loop.ts"; // the default loop, where mod.ts is not loaded
import type { ClusterOptions, ClusterSettings, ClusterSubmitOptions } from "./cluster_options.ts";
import type { Executor, Job, MapOptions, ShutdownOptions } from "../core/executor.ts";
import type { ExecutorStats } from "../executors/pool_executor.ts";
import type { Future } from "../core/future.ts";
import type { JobOrder } from "../executors/pool_job.ts";
import type { JobKind } from "../executors/protocol.ts";
import { checkSubmitOptions } from "../executors/submit_options.ts";
import { clusterSettings } from "./cluster_options.ts";
import { ClusterJob, jobIdOf } from "./cluster_job.ts";
import { ClusterPool } from "./cluster_pool.ts";
import { JobEntries, moduleShipment } from "./job_entries.ts";
import { mapJobs } from "../executors/map_jobs.ts";
import { RuntimeError } from "../core/errors.ts";
import { type Shipment, shipmentOf } from "../executors/job_source.ts";

// deno-lint-ignore no-explicit-any -- any job: types have been checked at the method that was called
type AnyJob = Job<any[], unknown>;

/** With so many jobs pending, a submission does without a stack trace: each takes 1 to 6 µs. */
const TRACED_JOBS = 16;

/**
 * Runs jobs on the workers of a cluster, which take them from a queue in Redis (or Valkey) by BullMQ. Only
 * jobs of modules can be run: the name of the module and of its export travel, never source, and workers
 * run nothing but what the modules export that they were started with.
 *
 * A job is run at least once: when a worker dies in the middle of it, another one starts it anew, up to
 * `recoveries` times. Its result is delivered once to each future. A future waits through any loss of the
 * connection.
 *
 * Arguments and results are copied, as to another process. They travel as JSON, which is extended by what
 * can be copied: dates, maps, sets, bytes, big integers, errors, circles.
 *
 * @example
 * ```ts ignore
 * // Needs a Redis, and a worker: deno run -A jsr:@taskloop/asyncio/worker --redis redis://localhost ./jobs.ts
 * import { moduleJobs, run } from "@taskloop/asyncio";
 * import { ClusterExecutor } from "@taskloop/asyncio/distributed";
 *
 * const jobs = moduleJobs<typeof import("./jobs.ts")>(new URL("./jobs.ts", import.meta.url));
 * await run(async () => {
 *   await using executor = new ClusterExecutor({ connection: "redis://localhost" });
 *   console.log(await executor.submit(jobs.square, 12)); // 144
 * });
 * ```
 */
export class ClusterExecutor implements Executor {
  readonly #settings: ClusterSettings;
  readonly #entries: JobEntries;
  readonly #pool: ClusterPool;

  /**
   * Makes an executor. It connects with the first job; from then on the program goes on until
   * `shutdown()`.
   *
   * @param options How to reach Redis, which queue, and what holds for all jobs.
   * @throws {RangeError} When a number is out of range.
   * @throws {TypeError} When something is of the wrong kind.
   */
  constructor(options: ClusterOptions) {
    this.#settings = clusterSettings(options);
    this.#entries = new JobEntries(this.#settings);
    this.#pool = new ClusterPool(this.#settings);
  }

  /**
   * Schedules a job. Does not suspend.
   *
   * @param job A job of a module.
   * @param args Its arguments; they are copied.
   * @returns Its result to be. Cancelling it cancels the job: it leaves the queue, or its worker stops it.
   * @throws {TypeError} When it is no job of a module, or of one that workers cannot tell from another.
   * @throws {DOMException} DataCloneError when an argument cannot be copied.
   * @throws {RangeError} When the arguments take more than `maxPayloadBytes`.
   * @throws {RuntimeError} After `shutdown()`.
   * @throws {BrokenExecutor} When Redis does not let us in.
   */
  submit<A extends unknown[], T>(job: Job<A, T>, ...args: A): Future<Awaited<T>> {
    return this._start(job, "call", args) as unknown as Future<Awaited<T>>;
  }

  /**
   * As `submit`, with options.
   *
   * @param options Those of every executor; key, priority, attempts, delay.
   * @param job A job of a module.
   * @param args Its arguments; they are copied.
   * @returns Its result to be. It fails with TimeoutError when the time is up.
   */
  submitWith<A extends unknown[], T>(
    options: ClusterSubmitOptions,
    job: Job<A, T>,
    ...args: A
  ): Future<Awaited<T>> {
    return this._start(job, "call", args, options) as unknown as Future<Awaited<T>>;
  }

  /**
   * Waits for a job that was submitted with a key, by this program or another, which may be gone.
   * Cancelling the future cancels the job, as it does for who submitted it.
   *
   * @param key What it was submitted with.
   * @param options As for `submitWith`; those that are said when a job is made change nothing.
   * @returns Its result to be. It fails with LookupError when Redis has no such job, or not any more.
   */
  attach<T>(key: string, options: ClusterSubmitOptions = {}): Future<T> {
    const name = options.name ?? key;
    this.#pool.checkOpen(name);
    checkSubmitOptions(options);
    const order: JobOrder = { shipment: ELSEWHERE, kind: "call", args: [], transfer: [], name };
    const job = new ClusterJob<T>(jobIdOf(key), null, order, this.#pool);
    if (job.obey(this.#limited(options))) this.#pool.attach(job as ClusterJob<unknown>);
    return job;
  }

  /**
   * Runs a job for each input, lazily: inputs are taken as results are consumed. Cancelling whoever waits
   * for a result cancels all that is under way.
   *
   * @param job Called with one input.
   * @param inputs Any iterable, also an asynchronous one.
   * @param options Chunk size, buffer size, time limit. Each chunk is a job of the queue.
   * @returns The results in the order of the inputs. A failing input throws once, and iteration may go on.
   * @throws {RangeError} When a size is less than 1.
   * @throws {TypeError} When it is no job of a module.
   */
  map<I, T>(
    job: Job<[I], T>,
    inputs: Iterable<I> | AsyncIterable<I>,
    options: MapOptions = {},
  ): AsyncIterableIterator<Awaited<T>> {
    moduleShipment(job);
    return mapJobs<I, Awaited<T>>(this, job, inputs, options);
  }

  /**
   * Not over a queue: it keeps outcomes, and drops values on the way when nobody is there to take them.
   *
   * @param job Not run.
   * @returns Never.
   * @throws {RuntimeError} Always.
   */
  stream<A extends unknown[], T>(
    job: Job<A, AsyncIterable<T> | Iterable<T>>,
    ..._args: A
  ): AsyncIterableIterator<T> {
    const { name } = shipmentOf(job);
    throw new RuntimeError(
      `Cannot stream job "${name}" from a cluster: its queue keeps results, no values on the way; ` +
        "use map(), or report progress",
    );
  }

  /**
   * Refuses new jobs from now on, and closes the connections once the jobs are done. The workers go on.
   *
   * @param options Wait or not; cancel what has not started or not.
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
   * What this executor has done; other submitters to the queue are not counted.
   *
   * @returns Jobs `queued` (on their way to Redis), `running` (taken by the queue, and not ended), `done`,
   * `failed`, `cancelled`; `waitMs` and `runMs`, sums over the jobs that ended.
   */
  stats(): ExecutorStats {
    const { queued, pending, counts } = this.#pool;
    const { done, failed, cancelled, waitMs, runMs } = counts;
    return { queued, running: pending - queued, done, failed, cancelled, waitMs, runMs };
  }

  /** @internal */
  get _pool(): ClusterPool {
    return this.#pool;
  }

  /** @internal */
  _start(
    job: AnyJob,
    kind: JobKind,
    args: readonly unknown[],
    options: ClusterSubmitOptions = {},
  ): ClusterJob<unknown> {
    const shipment = moduleShipment(job);
    const name = options.name ?? shipment.name;
    this.#pool.checkOpen(name);
    checkSubmitOptions(options);
    const jobId = options.key === undefined ? crypto.randomUUID() : jobIdOf(options.key);
    const entry = this.#entries.make(shipment, kind, args, options, jobId);
    const order = { shipment, kind, args, transfer: [], name };
    const started = new ClusterJob<unknown>(jobId, entry, order, this.#pool);
    if (!started.obey(this.#limited(options))) return started;
    if (this.#pool.pending < TRACED_JOBS) started.submitted = new Error();
    this.#pool.submit(started);
    return started;
  }

  /** With the time limit of all jobs, where a job has none of its own. */
  #limited(options: ClusterSubmitOptions): ClusterSubmitOptions {
    return { ...options, timeoutMs: options.timeoutMs ?? this.#settings.timeoutMs };
  }
}

/** What an attached job is, here nobody knows. */
const ELSEWHERE: Shipment = {
  id: 0,
  name: "",
  source: null,
  url: "",
  exportName: "",
  fn: null,
  succeeded: 0,
};
