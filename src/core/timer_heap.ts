// Timers by time, then by the order of their making. Cancelled ones are dropped lazily: at once when they
// are last in the array (set and cancelled again, the usual life of a timeout), else when they surface or
// when they are more than half.

import type { Runnable } from "./ready_queue.ts";

/** What the heap holds: something to run at a time. */
export interface Timed extends Runnable {
  /** In milliseconds on the loop's clock. */
  readonly _when: number;
  /** Order among equal times. */
  readonly _seq: number;
  /** False once it is due or dropped. */
  _waiting: boolean;
  /** True when it need not run any more. */
  cancelled(): boolean;
}

const COMPACT_ABOVE = 64;

function before(a: Timed, b: Timed): boolean {
  return a._when < b._when || (a._when === b._when && a._seq < b._seq);
}

/** A binary heap of timers. `push` is O(1) for growing times, O(log n) else; `pop` is O(log n). */
export class TimerHeap {
  #heap: Timed[] = [];
  #cancelled = 0;

  /** When the earliest one is due; Infinity when there is none. Exact after `peek`. */
  get next(): number {
    return this.#heap.length === 0 ? Infinity : this.#heap[0]!._when;
  }

  /** How many are waiting. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** All that are waiting, in no order. */
  waiting(): Timed[] {
    return this.#heap.filter((timer) => !timer.cancelled());
  }

  /** @internal */
  push(timer: Timed): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up]!;
      if (!before(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
  }

  /** The earliest timer that was not cancelled, without taking it out. */
  peek(): Timed | null {
    while (this.#heap.length > 0) {
      const first = this.#heap[0]!;
      if (!first.cancelled()) return first;
      this.#removeFirst();
      first._waiting = false;
      this.#cancelled--;
    }
    return null;
  }

  /** Takes out the earliest timer that is due at `now`. */
  popDue(now: number): Timed | null {
    const first = this.peek();
    if (first === null || first._when > now) return null;
    this.#removeFirst();
    first._waiting = false;
    return first;
  }

  /** Told by a timer that waits here. */
  cancelled(timer: Timed): void {
    const heap = this.#heap;
    if (heap.length > 0 && heap[heap.length - 1] === timer) {
      heap.pop();
      return;
    }
    this.#cancelled++;
    if (this.#cancelled > COMPACT_ABOVE && this.#cancelled * 2 > heap.length) this.#compact();
  }

  /** @internal */
  clear(): void {
    this.#heap = [];
    this.#cancelled = 0;
  }

  #compact(): void {
    const heap = this.#heap;
    let kept = 0;
    for (const timer of heap) if (!timer.cancelled()) heap[kept++] = timer;
    heap.length = kept;
    this.#cancelled = 0;
    for (let at = (kept >> 1) - 1; at >= 0; at--) this.#sink(heap[at]!, at);
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) this.#sink(last, 0);
  }

  /** Places `timer`, which may be later than what is below `at`. */
  #sink(timer: Timed, at: number): void {
    const heap = this.#heap;
    const length = heap.length;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= length) break;
      if (down + 1 < length && before(heap[down + 1]!, heap[down]!)) down++;
      const child = heap[down]!;
      if (!before(child, timer)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = timer;
  }
}
