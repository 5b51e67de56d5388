// Marks on jobs that have been sent to a worker, in memory that both sides share. Whoever changes a mark
// from "sent" owns the job: the worker by claiming it, the pool by revoking it. So a job that was sent
// ahead can still be taken back, exactly, while the worker is in the middle of another one.
//
// | mark      | set by        | next                                  |
// | --------- | ------------- | ------------------------------------- |
// | free      | -             | sent                                  |
// | sent      | pool          | running (worker), revoked (pool)      |
// | running   | worker        | cancelled (pool), over (worker)       |
// | cancelled | pool          | over (worker)                         |
// | revoked   | pool          | over (worker, when it comes to it)    |
// | over      | worker        | sent (pool, with another job)         |
//
// Beside its mark a job has room for a small result. A worker may keep a result back for a while to post
// several at once, but only one that is here as well, so that none is lost with its worker. Any other
// result is posted before its job is marked "over", and before the next job is claimed: a worker that is
// killed, at whatever moment, takes one job with it at most.

const FREE = 0;
const SENT = 1;
const RUNNING = 2;
const CANCELLED = 3;
const REVOKED = 4;
const OVER = 5;

const NO_RESULT = 0;
const NUMBER = 1;
const OTHERS: readonly unknown[] = [undefined, null, false, true];
const FIRST_OTHER = 2;

/** How many places there are for jobs. */
export const BOARD_SIZE = 1024;

/** The marks of one worker's jobs. Every method is O(1) and safe from both sides. */
export class JobBoard {
  readonly #marks: Int32Array;
  readonly #tags: Int32Array;
  readonly #numbers: Float64Array;

  /** @param memory The `memory` of the other side's board; by default new memory. */
  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(16 * BOARD_SIZE)) {
    this.#numbers = new Float64Array(memory, 0, BOARD_SIZE);
    this.#marks = new Int32Array(memory, 8 * BOARD_SIZE, BOARD_SIZE);
    this.#tags = new Int32Array(memory, 12 * BOARD_SIZE, BOARD_SIZE);
  }

  /** Pool: whether no job has this place. */
  isFree(slot: number): boolean {
    const mark = Atomics.load(this.#marks, slot);
    return mark === FREE || mark === OVER;
  }

  /** Pool: the job of this place is about to be sent. */
  send(slot: number): void {
    this.#tags[slot] = NO_RESULT;
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

  /** Worker: leaves a result for the pool. False when it is none of the small ones. */
  keep(slot: number, result: unknown): boolean {
    if (typeof result === "number") {
      this.#numbers[slot] = result;
      this.#tags[slot] = NUMBER;
      return true;
    }
    const index = OTHERS.indexOf(result);
    if (index === -1) return false;
    this.#tags[slot] = FIRST_OTHER + index;
    return true;
  }

  /** Worker: the job has ended. */
  end(slot: number): void {
    Atomics.store(this.#marks, slot, OVER);
  }

  /** Pool: what the worker left before it ended the job. Null when the job goes on, or left nothing. */
  kept(slot: number): { value: unknown } | null {
    if (!this.isOver(slot)) return null;
    const tag = this.#tags[slot]!;
    if (tag === NO_RESULT) return null;
    return { value: tag === NUMBER ? this.#numbers[slot] : OTHERS[tag - FIRST_OTHER] };
  }

  /** Pool: whether the worker has ended the job: its result is kept here, or has been posted. */
  isOver(slot: number): boolean {
    return Atomics.load(this.#marks, slot) === OVER;
  }

  /** Pool: whether the worker is in the middle of the job. */
  isRunning(slot: number): boolean {
    const mark = Atomics.load(this.#marks, slot);
    return mark === RUNNING || mark === CANCELLED;
  }
}
