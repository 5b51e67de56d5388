/**
 * Submitting jobs and waiting for their results with BullMQ alone, in three ways: what its guide shows for a
 * job, the same for many jobs, and the quickest that one can write with its parts.
 */
import { Queue, QueueEvents } from "bullmq";
import { Redis } from "ioredis";

/** As long as ours keeps results by default. */
const KEPT = { removeOnComplete: { age: 600 }, removeOnFail: { age: 600 } };

export class PlainQueue implements AsyncDisposable {
  readonly #connection: Redis;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #waiting = new Map<string, (value: number) => void>();

  private constructor(url: string, queue: string) {
    this.#connection = new Redis(url, { maxRetriesPerRequest: null });
    this.#queue = new Queue(queue, { connection: this.#connection, defaultJobOptions: KEPT });
    this.#events = new QueueEvents(queue, { connection: this.#connection });
    // waitUntilFinished adds several to each, for each job.
    this.#queue.setMaxListeners(0);
    this.#events.setMaxListeners(0);
    this.#events.on("completed", ({ jobId, returnvalue }) => {
      this.#waiting.get(jobId)?.(Number(returnvalue));
      this.#waiting.delete(jobId);
    });
  }

  static async open(url: string, queue: string): Promise<PlainQueue> {
    const plain = new PlainQueue(url, queue);
    await Promise.all([plain.#queue.waitUntilReady(), plain.#events.waitUntilReady()]);
    return plain;
  }

  /** `queue.add` and `job.waitUntilFinished`. */
  async addAndWait(n: number): Promise<number> {
    const job = await this.#queue.add("echo", { n });
    return await job.waitUntilFinished(this.#events);
  }

  /** `queue.addBulk` and `job.waitUntilFinished` of each. */
  async addBulkAndWait(ns: readonly number[]): Promise<number[]> {
    const jobs = await this.#queue.addBulk(ns.map((n) => ({ name: "echo", data: { n } })));
    return await Promise.all(jobs.map((job) => job.waitUntilFinished(this.#events)));
  }

  /** `queue.addBulk` with ids of one's own, and one listener that looks them up in a map. */
  async addBulkAndListen(ns: readonly number[]): Promise<number[]> {
    const results = ns.map((n) => {
      const { promise, resolve } = Promise.withResolvers<number>();
      const jobId = crypto.randomUUID();
      this.#waiting.set(jobId, resolve);
      return { promise, entry: { name: "echo", data: { n }, opts: { jobId } } };
    });
    await this.#queue.addBulk(results.map(({ entry }) => entry));
    return await Promise.all(results.map(({ promise }) => promise));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#events.close();
    await this.#queue.close();
    this.#connection.disconnect();
  }
}
