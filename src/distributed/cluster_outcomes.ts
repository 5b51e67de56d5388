// How the jobs of a queue end: each is settled once, by whatever is heard of it first. What is heard may
// come from anybody who can write to Redis.

import type { ClusterJob } from "./cluster_job.ts";
import type { EncodedError } from "../executors/error_codec.ts";
import type { JobRegistry } from "./job_registry.ts";
import type { PoolCounts } from "../executors/pool_counts.ts";
import { decodeValue } from "./json_decoder.ts";
import { encodeError } from "../executors/error_codec.ts";
import { lost, readFailure } from "./failure_text.ts";
import { PoolOutcomes } from "../executors/pool_outcomes.ts";

type AnyJob = ClusterJob<unknown>;

/** Told what outcomes come to. */
export interface OutcomeEvents {
  /** Jobs have been settled. */
  settled(): void;
  /** Something cannot be read, and belongs to nobody who waits. */
  report(message: string, exception: unknown): void;
}

/** Settles the jobs of a registry, and takes them out of it. */
export class ClusterOutcomes {
  readonly #jobs: JobRegistry;
  readonly #outcomes: PoolOutcomes;
  readonly #events: OutcomeEvents;

  constructor(jobs: JobRegistry, counts: PoolCounts, events: OutcomeEvents) {
    this.#jobs = jobs;
    this.#outcomes = new PoolOutcomes(counts, true, () => events.settled());
    this.#events = events;
  }

  /** How many jobs have ended and are not settled yet. */
  get pending(): number {
    return this.#outcomes.pending;
  }

  completed(jobId: string, json: unknown): void {
    for (const job of this.#take(jobId)) {
      try {
        this.#outcomes.done(job, decodeValue(json, `the result of job "${job.name}"`));
      } catch (error) {
        this.#outcomes.failed(job, encodeError(error));
      }
    }
    this.#events.settled();
  }

  failed(jobId: string, reason: unknown): void {
    this.#failedWith(jobId, (job) => readFailure(reason, job.name));
  }

  /** The queue does not have it any more: somebody took it out, or Redis has lost it. */
  gone(jobId: string): void {
    this.#failedWith(jobId, ({ name }) => lost(name, "it is not in the queue any more"));
  }

  /** One of the futures fails; the job is not asked. */
  lost(job: AnyJob, error: unknown): void {
    this.#jobs.remove(job);
    this.#outcomes.lost(job, error);
    this.#events.settled();
  }

  progressed(jobId: string, json: unknown): void {
    for (const job of this.#jobs.get(jobId)) this.#tell(job, json);
  }

  /** The last report of a job whose end was looked up: for who has not heard of any. */
  progressedLast(jobId: string, json: unknown): void {
    for (const job of this.#jobs.get(jobId)) if (!job.hasProgressed) this.#tell(job, json);
  }

  #tell(job: AnyJob, json: unknown): void {
    if (job.onProgress === null || job.done()) return;
    job.hasProgressed = true;
    try {
      job.progressed(decodeValue(json, `progress of job "${job.name}"`));
    } catch (exception) {
      this.#events.report(`Cannot read what job "${job.name}" reports`, exception);
    }
  }

  #failedWith(jobId: string, errorOf: (job: AnyJob) => EncodedError): void {
    for (const job of this.#take(jobId)) this.#outcomes.failed(job, errorOf(job));
    this.#events.settled();
  }

  #take(jobId: string): readonly AnyJob[] {
    const jobs = this.#jobs.take(jobId);
    for (const job of jobs) job.stage = "over";
    return jobs;
  }
}
