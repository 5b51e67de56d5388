// What a cluster executor can be told, checked where it is told.

import type { ClusterConnection } from "./redis_client.ts";
import type { ModuleMap } from "./module_names.ts";
import type { SubmitOptions } from "../core/executor.ts";
import { checkConnection } from "./redis_client.ts";
import { describe } from "../core/errors.ts";

/** How long to wait before a failed job is tried again. */
export interface BackoffOptions {
  /** The same time before every attempt, or twice as long each time. */
  type: "fixed" | "exponential";
  /** Before the second attempt, in milliseconds. */
  delayMs: number;
}

/** What can be said of one job, or of all. */
export interface ClusterJobOptions {
  /**
   * Which jobs come first: 0 before all others, then 1, 2 and so on, up to 2,097,151.
   *
   * @default {0}
   */
  priority?: number;
  /**
   * How often a job is tried when it fails with an error.
   *
   * @default {1}
   */
  attempts?: number;
  /**
   * How long to wait between attempts.
   *
   * @default {{ type: "exponential", delayMs: 1000 }}
   */
  backoff?: BackoffOptions;
  /**
   * How often a job is started anew after the machine or the worker that ran it died in the middle; then it
   * fails with BrokenExecutor. With 0 it is started at most once.
   *
   * @default {3}
   */
  recoveries?: number;
}

/** How to submit one job to a cluster. */
export interface ClusterSubmitOptions extends SubmitOptions, ClusterJobOptions {
  /**
   * Tells this submission from all others. As long as Redis keeps the job, submitting with the same key
   * gives its result instead of running it again, from whichever program.
   */
  key?: string;
  /**
   * The job does not start before so many milliseconds are over.
   *
   * @default {0}
   */
  delayMs?: number;
}

/** How a cluster executor is made. */
export interface ClusterOptions extends ClusterJobOptions {
  /** How to reach Redis, or Valkey. */
  connection: ClusterConnection;
  /**
   * The queue; workers name the same.
   *
   * @default {"taskloop"}
   */
  queue?: string;
  /**
   * What all keys in Redis begin with. On a Redis Cluster it has to be in braces: `{bull}`.
   *
   * @default {"bull"}
   */
  prefix?: string;
  /**
   * What modules of jobs are called on the workers, by name.
   *
   * @default {the base name of the file: "jobs" for file:///app/jobs.ts}
   */
  modules?: ModuleMap;
  /**
   * Time from submission to result, in milliseconds, for jobs that have no limit of their own; each attempt
   * gets as much on its worker.
   *
   * @default {Infinity}
   */
  timeoutMs?: number;
  /**
   * How long Redis keeps what a job gave, in milliseconds: so long can be attached to it, and so long its
   * key protects from a second run.
   *
   * @default {600_000}
   */
  removeAfterMs?: number;
  /**
   * Arguments that take more bytes, as JSON, are refused.
   *
   * @default {1_048_576}
   */
  maxPayloadBytes?: number;
  /**
   * How often to look after jobs whose end was not heard of, in milliseconds.
   *
   * @default {5000}
   */
  reconcileMs?: number;
  /**
   * How many jobs the workers run at once, about: `map` keeps four times as many under way.
   *
   * @default {16}
   */
  width?: number;
}

/** Options with nothing left open. */
export interface ClusterSettings extends Required<Omit<ClusterOptions, "modules">> {
  readonly modules: ModuleMap;
}

/** What the engine takes. */
const LOWEST_PRIORITY = 2_097_151;

/**
 * Checks options and fills in the defaults.
 *
 * @throws {RangeError} When a number is out of range.
 * @throws {TypeError} When something is of the wrong kind.
 */
export function clusterSettings(options: ClusterOptions): ClusterSettings {
  checkConnection(options.connection);
  const what = "make a cluster executor";
  const queue = options.queue ?? "taskloop";
  checkQueue(queue, what);
  const number = (name: keyof ClusterOptions, fallback: number, least: number) =>
    checkNumber(options[name] ?? fallback, name, what, least);
  return {
    connection: options.connection,
    queue,
    prefix: options.prefix ?? "bull",
    modules: options.modules ?? {},
    timeoutMs: number("timeoutMs", Infinity, 0),
    removeAfterMs: number("removeAfterMs", 600_000, 1000),
    maxPayloadBytes: number("maxPayloadBytes", 2 ** 20, 1),
    reconcileMs: number("reconcileMs", 5000, 10),
    width: number("width", 16, 1),
    ...jobSettings(options, DEFAULTS, what),
  };
}

const DEFAULTS: Required<ClusterJobOptions> = {
  priority: 0,
  attempts: 1,
  backoff: { type: "exponential", delayMs: 1000 },
  recoveries: 3,
};

/** What is said of a job, with the rest as for all. */
export function jobSettings(
  options: ClusterJobOptions,
  defaults: Required<ClusterJobOptions>,
  what: string,
): Required<ClusterJobOptions> {
  const { priority, attempts, backoff, recoveries } = options;
  return {
    priority: priority === undefined
      ? defaults.priority
      : checkInteger(priority, "priority", what, 0, LOWEST_PRIORITY),
    attempts: attempts === undefined
      ? defaults.attempts
      : checkInteger(attempts, "attempts", what, 1),
    backoff: backoff === undefined ? defaults.backoff : checkBackoff(backoff, what),
    recoveries: recoveries === undefined
      ? defaults.recoveries
      : checkInteger(recoveries, "recoveries", what, 0),
  };
}

function checkBackoff(backoff: BackoffOptions, what: string): BackoffOptions {
  const { type, delayMs } = Object(backoff) as BackoffOptions;
  if (type !== "fixed" && type !== "exponential") {
    throw new TypeError(
      `Cannot ${what}: "backoff.type" is ${describe(type)}, expected "fixed" or "exponential"`,
    );
  }
  return { type, delayMs: checkInteger(delayMs, "backoff.delayMs", what, 0) };
}

/** @throws {TypeError} When the engine cannot call a queue so. */
export function checkQueue(queue: unknown, what: string): void {
  if (typeof queue === "string" && queue !== "" && !queue.includes(":")) return;
  throw new TypeError(
    `Cannot ${what}: "queue" is ${describe(queue)}, expected a name without colons`,
  );
}

/** @throws {RangeError} When it is less than `least`, or no number. */
export function checkNumber(value: unknown, name: string, what: string, least: number): number {
  if (typeof value === "number" && value >= least) return value;
  throw new RangeError(
    `Cannot ${what}: "${name}" is ${describe(value)}, expected a number of at least ${least}`,
  );
}

/** @throws {RangeError} When it is no integer from `least` to `most`. */
export function checkInteger(
  value: unknown,
  name: string,
  what: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number;
  }
  throw new RangeError(
    `Cannot ${what}: "${name}" is ${describe(value)}, expected an integer of at least ${least}` +
      (most < Number.MAX_SAFE_INTEGER ? ` and at most ${most}` : ""),
  );
}
