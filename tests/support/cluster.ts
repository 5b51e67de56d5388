/**
 * Clusters for tests: a Redis, workers in processes of their own, and a submitter in this one. Times are
 * real, because processes die in real time: each test has a deadline, and waits for outcomes within it.
 */
import { type Future, getEventLoop, moduleJobs, run, waitFor } from "../../mod.ts";
import { ClusterExecutor, type ClusterOptions } from "../../src/distributed/mod.ts";
import { type RedisOptions, RedisServer, redisTest } from "./redis_server.ts";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { Host, WorkerProcess } from "./worker_process.ts";
import { within } from "./within.ts";

/** The module that the workers of a `Cluster` are started with. */
export const JOBS = new URL("../distributed/fault_jobs.ts", import.meta.url);

export const jobs = moduleJobs<typeof import("../distributed/fault_jobs.ts")>(JOBS);

/** So short that a killed worker's jobs come back within a test. */
export const LOCK_MS = 1000;
export const STALLED_MS = 500;

const SHORT_TIMES = ["--lock", `${LOCK_MS}`, "--stalled", `${STALLED_MS}`];
const SHUTDOWN_MS = 5000;

/** What a test can have of a cluster; what it started is gone when the test is over. */
export class Cluster implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();

  private constructor(
    readonly redis: RedisServer,
    readonly folder: string,
    private readonly times: readonly string[],
  ) {
    this.#stack.use(redis);
    this.#stack.defer(() => Deno.remove(folder, { recursive: true }));
  }

  /** @param times Arguments for all workers: how soon what a dead one had is given to others. */
  static async start(
    options: RedisOptions = {},
    times: readonly string[] = SHORT_TIMES,
  ): Promise<Cluster> {
    return new Cluster(await RedisServer.start(options), await Deno.makeTempDir(), times);
  }

  /** A submitter, at the Redis itself or at another address. */
  executor(options: Partial<ClusterOptions> = {}): ClusterExecutor {
    const executor = new ClusterExecutor({ connection: this.redis.url, ...options });
    const end = () => waitFor(executor.shutdown({ cancelFutures: true }), SHUTDOWN_MS);
    return this.#stack.adopt(executor, async () => await end());
  }

  /** A worker that takes jobs already. */
  async worker(
    args: string[] = [],
    url: string = this.redis.url,
    env: Record<string, string> = {},
  ): Promise<WorkerProcess> {
    return this.#stack.use(await this.#start(url, args, env));
  }

  /** A host, whose worker comes back when it is killed. */
  host(args: string[] = []): Host {
    return this.#stack.use(new Host(() => this.#start(this.redis.url, args)));
  }

  /** The queue as the engine's own users see it. */
  queue(): Queue {
    const queue = new Queue("taskloop", { connection: { port: this.redis.port } });
    return this.#stack.adopt(queue, () => queue.close());
  }

  /** A client of Redis. */
  client(): Redis {
    return this.#stack.adopt(new Redis(this.redis.url), async (client) => void await client.quit());
  }

  /** A file for the jobs to write to; it exists. */
  notes(): Promise<string> {
    return Deno.makeTempFile({ dir: this.folder });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #start(url: string, args: string[], env: Record<string, string> = {}): Promise<WorkerProcess> {
    return WorkerProcess.start(url, [...this.times, ...args, JOBS.pathname], env);
  }
}

/** Registers a test with a cluster of its own, which fails when it is not over by its deadline. */
export function clusterTest(
  name: string,
  deadlineMs: number,
  body: (cluster: Cluster) => Promise<unknown>,
  options: RedisOptions = {},
): void {
  redisTest(name, async () => {
    await run(async () => {
      await using cluster = await Cluster.start(options);
      await waitFor(body(cluster), deadlineMs);
    });
  });
}

/** The lines of a file that jobs write to, once there are so many. */
export async function lines(path: string, count: number): Promise<string[]> {
  let found: string[] = [];
  await within(async () => {
    found = (await Deno.readTextFile(path)).split("\n").slice(0, -1);
    return found.length >= count;
  }, Infinity); // the test has a deadline
  return found;
}

/** What the loop that runs is told from now on, instead of the console. */
export function reported(): string[] {
  const messages: string[] = [];
  getEventLoop().setExceptionHandler((_loop, { message }) => void messages.push(message));
  return messages;
}

/** How each future was settled, and how often: what `addDoneCallback` saw. */
export class Deliveries {
  readonly #counts = new Map<Future<unknown>, number>();
  readonly #waiting = new Set<{ count: number; resolve: () => void }>();

  watch<T>(future: Future<T>): Future<T> {
    this.#counts.set(future, 0);
    future.addDoneCallback(() => {
      this.#counts.set(future, this.#counts.get(future)! + 1);
      for (const waiter of this.#waiting) if (this.settled >= waiter.count) waiter.resolve();
    });
    return future;
  }

  get settled(): number {
    return [...this.#counts.values()].filter((count) => count > 0).length;
  }

  /** Futures that were settled more or less often than once. */
  get wrong(): number {
    return [...this.#counts.values()].filter((count) => count !== 1).length;
  }

  /** Resolves once so many are settled. */
  async reach(count: number): Promise<void> {
    if (this.settled >= count) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter = { count, resolve };
    this.#waiting.add(waiter);
    await promise;
    this.#waiting.delete(waiter);
  }
}
