// A job in a queue of Redis, as its submitter sees it. It is the future too, as in every pool.
//
// | stage   | where it is                                  | next                              |
// | ------- | -------------------------------------------- | --------------------------------- |
// | queued  | on its way to Redis                          | held (acknowledged), over         |
// | held    | in Redis, waiting, running or ended          | over                              |
// | over    | of no concern here any more                  | none                              |

import type { Envelope } from "./envelope.ts";
import type { JobsOptions } from "bullmq";
import { describe } from "../core/errors.ts";
import { type JobKeeper, type JobOrder, PoolJob } from "../executors/pool_job.ts";

/** What the engine is given for a job. */
export interface QueueEntry {
  /** As dashboards show it: `jobs.square`. */
  readonly name: string;
  readonly data: Envelope;
  readonly opts: JobsOptions;
}

/** A job and its result to be. */
export class ClusterJob<T> extends PoolJob<T> {
  /** It has been told what the job reports. */
  hasProgressed = false;

  /**
   * @param jobId What the engine calls it.
   * @param entry Null when it only waits for a job that somebody has submitted.
   */
  constructor(
    readonly jobId: string,
    readonly entry: QueueEntry | null,
    order: JobOrder,
    keeper: JobKeeper,
  ) {
    super(order, keeper);
  }

  /** Others may have submitted it before, and then it may have ended long ago. */
  get isShared(): boolean {
    return this.jobId.startsWith(KEYED);
  }
}

const KEYED = "key-";
/** Longer keys are no names any more, and Redis keeps each of them several times. */
const LONGEST_KEY = 200;

/**
 * What the engine calls the job with that key. Never what a job without a key is called.
 *
 * @throws {RangeError} When the key is empty or too long.
 * @throws {TypeError} When it is no text.
 */
export function jobIdOf(key: string): string {
  if (typeof key !== "string" || !key.isWellFormed()) {
    throw new TypeError(`Cannot use ${describe(key)} as a key: expected a text`);
  }
  if (key === "" || key.length > LONGEST_KEY) {
    throw new RangeError(
      `Cannot use a key of ${key.length} characters: expected 1 to ${LONGEST_KEY}`,
    );
  }
  return KEYED + encodeURIComponent(key);
}

/**
 * The key of the job that the engine calls so; null when it has none.
 *
 * @throws {URIError} When the id is none of ours.
 */
export function keyOf(jobId: string): string | null {
  return jobId.startsWith(KEYED) ? decodeURIComponent(jobId.slice(KEYED.length)) : null;
}
