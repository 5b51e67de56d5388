// The jobs whose end somebody here waits for, by what the engine calls them. With a key there may be
// several futures for one job.

import type { ClusterJob } from "./cluster_job.ts";

type AnyJob = ClusterJob<unknown>;

/** Pending jobs. Every operation is O(1), but for the few that share a key. */
export class JobRegistry implements Iterable<AnyJob> {
  readonly #byId = new Map<string, AnyJob[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(job: AnyJob): void {
    const same = this.#byId.get(job.jobId);
    if (same === undefined) this.#byId.set(job.jobId, [job]);
    else same.push(job);
    this.#size++;
  }

  /** All that wait for this one; none when it is not ours, or has ended before. */
  get(jobId: string): readonly AnyJob[] {
    return this.#byId.get(jobId) ?? NONE;
  }

  /** As `get`, and takes them out. */
  take(jobId: string): readonly AnyJob[] {
    const jobs = this.get(jobId);
    this.#byId.delete(jobId);
    this.#size -= jobs.length;
    return jobs;
  }

  /** Takes one out. */
  remove(job: AnyJob): void {
    const left = this.get(job.jobId).filter((other) => other !== job);
    this.#size -= this.get(job.jobId).length - left.length;
    if (left.length === 0) this.#byId.delete(job.jobId);
    else this.#byId.set(job.jobId, left);
  }

  *[Symbol.iterator](): IterableIterator<AnyJob> {
    for (const jobs of this.#byId.values()) yield* jobs;
  }
}

const NONE: readonly AnyJob[] = [];
