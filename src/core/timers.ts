// All timers of a loop. Most are set in the order in which they are due, because programs have few delays
// and time goes on: these stand in a run. The others have a heap.

import type { Timed } from "./timed.ts";
import { TimerHeap } from "./timer_heap.ts";
import { TimerRun } from "./timer_run.ts";

/** Timers by time, then by the order of their making. */
export class Timers {
  /** When the earliest one is due, or earlier if that one was cancelled. Exact after `look`. */
  next: number = Infinity;
  readonly #run = new TimerRun();
  readonly #heap = new TimerHeap();

  /** How many are waiting. */
  get size(): number {
    return this.#run.size + this.#heap.size;
  }

  /** All that are waiting and when they are due, in no order. */
  waiting(): [Timed, number][] {
    return [...this.#run.waiting(), ...this.#heap.waiting()];
  }

  /** @internal */
  push(timer: Timed, when: number, seq: number): void {
    if (when < this.next) this.next = when;
    if (this.#run.fits(when, seq)) this.#run.push(timer, when, seq);
    else this.#heap.push(timer, when, seq);
  }

  /** @internal When the earliest one is due; Infinity when there is none. */
  look(): number {
    return this.next = Math.min(this.#run.next, this.#heap.next());
  }

  /** @internal Takes out the earliest timer that is due at `now`. */
  popDue(now: number): Timed | null {
    if (this.look() > now) return null;
    return this.#isRunFirst() ? this.#run.shift() : this.#heap.pop();
  }

  /** @internal */
  clear(): void {
    this.next = Infinity;
    this.#run.clear();
    this.#heap.clear();
  }

  #isRunFirst(): boolean {
    const difference = this.#run.next - this.#heap.next();
    return difference < 0 || difference === 0 && this.#run.nextSeq < this.#heap.nextSeq;
  }
}
