// Threads that go on although they were ended: Deno cannot stop a synchronous loop. They are counted
// until the loop ends, if it does.

import type { PoolJob } from "./pool_job.ts";
import type { Seat } from "./seat.ts";

/** The threads that a pool has given up. */
export class Zombies {
  readonly #seats = new Set<Seat>();
  #reported = false;

  /** Those that still run. */
  get count(): number {
    for (const seat of this.#seats) if (!seat.isStuck()) this.#seats.delete(seat);
    return this.#seats.size;
  }

  /** A worker is about to be ended in the middle of a job that pays no heed. The first one is reported. */
  add(seat: Seat, job: PoolJob<unknown>): void {
    this.#seats.add(seat);
    if (this.#reported) return;
    this.#reported = true;
    job.getLoop().callExceptionHandler({
      message: `Job "${job.name}" was cancelled but runs on: a thread cannot be stopped in the ` +
        "middle of a synchronous loop that does not call checkCancelled(); a process could be",
      future: job,
    });
  }
}
