/**
 * A cluster of a test's own: a Redis, a worker in this process, whose jobs run on threads, and an
 * executor. Tests wait for outcomes, never for a time to pass.
 */
import { type Future, moduleJobs, run } from "../../mod.ts";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import {
  ClusterExecutor,
  type ClusterOptions,
  ClusterWorker,
  type ClusterWorkerOptions,
  type LogRecord,
} from "../../src/distributed/mod.ts";
import { RedisServer, redisTest } from "./redis_server.ts";

export const JOBS_URL = new URL("../distributed/jobs.ts", import.meta.url);
export const jobs = moduleJobs<typeof import("../distributed/jobs.ts")>(JOBS_URL);

export interface TestCluster {
  readonly redis: RedisServer;
  readonly worker: ClusterWorker;
  readonly executor: ClusterExecutor;
  /** What the worker has logged, but for jobs that went well. */
  readonly logged: LogRecord[];
}

/** How its parts are made, if not by default. */
export interface TestClusterOptions {
  worker?: Partial<ClusterWorkerOptions>;
  executor?: Partial<ClusterOptions>;
}

export function localClusterTest(
  name: string,
  body: (cluster: TestCluster) => Promise<void>,
  options: TestClusterOptions = {},
): void {
  redisTest(name, async () => {
    await using redis = await RedisServer.start();
    const logged: LogRecord[] = [];
    await using worker = new ClusterWorker({
      connection: redis.url,
      modules: [JOBS_URL],
      pool: { maxWorkers: 2 },
      log: (record) => record.level !== "debug" && logged.push(record),
      ...options.worker,
    });
    await worker.start();
    await run(async () => {
      const executor = new ClusterExecutor({ connection: redis.url, ...options.executor });
      try {
        await body({ redis, worker, executor, logged });
      } finally {
        await executor.shutdown({ cancelFutures: true });
      }
    });
    await worker.stop({ graceMs: 0 });
  });
}

/** The queue, as a dashboard sees it. */
export function queueOf({ redis }: TestCluster): Queue & AsyncDisposable {
  const client = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue("taskloop", { connection: client });
  return Object.assign(queue, {
    async [Symbol.asyncDispose]() {
      await queue.close();
      client.disconnect();
    },
  });
}

/** Submits a job that reports when it runs, and waits for that. A list: its future is not awaited. */
export async function starts<T>(
  submit: (onProgress: () => void) => Future<T>,
): Promise<[Future<T>]> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const future = submit(resolve);
  await promise;
  return [future];
}

/** Whether the worker, or its pool, is at a job. */
export function isRunning(worker: ClusterWorker): boolean {
  const { running, pool } = worker.stats();
  return running + pool.busy! > 0;
}
