// The jobs of a pool that no worker has, in order. What was cancelled stays in place and is passed over.

import type { PoolJob } from "./pool_job.ts";

/** First in, first out; every operation is O(1) amortised. */
export class JobQueue {
  #jobs: PoolJob<unknown>[] = [];
  #head = 0;
  #live = 0;

  /** How many jobs wait. */
  get size(): number {
    return this.#live;
  }

  push(job: PoolJob<unknown>): void {
    this.#jobs.push(job);
    this.#live++;
  }

  /** Puts jobs back before all others. */
  putBack(jobs: readonly PoolJob<unknown>[]): void {
    this.#jobs.splice(0, this.#head, ...jobs);
    this.#head = 0;
    this.#live += jobs.length;
  }

  /** The next jobs, at most so many. */
  take(count: number): PoolJob<unknown>[] {
    const taken: PoolJob<unknown>[] = [];
    while (taken.length < count && this.#head < this.#jobs.length) {
      const job = this.#jobs[this.#head++]!;
      if (job.stage === "queued") taken.push(job);
    }
    this.#live -= taken.length;
    if (this.#head === this.#jobs.length || this.#head > 1024) {
      this.#jobs = this.#jobs.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }

  /** A waiting job was given up: its stage is another now. */
  dropped(): void {
    this.#live--;
    if (this.#live === 0) {
      this.#jobs = [];
      this.#head = 0;
    }
  }

  /** All that wait. */
  [Symbol.iterator](): IterableIterator<PoolJob<unknown>> {
    return this.#jobs.slice(this.#head).filter((job) => job.stage === "queued").values();
  }
}

/** A message is copied as a whole: two jobs in it would be given one copy of an object that both hold. */
export function* apart(jobs: readonly PoolJob<unknown>[]): Generator<readonly PoolJob<unknown>[]> {
  let from = 0;
  let holdsObjects = false;
  for (const [i, { order: { args } }] of jobs.entries()) {
    if (!args.some((arg) => typeof arg === "object" && arg !== null)) continue;
    if (holdsObjects) {
      yield jobs.slice(from, i);
      from = i;
    }
    holdsObjects = true;
  }
  yield jobs.slice(from);
}
