// What a pool has done so far.

import type { PoolJob } from "./pool_job.ts";

/** Counts since the pool was made. Times are sums, in milliseconds. */
export class PoolCounts {
  submitted = 0;
  done = 0;
  failed = 0;
  cancelled = 0;
  /** From submission to sending. */
  waitMs = 0;
  /** From sending to the outcome. */
  runMs = 0;

  /** A worker has ended a job. */
  ran(job: PoolJob<unknown>): void {
    this.waitMs += job.sentAt - job.queuedAt;
    this.runMs += performance.now() - job.sentAt;
  }
}
