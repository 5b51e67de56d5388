/**
 * The executor over many machines: jobs go through a queue in Redis, by BullMQ, to workers anywhere.
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
 *
 * @module
 */

export { ClusterExecutor } from "./cluster_executor.ts";
export type {
  BackoffOptions,
  ClusterJobOptions,
  ClusterOptions,
  ClusterSubmitOptions,
} from "./cluster_options.ts";
export { ClusterWorker, type ClusterWorkerStats } from "./cluster_worker.ts";
export type { ClusterWorkerOptions } from "./worker_options.ts";
export type { Log, LogRecord } from "./worker_log.ts";
export type { ClusterConnection, RedisClientLike, RedisConnectionOptions } from "./redis_client.ts";
export type { ModuleMap } from "./module_names.ts";
