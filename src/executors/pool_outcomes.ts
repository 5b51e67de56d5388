// How the jobs of a pool end: each is settled once, and counted.

import type { EncodedError } from "./error_codec.ts";
import type { PoolCounts } from "./pool_counts.ts";
import type { PoolJob } from "./pool_job.ts";
import { failJob } from "./fail_job.ts";

/** Settles jobs. What a submitter has cancelled is settled already and stays so. */
export class PoolOutcomes {
  readonly #counts: PoolCounts;
  readonly #trusted: boolean;
  readonly #settled: () => void;
  /** Jobs that have failed with an error whose class is being fetched. */
  #pending = 0;

  /**
   * @param trusted Workers may make this side load the modules of their jobs.
   * @param settled Called when a job was settled late.
   */
  constructor(counts: PoolCounts, trusted: boolean, settled: () => void) {
    this.#counts = counts;
    this.#trusted = trusted;
    this.#settled = settled;
  }

  /** How many jobs have ended on their workers and are not settled yet. */
  get pending(): number {
    return this.#pending;
  }

  done(job: PoolJob<unknown>, value: unknown): void {
    this.#counts.ran(job);
    if (job.done()) return;
    this.#counts.done++;
    job.order.shipment.succeeded++;
    job._finish("finished", value);
  }

  failed(job: PoolJob<unknown>, error: EncodedError): void {
    this.#counts.ran(job);
    if (job.done()) return;
    this.#counts.failed++;
    if (job.handOn !== null) {
      job.setException(job.handOn.fail(error));
      return;
    }
    const settling = failJob(job, error, this.#trusted);
    if (settling === null) return;
    this.#pending++;
    settling.then(() => {
      this.#pending--;
      this.#settled();
    });
  }

  /** A job that no worker will end. */
  lost(job: PoolJob<unknown>, error: unknown): void {
    job.stage = "over";
    if (job.done()) return;
    this.#counts.failed++;
    job.setException(error);
  }
}
