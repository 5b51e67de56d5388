// Threads that go on although they were ended: Deno cannot stop a synchronous loop. They are counted
// until the loop ends, if it does.

import type { JobBoard } from "./job_board.ts";
import type { PoolJob } from "./pool_job.ts";

/** The threads that a pool has given up. */
export class Zombies {
  /** The boards of their last jobs, and the places of these: a thread that goes on still marks its end. */
  readonly #boards = new Map<JobBoard, number>();
  #reported = false;

  /** Those that still run. */
  get count(): number {
    for (const [board, slot] of this.#boards) {
      if (!board.isRunning(slot)) this.#boards.delete(board);
    }
    return this.#boards.size;
  }

  /** A worker is about to be ended in the middle of a job that pays no heed. The first one is reported. */
  add(board: JobBoard, job: PoolJob<unknown>): void {
    this.#boards.set(board, job.slot);
    if (this.#reported) return;
    this.#reported = true;
    job.getLoop().callExceptionHandler({
      message: `Job "${job.name}" was cancelled but runs on: a thread cannot be stopped in the ` +
        "middle of a synchronous loop that does not call checkCancelled(); a process could be",
      future: job,
    });
  }
}
