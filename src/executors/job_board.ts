// Marks on jobs that have been sent to a worker, in memory that both sides share. Whoever changes a mark
// from "sent" owns the job: the worker by claiming it, the pool by revoking it. So a job that was sent
// ahead can still be taken back, exactly, while the worker is in the middle of another one.
//
// | mark      | set by        | next                                  |
// | --------- | ------------- | ------------------------------------- |
// | free      | worker        | sent                                  |
// | sent      | pool          | running (worker), revoked (pool)      |
// | running   | worker        | cancelled (pool), over (worker)       |
// | cancelled | pool          | over (worker)                         |
// | revoked   | pool          | free (worker, when it comes to it)    |
// | over      | worker        | sent (pool, with the next job)        |

const SENT = 1;
const RUNNING = 2;
const CANCELLED = 3;
const REVOKED = 4;
const OVER = 5;

/** How many jobs a worker can hold. */
export const BOARD_SIZE = 256;

/** The marks of one worker's jobs. Every method is O(1) and safe from both sides. */
export class JobBoard {
  readonly #marks: Int32Array;

  /** @param memory What `memory` of the other side's board gave; by default new memory. */
  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(4 * BOARD_SIZE)) {
    this.#marks = new Int32Array(memory);
  }

  /** Pool: the job of this slot is about to be sent. */
  send(slot: number): void {
    Atomics.store(this.#marks, slot, SENT);
  }

  /** Worker: takes the job to run it. False when it was revoked. */
  claim(slot: number): boolean {
    return Atomics.compareExchange(this.#marks, slot, SENT, RUNNING) === SENT;
  }

  /** Pool: takes the job back. False when the worker has claimed it. */
  revoke(slot: number): boolean {
    return Atomics.compareExchange(this.#marks, slot, SENT, REVOKED) === SENT;
  }

  /** Pool: asks the running job to stop. */
  cancel(slot: number): void {
    Atomics.compareExchange(this.#marks, slot, RUNNING, CANCELLED);
  }

  /** Worker: whether the running job was asked to stop. */
  isCancelled(slot: number): boolean {
    return Atomics.load(this.#marks, slot) === CANCELLED;
  }

  /** Worker: the job has ended. */
  end(slot: number): void {
    Atomics.store(this.#marks, slot, OVER);
  }

  /** Pool: whether the worker has claimed the job and not ended it. */
  isRunning(slot: number): boolean {
    const mark = Atomics.load(this.#marks, slot);
    return mark === RUNNING || mark === CANCELLED;
  }
}
