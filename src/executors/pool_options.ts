// What a pool can be told, checked where it is told.

import type { ModuleJob } from "../core/executor.ts";
import { describe } from "../core/errors.ts";
import { type Shipment, shipmentOf } from "./job_source.ts";
import { checkCloneable } from "./cloneable.ts";

/** A job whose arguments come from elsewhere. */
export type Initializer =
  | ((...args: never[]) => unknown)
  | Pick<ModuleJob<unknown[], unknown>, "module" | "exportName">;

/** What workers may do: as the parent, nothing, or what Deno's permission objects say. */
export type WorkerPermissions = "inherit" | "none" | Record<string, unknown>;

/** How a pool of workers is made. */
export interface PoolOptions {
  /**
   * At most so many workers.
   *
   * @default {threads: cores + 4, no more than 32; processes: cores}
   */
  maxWorkers?: number;
  /**
   * Started with the first job and kept.
   *
   * @default {0}
   */
  minWorkers?: number;
  /**
   * A worker idle for longer, in milliseconds, ends, but for `minWorkers`.
   *
   * @default {5000}
   */
  idleMs?: number;
  /** Runs on each worker before its first job. When it fails, so does everything, with BrokenExecutor. */
  initializer?: Initializer;
  /** Arguments of the initializer. */
  initargs?: unknown[];
  /**
   * A worker is replaced after so many jobs.
   *
   * @default {Infinity}
   */
  maxTasksPerChild?: number;
  /**
   * How long a cancelled job may take to heed it, in milliseconds, before its worker is replaced.
   * @default {100}
   */
  cancelGraceMs?: number;
  /**
   * With so many jobs waiting, `submit` gives a future that failed with QueueFull, and `map` takes no
   * further inputs.
   *
   * @default {Infinity}
   */
  maxQueue?: number;
  /**
   * A worker whose heap has grown beyond so many bytes is replaced between jobs. A process whose job needs
   * more ends in the middle of it, with BrokenExecutor.
   *
   * @default {Infinity}
   */
  maxHeapBytes?: number;
  /**
   * What workers may do. For threads anything but the default needs Deno started with
   * `--unstable-worker-options`; without it the pool's constructor throws RuntimeError.
   *
   * @default {"inherit"}
   */
  permissions?: WorkerPermissions;
  /**
   * Workers are called this and a number.
   *
   * @default {"worker"}
   */
  threadNamePrefix?: string;
}

/** Options with nothing left open. */
export interface PoolSettings {
  readonly maxWorkers: number;
  readonly minWorkers: number;
  readonly idleMs: number;
  readonly initializer: Shipment | null;
  readonly initargs: readonly unknown[];
  readonly maxTasksPerChild: number;
  readonly cancelGraceMs: number;
  readonly maxQueue: number;
  readonly maxHeapBytes: number;
  readonly permissions: WorkerPermissions;
  readonly namePrefix: string;
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws {RangeError} When a number is out of range.
 * @throws {TypeError} When they are no object, the initializer is no job, or `initargs` no array.
 */
export function poolSettings(options: PoolOptions, defaultWorkers: number): PoolSettings {
  if (typeof options !== "object" || options === null) {
    const hint = typeof options === "number" ? `, did you mean { maxWorkers: ${options} }?` : "";
    throw new TypeError(`Cannot make a pool of ${describe(options)}: expected options${hint}`);
  }
  const count = (name: keyof PoolOptions, fallback: number, least: number) => {
    const value = options[name] ?? fallback;
    if (
      typeof value === "number" && value >= least && (Number.isInteger(value) || value === Infinity)
    ) {
      return value;
    }
    throw new RangeError(
      `Cannot make a pool: "${name}" is ${
        describe(value)
      }, expected an integer of at least ${least}`,
    );
  };
  const ms = (name: keyof PoolOptions, fallback: number) => {
    const value = options[name] ?? fallback;
    if (typeof value === "number" && value >= 0) return value;
    throw new RangeError(
      `Cannot make a pool: "${name}" is ${describe(value)}, expected milliseconds of at least 0`,
    );
  };
  const maxWorkers = count("maxWorkers", defaultWorkers, 1);
  const minWorkers = count("minWorkers", 0, 0);
  if (minWorkers > maxWorkers) {
    throw new RangeError(
      `Cannot make a pool: "minWorkers" is ${minWorkers}, expected at most "maxWorkers", ${maxWorkers}`,
    );
  }
  const initargs = options.initargs ?? [];
  if (!Array.isArray(initargs)) {
    throw new TypeError(
      `Cannot make a pool: "initargs" is ${describe(initargs)}, expected an array`,
    );
  }
  checkCloneable(initargs, "initargs");
  return {
    maxWorkers,
    minWorkers,
    idleMs: ms("idleMs", 5000),
    initializer: options.initializer === undefined ? null : shipmentOf(options.initializer),
    initargs,
    maxTasksPerChild: count("maxTasksPerChild", Infinity, 1),
    cancelGraceMs: ms("cancelGraceMs", 100),
    maxQueue: count("maxQueue", Infinity, 0),
    maxHeapBytes: count("maxHeapBytes", Infinity, 1),
    permissions: options.permissions ?? "inherit",
    namePrefix: String(options.threadNamePrefix ?? "worker"),
  };
}
