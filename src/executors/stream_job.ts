// `Executor.stream`: one job hands out many values, no further ahead of its consumer than its credit.

import type { Future } from "../core/future.ts";
import type { Job } from "../core/executor.ts";
import type { PoolExecutor } from "./pool_executor.ts";
import type { PoolJob } from "./pool_job.ts";
import { getEventLoop } from "../core/current.ts";
import { JobIterator, type Step } from "./job_iterator.ts";
import { shipmentOf } from "./job_source.ts";
import { STREAM_CREDIT } from "./protocol.ts";

// deno-lint-ignore no-explicit-any -- any job: its types have been checked at `stream`
type AnyJob = Job<any[], unknown>;

/** See `Executor.stream`. */
export function streamJob<T>(
  executor: PoolExecutor,
  job: AnyJob,
  args: readonly unknown[],
): AsyncIterableIterator<T> {
  const { name } = shipmentOf(job);
  executor._pool.checkOpen(name);
  return new StreamIterator<T>(
    name,
    () => executor._start(job, "stream", args),
    () => executor._pool.whenRoom(),
  );
}

class StreamIterator<T> extends JobIterator<T> {
  readonly #start: () => PoolJob<unknown>;
  readonly #whenRoom: () => Promise<void> | null;
  #job: PoolJob<unknown> | null = null;
  readonly #values: T[] = [];
  #consumed = 0;
  #arrival: Future<void> | null = null;

  constructor(
    name: string,
    start: () => PoolJob<unknown>,
    whenRoom: () => Promise<void> | null,
  ) {
    super(`stream(${name})`);
    this.#start = start;
    this.#whenRoom = whenRoom;
  }

  protected override async step(): Promise<Step<T>> {
    for (let full = this.#whenRoom(); this.#job === null && full !== null;) {
      await full;
      full = this.#whenRoom();
    }
    const job = this.#job ??= this.#begin();
    while (this.#values.length === 0) {
      if (job.done()) {
        const error = job.exception();
        return error === null ? null : { error, last: true };
      }
      this.#arrival = getEventLoop().createFuture<void>();
      await this.#arrival;
      this.#arrival = null;
    }
    if (++this.#consumed === STREAM_CREDIT / 2) {
      this.#consumed = 0;
      job.seat?.channel.post([["credit", job.id, STREAM_CREDIT / 2]], []);
    }
    return { value: this.#values.shift()! };
  }

  protected override abandon(): void {
    this.#values.length = 0;
    if (this.#job === null) return;
    if (this.#job.done()) {
      if (!this.#job.cancelled()) this.#job.exception(); // it was this consumer's to see
    } else this.#job.cancel();
    this.#arrived();
  }

  #begin(): PoolJob<unknown> {
    const job = this.#start();
    job.onItem = (value) => {
      this.#values.push(value as T);
      this.#arrived();
    };
    job.addDoneCallback(() => this.#arrived());
    return job;
  }

  #arrived(): void {
    if (this.#arrival !== null && !this.#arrival.done()) this.#arrival.setResult();
  }
}
