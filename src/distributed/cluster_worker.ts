// One host's part of a cluster: takes jobs from a queue and runs them on a pool.
//
// | state    | meaning                                         | next               |
// | -------- | ----------------------------------------------- | ------------------ |
// | new      | nothing has been done                           | starting, stopped  |
// | starting | loads the modules, connects                     | running, stopped   |
// | running  | takes jobs                                      | stopping           |
// | stopping | takes none, and waits for those that run        | stopped            |
// | stopped  | pool and connections are closed                 | none               |

import "../core/event_loop.ts"; // the default loop, where mod.ts is not loaded
import type { ClusterWorkerOptions, WorkerSettings } from "./worker_options.ts";
import type { PoolExecutor } from "../executors/pool_executor.ts";
import { type Job, Worker } from "bullmq";
import { BrokenExecutor } from "../executors/error_classes.ts";
import { CancelWatch } from "./cancel_watch.ts";
import { cancelledKey } from "./queue_link.ts";
import { hostTimerSoon, withResolvers } from "../core/host.ts";
import { isRefusal, openRedis, reasonOf, type RedisClient } from "./redis_client.ts";
import { JobProcessor } from "./job_processor.ts";
import { JobFailure } from "./job_failure.ts";
import { type LogRecord, logRecord } from "./worker_log.ts";
import { ProcessPoolExecutor } from "../executors/process_pool_executor.ts";
import { RuntimeError } from "../core/errors.ts";
import { ThreadPoolExecutor } from "../executors/thread_pool_executor.ts";
import { WorkerModules } from "./worker_modules.ts";
import { workerSettings } from "./worker_options.ts";

/** What a worker has done since it was made. */
export interface ClusterWorkerStats {
  /** "starting", "running", "stopping" and so on. */
  readonly state: string;
  /** Jobs that run, or wait for the pool. */
  readonly running: number;
  /** So many are taken at once. */
  readonly concurrency: number;
  /** Attempts that ended well. */
  readonly done: number;
  /** Attempts that failed. */
  readonly failed: number;
  /** Jobs that went back to the queue when this worker stopped. */
  readonly handedBack: number;
  /** Jobs of dead workers that this one has put back into the queue. */
  readonly stalled: number;
  /** What the pool says of itself. */
  readonly pool: Readonly<Record<string, number>>;
}

/** After the connection was lost, in ms; the engine's own default is 15 s. */
const FETCH_AGAIN_MS = 500;
/** After jobs were handed back, the longest to wait for the queue to have them, in ms. */
const HAND_BACK_MS = 2000;

/**
 * Takes jobs from a queue in Redis and runs them on threads or in processes. It is what the worker command
 * is made of; use it to have a worker in a program of your own.
 *
 * @example
 * ```ts ignore
 * // Needs a Redis.
 * import { ClusterWorker } from "@taskloop/asyncio/distributed";
 *
 * const worker = new ClusterWorker({
 *   connection: "redis://localhost",
 *   modules: { jobs: new URL("./jobs.ts", import.meta.url) },
 * });
 * await worker.start();
 * ```
 */
export class ClusterWorker implements AsyncDisposable {
  readonly #settings: WorkerSettings;
  readonly #modules: WorkerModules;
  readonly #counts = { done: 0, failed: 0, handedBack: 0, stalled: 0 };
  #state: "new" | "starting" | "running" | "stopping" | "stopped" = "new";
  #pool: PoolExecutor | null = null;
  #client: RedisClient | null = null;
  #processor: JobProcessor | null = null;
  #watch: CancelWatch | null = null;
  #worker: Worker | null = null;
  #stopped: Promise<void> | null = null;
  #isDown = false;

  /**
   * Makes a worker; `start()` has it work.
   *
   * @param options How to reach Redis, which modules, how many at once.
   * @throws {RangeError} When a number is out of range.
   * @throws {TypeError} When something is of the wrong kind, or there are no modules.
   */
  constructor(options: ClusterWorkerOptions) {
    this.#settings = workerSettings(options);
    this.#modules = new WorkerModules(this.#settings.modules);
  }

