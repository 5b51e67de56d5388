// How a worker learns that a running job was cancelled: it looks, while it runs something. A message would
// be there sooner, and lost with the connection.

import type { RedisClient } from "./redis_client.ts";
import { Ticker } from "../executors/ticker.ts";

/** Between two looks, in ms. */
const LOOK_MS = 200;

/** What to watch, and whom to tell. */
export interface CancelWatchParts {
  readonly client: RedisClient;
  /** The sorted set of cancelled jobs. */
  readonly key: string;
  readonly running: () => readonly string[];
  readonly cancelled: (jobId: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Looks for running jobs among the cancelled ones. */
export class CancelWatch {
  readonly #parts: CancelWatchParts;
  readonly #ticker = new Ticker(LOOK_MS, () => this.#look());
  #looking = false;

  constructor(parts: CancelWatchParts) {
    this.#parts = parts;
  }

  /** Something runs. The looking stops by itself later: to start and stop it takes longer than a short job. */
  start(): void {
    this.#ticker.start();
  }

  stop(): void {
    this.#ticker.stop();
  }

  async #look(): Promise<void> {
    const { client, key, running, cancelled, failed } = this.#parts;
    const jobIds = running();
    if (jobIds.length === 0) this.#ticker.stop();
    if (this.#looking || jobIds.length === 0) return;
    this.#looking = true; // without a connection the answer comes late: once is enough
    try {
      const scores = await client.zmscore(key, ...jobIds);
      for (const [i, score] of scores.entries()) if (score !== null) cancelled(jobIds[i]!);
    } catch (error) {
      failed(error);
    } finally {
      this.#looking = false;
    }
  }
}
