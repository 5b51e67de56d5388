// A queue as its submitters reach it: two connections, one to speak and one to listen, made with the
// first job.

import type { ClusterSettings } from "./cluster_options.ts";
import type { FeedListener } from "./event_feed.ts";
import { EventFeed } from "./event_feed.ts";
import { hostTimerSoon } from "../core/host.ts";
import { Queue } from "bullmq";
import { isRefusal, openRedis, reasonOf, type RedisClient } from "./redis_client.ts";

/** What a link tells, besides what happens in the queue. */
export interface LinkListener extends Omit<FeedListener, "error"> {
  /** Redis answers, and will not let us in. */
  refused(why: string): void;
  /** The connection is lost; said once until it is back. */
  lost(why: string): void;
}

/** A job as the queue has it. */
export interface FoundJob {
  readonly state: string;
  readonly name: string;
  readonly result: unknown;
  readonly failure: unknown;
  /** The last that it reported; undefined when it has reported nothing. */
  readonly progress: unknown;
}

/** So many jobs are looked after with one message. */
const LOOK_AFTER = 1000;
/** The longest to wait for a connection to close, in ms. */
const CLOSE_MS = 500;
/** Flags of cancelled jobs that nobody has heeded are dropped after this, in ms. */
const FLAG_MS = 3_600_000;

/** Where workers look for jobs that were cancelled while they ran: a sorted set of ids, by when to forget. */
export function cancelledKey(prefix: string, queue: string): string {
  return `${prefix}:${queue}:cancelled`;
}

/** One queue in Redis. */
export class QueueLink {
  readonly #settings: ClusterSettings;
  readonly #client: RedisClient;
  readonly #queue: Queue;
  readonly #feed: EventFeed;
  readonly #listener: LinkListener;
  readonly #opened: Promise<Queue>;
  #state: "connecting" | "up" | "down" | "closed" = "connecting";

  constructor(settings: ClusterSettings, listener: LinkListener) {
    const { connection, queue, prefix } = settings;
    this.#settings = settings;
    this.#listener = listener;
    this.#client = openRedis(connection, (error) => this.#failed(error));
    this.#client.on("ready", () => this.#up());
    this.#queue = new Queue(queue, { connection: this.#client, prefix });
    this.#queue.on("error", () => {}); // they are the client's, and told above
    this.#feed = new EventFeed(this.#client, queue, prefix, {
      completed: (jobId, value) => listener.completed(jobId, value),
      failed: (jobId, reason) => listener.failed(jobId, reason),
      progress: (jobId, value) => listener.progress(jobId, value),
      removed: (jobId) => listener.removed(jobId),
      unreadable: (error) => listener.unreadable(error),
      gap: () => listener.gap(),
      // Lost alone, it comes back by itself, and what it missed is found by looking.
      error: (error) => isRefusal(error) && listener.refused(reasonOf(error)),
    });
    this.#opened = this.#feed.open().then(() => this.#queue);
    this.#opened.catch((error) => this.#failed(error));
  }

  /** Settles when no event of a job that is added now can be missed. */
  opened(): Promise<Queue> {
    return this.#opened;
  }

  /** What the queue has of a job; null when it has none. */
  async find(jobId: string): Promise<FoundJob | null> {
    // In this order: what has ended by now has its outcome.
    const state = await this.#queue.getJobState(jobId);
    const job = await this.#queue.getJob(jobId);
    if (job === undefined) return null;
    const { name, returnvalue: result, failedReason: failure } = job;
    // The engine's own 0 says nothing: a job that reports 0 last is heard of by its event, or not.
    return {
      state,
      name,
      result,
      failure,
      progress: job.progress === 0 ? undefined : job.progress,
    };
  }

  /** Those of the jobs that have ended, or are not there. */
  async ended(jobIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let i = 0; i < jobIds.length; i += LOOK_AFTER) {
      found.push(...await this.#endedOf(jobIds.slice(i, i + LOOK_AFTER)));
    }
    return found;
  }

  async #endedOf(jobIds: readonly string[]): Promise<string[]> {
    const pipeline = this.#client.pipeline();
    pipeline.zmscore(this.#queue.toKey("completed"), ...jobIds);
    pipeline.zmscore(this.#queue.toKey("failed"), ...jobIds);
    for (const jobId of jobIds) pipeline.exists(this.#queue.toKey(jobId));
    const [completed, failed, ...there] = (await pipeline.exec() ?? []).map(([error, reply]) => {
      if (error !== null) throw error;
      return reply;
    });
    return jobIds.filter((_, i) => {
      const ended = (completed as unknown[])[i] !== null || (failed as unknown[])[i] !== null;
      return ended || there[i] === 0;
    });
  }

  /** Takes a job out of the queue. False when it runs. */
  async remove(jobId: string): Promise<boolean> {
    const queue = await this.#opened;
    return await queue.remove(jobId) === 1;
  }

  /** Takes a job out of the queue, or has its worker stop it. */
  async withdraw(jobId: string): Promise<void> {
    if (await this.remove(jobId)) return;
    const { prefix, queue } = this.#settings;
    const key = cancelledKey(prefix, queue);
    const now = Date.now();
    await this.#client.pipeline()
      .zremrangebyscore(key, "-inf", now)
      .zadd(key, now + FLAG_MS, jobId)
      .pexpire(key, FLAG_MS)
      .exec();
  }

  /** Closes both connections; what is on its way to Redis may be lost. */
  async close(): Promise<void> {
    this.#state = "closed";
    const closing = this.#feed.close().catch((error) => this.#failed(error));
    // The feed may be in the middle of connecting, and that can take for ever.
    let stopTimer = () => {};
    const late = new Promise<void>((resolve) => stopTimer = hostTimerSoon(CLOSE_MS, resolve));
    await Promise.race([closing, late]);
    stopTimer();
    this.#client.disconnect();
  }

  #up(): void {
    const wasDown = this.#state === "down";
    if (this.#state === "closed") return;
    this.#state = "up";
    if (wasDown) this.#listener.gap();
  }

  #failed(error: Error): void {
    if (this.#state === "closed") return;
    if (isRefusal(error)) {
      this.#listener.refused(reasonOf(error));
      return;
    }
    if (this.#state === "down") return;
    this.#state = "down";
    this.#listener.lost(reasonOf(error));
  }
}
