// Timers that were set in the order in which they are due, as those of one delay are: a ring, in which
// nothing has to find its place. Neither the first nor the last of them is ever a cancelled one. Those in
// between are dropped when they come to an end, or when they are more than half.

import type { Timed, TimerKeeper } from "./timed.ts";

const COMPACT_ABOVE = 64;
/** A ring of this room is kept, however few are left. */
const KEPT_ROOM = 1024;

/** Timers in order. `push` and `shift` are O(1), and so is a cancel. */
export class TimerRun implements TimerKeeper {
  #timers: (Timed | null)[] = new Array(16).fill(null);
  /** Two numbers for each timer, in the same place: when it is due, and its order among equal times. */
  #keys = new Float64Array(32);
  #mask = 15;
  #first = 0;
  #length = 0;
  #cancelled = 0;

  /** How many are waiting. */
  get size(): number {
    return this.#length - this.#cancelled;
  }

  /** When the first is due; Infinity when there is none. */
  get next(): number {
    return this.#length === 0 ? Infinity : this.#keys[2 * this.#first]!;
  }

  /** The order of the first. */
  get nextSeq(): number {
    return this.#keys[2 * this.#first + 1]!;
  }

  /** True when it can come last. */
  fits(when: number, seq: number): boolean {
    if (this.#length === 0) return true;
    const last = 2 * this.#at(this.#length - 1);
    return when > this.#keys[last]! || when === this.#keys[last]! && seq > this.#keys[last + 1]!;
  }

  /** Only what fits. */
  push(timer: Timed, when: number, seq: number): void {
    if (this.#length > this.#mask) this.#resize(2 * this.#length);
    const at = this.#at(this.#length++);
    this.#timers[at] = timer;
    this.#keys[2 * at] = when;
    this.#keys[2 * at + 1] = seq;
    timer._keeper = this;
  }

  /** Takes out the first; only when there is one. */
  shift(): Timed {
    const timer = this.#timers[this.#first]!;
    timer._keeper = null;
    this.#dropFirst();
    return timer;
  }

  cancelled(timer: Timed): void {
    if (this.#timers[this.#first] === timer) this.#dropFirst();
    else if (this.#timers[this.#at(this.#length - 1)] === timer) this.#dropLast();
    else if (++this.#cancelled > COMPACT_ABOVE && this.#cancelled * 2 > this.#length) {
      this.#resize(this.#timers.length);
    }
  }

  /** All that are waiting and when they are due, in order. */
  waiting(): [Timed, number][] {
    return Array.from({ length: this.#length }, (_, i): [Timed, number] => {
      const at = this.#at(i);
      return [this.#timers[at]!, this.#keys[2 * at]!];
    }).filter(([timer]) => !timer.cancelled());
  }

  clear(): void {
    this.#timers.fill(null);
    this.#first = this.#length = this.#cancelled = 0;
  }

  #at(i: number): number {
    return (this.#first + i) & this.#mask;
  }

  #dropFirst(): void {
    for (;;) {
      this.#timers[this.#first] = null;
      this.#first = this.#at(1);
      this.#length--;
      if (this.#cancelled === 0 || !this.#timers[this.#first]!.cancelled()) break;
      this.#cancelled--;
    }
    const room = this.#timers.length;
    if (this.#length * 8 < room && room > KEPT_ROOM) this.#resize(room >> 1);
  }

  #dropLast(): void {
    for (;;) {
      this.#timers[this.#at(--this.#length)] = null;
      if (this.#cancelled === 0 || !this.#timers[this.#at(this.#length - 1)]!.cancelled()) return;
      this.#cancelled--;
    }
  }

  /** Leaves those out that were cancelled. */
  #resize(room: number): void {
    const timers = new Array<Timed | null>(room).fill(null);
    const keys = new Float64Array(2 * room);
    let kept = 0;
    for (let i = 0; i < this.#length; i++) {
      const at = this.#at(i);
      const timer = this.#timers[at]!;
      if (timer.cancelled()) continue;
      timers[kept] = timer;
      keys[2 * kept] = this.#keys[2 * at]!;
      keys[2 * kept + 1] = this.#keys[2 * at + 1]!;
      kept++;
    }
    this.#timers = timers;
    this.#keys = keys;
    this.#mask = room - 1;
    this.#first = this.#cancelled = 0;
    this.#length = kept;
  }
}
