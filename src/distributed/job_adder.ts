// Hands jobs to the engine: what is submitted in one turn goes out together. An add that was cut off is
// repeated; the engine knows a job by its id and keeps the first.

import type { ClusterJob } from "./cluster_job.ts";
import type { Queue } from "bullmq";
import { hostTimerSoon } from "../core/host.ts";
import { reasonOf } from "./redis_client.ts";

type AnyJob = ClusterJob<unknown>;

/** Told what became of jobs. */
export interface AdderEvents {
  /** The queue has them. */
  added(jobs: readonly AnyJob[]): void;
  /** The queue will not have it. */
  refused(job: AnyJob, why: string): void;
}

/** More in one message would hold up what comes behind it. */
const LARGEST_BATCH = 500;
/** Before an add that was cut off is repeated, in ms. */
const AGAIN_MS = 200;

/** Adds jobs to one queue. */
export class JobAdder {
  readonly #queue: () => Promise<Queue>;
  readonly #events: AdderEvents;
  #waiting: AnyJob[] = [];
  #state: "open" | "closed" = "open";

  /** @param queue Settles when jobs may be added. */
  constructor(queue: () => Promise<Queue>, events: AdderEvents) {
    this.#queue = queue;
    this.#events = events;
  }

  add(job: AnyJob): void {
    if (this.#waiting.push(job) === 1) queueMicrotask(() => this.#flush());
  }

  /** Repeats nothing any more. */
  close(): void {
    this.#state = "closed";
  }

  async #flush(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < all.length; i += LARGEST_BATCH) {
      const sent = this.#send(all.slice(i, i + LARGEST_BATCH));
      if (i + LARGEST_BATCH < all.length) await sent;
    }
  }

  async #send(batch: readonly AnyJob[]): Promise<void> {
    // Looked at twice: what is cancelled at once opens no connection, and connecting takes a while.
    let jobs = this.#wanted(batch);
    if (jobs.length === 0) return;
    try {
      const queue = await this.#queue();
      jobs = this.#wanted(jobs);
      if (jobs.length === 0) return;
      const [{ entry }] = jobs as [AnyJob];
      if (jobs.length > 1) await queue.addBulk(jobs.map((job) => job.entry!));
      else await queue.add(entry!.name, entry!.data, entry!.opts); // sooner than a batch of one
    } catch (error) {
      this.#failed(jobs, error);
      return;
    }
    this.#events.added(jobs);
  }

  #wanted(jobs: readonly AnyJob[]): readonly AnyJob[] {
    if (this.#state === "closed") return [];
    for (const job of jobs) if (job.done()) job.stage = "over";
    return jobs.filter((job) => !job.done());
  }

  #failed(jobs: readonly AnyJob[], error: unknown): void {
    if (this.#state === "closed") return;
    // A refusal is of one of them: alone, each has an answer of its own.
    if (isReply(error) && jobs.length > 1) { for (const job of jobs) this.#send([job]); }
    else if (isReply(error) && !isPassing(error)) this.#events.refused(jobs[0]!, reasonOf(error));
    else hostTimerSoon(AGAIN_MS, () => this.#send(jobs));
  }
}

/** True for what Redis has answered, in contrast to no answer. */
function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

/** True when Redis will think otherwise soon. */
function isPassing(error: Error): boolean {
  return /^(LOADING|READONLY|MASTERDOWN|TRYAGAIN|CLUSTERDOWN|BUSY)\b/.test(error.message);
}