  /**
   * Loads the modules, connects, and takes jobs from then on.
   *
   * @returns Settles when jobs are taken. Fails as a module does that cannot be loaded.
   * @throws {BrokenExecutor} When Redis does not let us in.
   * @throws {RuntimeError} The second time.
   */
  async start(): Promise<void> {
    if (this.#state !== "new") {
      throw new RuntimeError(
        `Cannot start a cluster worker: it is ${this.#state}, expected it new`,
      );
    }
    this.#state = "starting";
    const { kind, pool } = this.#settings;
    this.#pool = kind === "threads" ? new ThreadPoolExecutor(pool) : new ProcessPoolExecutor(pool);
    try {
      await this.#modules.load(this.#pool);
      await this.#connect();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#log("info", "started", {
      queue: this.#settings.queue,
      concurrency: this.#settings.concurrency,
      [kind]: pool.maxWorkers,
      modules: this.#modules.describe(),
    });
  }

  /**
   * Takes no more jobs, lets those that run end, and hands back to the queue what takes longer than the
   * grace.
   *
   * @param options `graceMs`: another grace than the worker's own.
   * @returns Settles when pool and connections are closed.
   */
  stop(options: { graceMs?: number } = {}): Promise<void> {
    return this.#stopped ??= this.#stop(options.graceMs ?? this.#settings.graceMs);
  }

  /** For `await using`: stops it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** True while Redis answers and jobs are taken. */
  get isHealthy(): boolean {
    return this.#state === "running" && !this.#isDown;
  }

  /**
   * What it is doing, and has done.
   *
   * @returns Counts since it was made.
   */
  stats(): ClusterWorkerStats {
    return {
      state: this.#state,
      running: this.#processor?.running.length ?? 0,
      concurrency: this.#settings.concurrency,
      ...this.#counts,
      pool: this.#pool?.stats() ?? {},
    };
  }

  async #connect(): Promise<void> {
    const { connection, queue, prefix, maxPayloadBytes } = this.#settings;
    const refused = withResolvers<never>();
    refused.promise.catch(() => {}); // told at the first use below, later on only logged
    const client = this.#client = openRedis(connection, (error) => {
      this.#connectionFailed(error);
      if (isRefusal(error)) {
        refused.reject(new BrokenExecutor(`Cannot reach Redis: it refuses, ${reasonOf(error)}`));
      }
    });
    client.on("ready", () => this.#connectionIsBack());
    await Promise.race([client.ping(), refused.promise]);
    await this.#checkMemoryPolicy(client);
    const processor = this.#processor = new JobProcessor({
      pool: this.#pool!,
      modules: this.#modules,
      maxPayloadBytes,
      busy: () => this.#watch!.start(),
      warn: (details) => this.#log("warn", "warning", details),
    });
    this.#watch = new CancelWatch({
      client,
      key: cancelledKey(prefix, queue),
      running: () => processor.running,
      cancelled: (jobId) => processor.cancel(jobId),
      failed: (error) => this.#log("warn", "warning", { text: reasonOf(error) }),
    });
    await this.#takeJobs(client, processor);
  }

  async #takeJobs(client: RedisClient, processor: JobProcessor): Promise<void> {
    const { queue, prefix, concurrency, lockMs, stalledMs, maxRecoveries } = this.#settings;
    const worker = this.#worker = new Worker(
      queue,
      (job, token) => processor.process(job, token),
      {
        connection: client,
        prefix,
        concurrency,
        lockDuration: lockMs,
        stalledInterval: stalledMs,
        maxStalledCount: maxRecoveries,
        runRetryDelay: FETCH_AGAIN_MS,
      },
    );
    worker.on("error", (error) => {
      // While the connection is lost there are many, and it has been said.
      if (!this.#isDown) this.#log("warn", "warning", { text: reasonOf(error) });
    });
    worker.on("stalled", (job) => {
      this.#counts.stalled++;
      this.#log("warn", "stalled", { job });
    });
    worker.on("completed", (job) => {
      this.#counts.done++;
      this.#log("debug", "done", about(job));
    });
    worker.on("failed", (job, error) => {
      this.#counts.failed++;
      const text = error instanceof JobFailure ? error.headline : reasonOf(error);
      this.#log("warn", "failed", { ...job && about(job), text });
    });
    await worker.waitUntilReady();
    if (this.#state !== "starting") {
      throw new RuntimeError("Cannot start a cluster worker: it was stopped meanwhile");
    }
    this.#state = "running";
  }

  async #stop(graceMs: number): Promise<void> {
    const wasNew = this.#state === "new";
    this.#state = "stopping";
    if (this.#worker !== null) {
      this.#log("info", "stopping", { running: this.stats().running, graceMs });
      await this.#finish(this.#worker, graceMs);
    }
    this.#watch?.stop();
    this.#client?.disconnect();
    await this.#pool?.shutdown({ cancelFutures: true });
    this.#state = "stopped";
    if (!wasNew) this.#log("info", "stopped", { ...this.#counts });
  }

  async #finish(worker: Worker, graceMs: number): Promise<void> {
    const closing = worker.close();
    const stopTimers = [
      hostTimerSoon(graceMs, () => {
        this.#counts.handedBack += this.#processor!.running.length;
        this.#processor!.handBack();
      }),
    ];
    // Without Redis nothing can be handed back: what ran here is found by the other workers.
    const late = new Promise<void>((resolve) => {
      stopTimers.push(hostTimerSoon(graceMs + HAND_BACK_MS, resolve));
    });
    await Promise.race([closing, late]);
    for (const stopTimer of stopTimers) stopTimer();
  }

  async #checkMemoryPolicy(client: RedisClient): Promise<void> {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info("memory"))?.[1];
    if (policy === undefined || policy === "noeviction") return;
    const text = `Redis may drop jobs: its maxmemory-policy is ${policy}, expected noeviction`;
    this.#log("warn", "warning", { text });
  }

  #connectionFailed(error: Error): void {
    if (this.#isDown || this.#state === "stopped" || this.#state === "stopping") return;
    this.#isDown = true;
    this.#log("error", "connection", { text: reasonOf(error) });
  }

  #connectionIsBack(): void {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#log("info", "connection", { text: "Redis answers" });
  }

  #log(level: LogRecord["level"], event: string, details: Record<string, unknown> = {}): void {
    this.#settings.log(logRecord(level, event, details));
  }
}

function about({ id, name, attemptsStarted }: Job): Record<string, unknown> {
  return { job: id, name, attempt: attemptsStarted };
}
