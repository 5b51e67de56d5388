// What a worker can be told, checked where it is told.

import type { ClusterConnection } from "./redis_client.ts";
import type { Log } from "./worker_log.ts";
import type { ModuleMap } from "./module_names.ts";
import type { PoolOptions } from "../executors/pool_options.ts";
import { checkConnection } from "./redis_client.ts";
import { checkInteger, checkNumber, checkQueue } from "./cluster_options.ts";
import { ModuleNames } from "./module_names.ts";

/** How a worker is made. */
export interface ClusterWorkerOptions {
  /** How to reach Redis, or Valkey. */
  connection: ClusterConnection;
  /** The modules whose exported functions are run: by name, or a list, called by their base names. */
  modules: ModuleMap | readonly (URL | string)[];
  /**
   * The queue; submitters name the same.
   *
   * @default {"taskloop"}
   */
  queue?: string;
  /**
   * What all keys in Redis begin with.
   *
   * @default {"bull"}
   */
  prefix?: string;
  /**
   * Whether jobs run on threads or in processes. What cannot be trusted to end belongs in processes.
   *
   * @default {"threads"}
   */
  kind?: "threads" | "processes";
  /**
   * The pool that runs the jobs: how many threads or processes, with what permissions.
   *
   * @default {{ maxWorkers: cores }}
   */
  pool?: PoolOptions;
  /**
   * So many jobs are taken from the queue at once. What the pool has no room for waits here, and nobody
   * else can take it.
   *
   * @default {as many as the pool has workers}
   */
  concurrency?: number;
  /**
   * A worker that has not been heard of for so long, in milliseconds, is taken for dead ...
   *
   * @default {5000}
   */
  lockMs?: number;
  /**
   * ... by others that look every so often, in milliseconds: what it ran is started anew after at most the
   * sum of both.
   *
   * @default {2500}
   */
  stalledMs?: number;
  /**
   * No job is started anew more often than this, whatever its `recoveries`.
   *
   * @default {10}
   */
  maxRecoveries?: number;
  /**
   * How long `stop()` lets jobs run on, in milliseconds, before it hands them back to the queue.
   *
   * @default {10_000}
   */
  graceMs?: number;
  /**
   * Results that take more bytes, as JSON, are errors.
   *
   * @default {1_048_576}
   */
  maxPayloadBytes?: number;
  /** Given what happens. */
  log?: Log;
}

/** Options with nothing left open. */
export interface WorkerSettings extends Required<Omit<ClusterWorkerOptions, "modules">> {
  readonly modules: ModuleNames;
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws {RangeError} When a number is out of range.
 * @throws {TypeError} When something is of the wrong kind.
 */
export function workerSettings(options: ClusterWorkerOptions): WorkerSettings {
  const what = "make a cluster worker";
  checkConnection(options.connection);
  const queue = options.queue ?? "taskloop";
  checkQueue(queue, what);
  const { kind = "threads" } = options;
  if (kind !== "threads" && kind !== "processes") {
    throw new TypeError(`Cannot ${what}: "kind" is ${kind}, expected "threads" or "processes"`);
  }
  const pool = { maxWorkers: navigator.hardwareConcurrency, ...options.pool };
  const integer = (name: keyof ClusterWorkerOptions, fallback: number, least: number) =>
    checkInteger(options[name] ?? fallback, name, what, least);
  return {
    connection: options.connection,
    modules: moduleNames(options.modules, what),
    queue,
    prefix: options.prefix ?? "bull",
    kind,
    pool,
    concurrency: integer("concurrency", pool.maxWorkers, 1),
    lockMs: integer("lockMs", 5000, 100),
    stalledMs: integer("stalledMs", 2500, 50),
    maxRecoveries: integer("maxRecoveries", 10, 0),
    graceMs: checkNumber(options.graceMs ?? 10_000, "graceMs", what, 0),
    maxPayloadBytes: integer("maxPayloadBytes", 2 ** 20, 1),
    log: options.log ?? (() => {}),
  };
}

function moduleNames(modules: ClusterWorkerOptions["modules"], what: string): ModuleNames {
  const names = new ModuleNames(isList(modules) ? {} : modules);
  if (isList(modules)) { for (const url of modules) names.nameOf(new URL(url).href); }
  if ([...names].length > 0) return names;
  throw new TypeError(`Cannot ${what}: "modules" is empty, and nothing else may be run`);
}

function isList(modules: ClusterWorkerOptions["modules"]): modules is readonly (URL | string)[] {
  return Array.isArray(modules);
}
