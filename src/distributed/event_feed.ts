// What the engine says happens in a queue. It is a stream that the engine cuts, and that loses events
// while the connection is down or when it begins at the wrong place: who listens has to look for
// himself now and then, and always after a gap.

import type { RedisClient } from "./redis_client.ts";
import { hostTimerSoon } from "../core/host.ts";
import { QueueEvents } from "bullmq";

/** Told what happens. Nothing of it is to be trusted. */
export interface FeedListener {
  completed(jobId: string, value: unknown): void;
  failed(jobId: string, reason: unknown): void;
  progress(jobId: string, value: unknown): void;
  removed(jobId: string): void;
  /** An event is not what the engine writes. */
  unreadable(error: unknown): void;
  /** Events may have been missed. */
  gap(): void;
  /** Of the feed's own connection. */
  error(error: Error): void;
}

/** Before a feed that broke is opened again, in ms. */
const REOPEN_MS = 100;

/** Listens to one queue, from one moment on. */
export class EventFeed {
  readonly #client: RedisClient;
  readonly #queue: string;
  readonly #prefix: string;
  readonly #listener: FeedListener;
  #events: QueueEvents | null = null;
  #state: "new" | "open" | "closed" = "new";
  #stopTimer: (() => void) | null = null;

  /** @param client Duplicated for the feed, which blocks its own. */
  constructor(client: RedisClient, queue: string, prefix: string, listener: FeedListener) {
    this.#client = client;
    this.#queue = queue;
    this.#prefix = prefix;
    this.#listener = listener;
  }

  /** Begins to listen. What is added to the queue once this has settled will not be missed. */
  async open(): Promise<void> {
    const key = `${this.#prefix}:${this.#queue}:events`;
    // Read before anything is added: the engine's own default, "whatever comes next", begins only when
    // its connection is up, and in a quarter of fresh programs that is after the first job has ended.
    const [newest] = await this.#client.xrevrange(key, "+", "-", "COUNT", 1);
    if (this.#state === "closed") return;
    this.#state = "open";
    const events = this.#events = new QueueEvents(this.#queue, {
      connection: this.#client,
      prefix: this.#prefix,
      lastEventId: newest?.[0] ?? "0-0",
      autorun: false,
    });
    this.#listen(events);
    events.run().catch((error) => this.#broke(events, error));
  }

  async close(): Promise<void> {
    this.#state = "closed";
    this.#stopTimer?.();
    await this.#events?.close();
  }

  #listen(events: QueueEvents): void {
    const listener = this.#listener;
    events.on("completed", ({ jobId, returnvalue }) => listener.completed(jobId, returnvalue));
    events.on("failed", ({ jobId, failedReason }) => listener.failed(jobId, failedReason));
    events.on("progress", ({ jobId, data }) => listener.progress(jobId, data));
    events.on("removed", ({ jobId }) => listener.removed(jobId));
    // Anybody can have the engine "emit" what he likes: an event is not called by its name only.
    events.on("error", (error: unknown) => error instanceof Error && listener.error(error));
  }

  /** An event that is no JSON ends the engine's loop: go on behind it. */
  #broke(events: QueueEvents, error: Error): void {
    if (this.#state === "closed") return;
    this.#listener.unreadable(error);
    this.#stopTimer = hostTimerSoon(REOPEN_MS, () => this.#reopen(events));
  }

  async #reopen(broken: QueueEvents): Promise<void> {
    try {
      await broken.close();
      await this.open();
    } catch (error) {
      this.#broke(broken, error as Error);
      return;
    }
    this.#listener.gap();
  }
}
