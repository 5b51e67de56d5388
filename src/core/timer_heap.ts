// Timers by time, then by the order of their making. Cancelled ones are dropped lazily: at once when they
// are last in the array, else when they surface or when they are more than half.
//
// What is compared lies in an array of plain numbers, two for each timer: when it is due, in milliseconds
// on the loop's clock, and its order among equal times. To find its way a timer touches no other.

import type { Timed, TimerKeeper } from "./timed.ts";

const COMPACT_ABOVE = 64;
/** An array of this room is kept, however few are left. */
const KEPT_ROOM = 1024;

/** A binary heap of timers. `push` and `pop` are O(log n). */
export class TimerHeap implements TimerKeeper {
  #timers: (Timed | null)[] = new Array(16).fill(null);
  #keys = new Float64Array(32);
  #length = 0;
  #cancelled = 0;

  /** How many are waiting. */
  get size(): number {
    return this.#length - this.#cancelled;
  }

  /** When the earliest one is due that was not cancelled; Infinity when there is none. */
  next(): number {
    while (this.#length > 0 && this.#timers[0]!.cancelled()) {
      this.#removeFirst();
      this.#cancelled--;
    }
    return this.#length === 0 ? Infinity : this.#keys[0]!;
  }

  /** The order of the earliest. */
  get nextSeq(): number {
    return this.#keys[1]!;
  }

  /** All that are waiting and when they are due, in no order. */
  waiting(): [Timed, number][] {
    return this.#timers.slice(0, this.#length)
      .map((timer, at): [Timed, number] => [timer!, this.#keys[2 * at]!])
      .filter(([timer]) => !timer.cancelled());
  }

  push(timer: Timed, when: number, seq: number): void {
    if (this.#length === this.#timers.length) this.#makeRoom(2 * this.#length);
    let at = this.#length++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.#isAfter(up, when, seq)) break;
      this.#move(up, at);
      at = up;
    }
    this.#put(timer, when, seq, at);
    timer._keeper = this;
  }

  /** Takes out the earliest; only after `next`, when there is one. */
  pop(): Timed {
    const first = this.#timers[0]!;
    first._keeper = null;
    this.#removeFirst();
    return first;
  }

  cancelled(timer: Timed): void {
    const last = this.#length - 1;
    if (this.#timers[last] === timer) {
      this.#timers[last] = null;
      this.#length = last;
      return;
    }
    this.#cancelled++;
    if (this.#cancelled > COMPACT_ABOVE && this.#cancelled * 2 > last) this.#compact();
  }

  clear(): void {
    this.#length = this.#cancelled = 0;
    this.#timers.fill(null);
  }

  #compact(): void {
    const timers = this.#timers;
    let kept = 0;
    for (let at = 0; at < this.#length; at++) {
      if (!timers[at]!.cancelled()) this.#move(at, kept++);
    }
    timers.fill(null, kept, this.#length);
    this.#length = kept;
    this.#cancelled = 0;
    for (let at = (kept >> 1) - 1; at >= 0; at--) this.#sink(at, at);
    this.#giveBackRoom();
  }

  #removeFirst(): void {
    const last = --this.#length;
    if (last > 0) this.#sink(last, 0);
    this.#timers[last] = null;
    this.#giveBackRoom();
  }

  /** Moves the timer that is at `from` to `at`, or below it if others are earlier. */
  #sink(from: number, at: number): void {
    const keys = this.#keys;
    const timer = this.#timers[from]!;
    const when = keys[2 * from]!;
    const seq = keys[2 * from + 1]!;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= this.#length) break;
      const other = down + 1;
      if (
        other < this.#length && this.#isAfter(down, keys[2 * other]!, keys[2 * other + 1]!)
      ) down = other;
      if (this.#isAfter(down, when, seq)) break;
      this.#move(down, at);
      at = down;
    }
    this.#put(timer, when, seq, at);
  }

  #isAfter(at: number, when: number, seq: number): boolean {
    const other = this.#keys[2 * at]!;
    return other > when || other === when && this.#keys[2 * at + 1]! > seq;
  }

  #move(from: number, to: number): void {
    this.#put(this.#timers[from]!, this.#keys[2 * from]!, this.#keys[2 * from + 1]!, to);
  }

  #put(timer: Timed, when: number, seq: number, at: number): void {
    this.#timers[at] = timer;
    this.#keys[2 * at] = when;
    this.#keys[2 * at + 1] = seq;
  }

  #giveBackRoom(): void {
    const room = this.#timers.length;
    if (this.#length * 8 < room && room > KEPT_ROOM) this.#makeRoom(room >> 1);
  }

  #makeRoom(room: number): void {
    const keys = new Float64Array(2 * room);
    keys.set(this.#keys.subarray(0, 2 * this.#length));
    const timers = new Array<Timed | null>(room).fill(null);
    for (let at = 0; at < this.#length; at++) timers[at] = this.#timers[at]!;
    this.#keys = keys;
    this.#timers = timers;
  }
}
