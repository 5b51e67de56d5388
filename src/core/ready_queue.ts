// What is ready to run, first in, first out. A ring over an array whose length is a power of two.

/** Something the loop can run: a task step, a callback, a waiter to wake. It never throws. */
export interface Runnable {
  run(): void;
}

const SMALLEST = 64;

/** A growing ring buffer: `push` and `shift` cost a few nanoseconds, at any length. */
export class ReadyQueue {
  #ring: (Runnable | undefined)[] = new Array(SMALLEST).fill(undefined);
  #mask = SMALLEST - 1;
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(entry: Runnable): void {
    if (this.#length > this.#mask) this.#grow();
    this.#ring[(this.#head + this.#length++) & this.#mask] = entry;
  }

  /** Puts back what was just shifted: it comes first again. */
  unshift(entry: Runnable): void {
    if (this.#length > this.#mask) this.#grow();
    this.#head = (this.#head - 1) & this.#mask;
    this.#ring[this.#head] = entry;
    this.#length++;
  }

  /** Only when `length` is not 0. */
  shift(): Runnable {
    const at = this.#head;
    const entry = this.#ring[at]!;
    this.#ring[at] = undefined;
    this.#head = (at + 1) & this.#mask;
    this.#length--;
    return entry;
  }

  /** Takes the first `count` entries out, in order. */
  take(count: number): Runnable[] {
    return Array.from({ length: count }, () => this.shift());
  }

  clear(): void {
    this.#ring = new Array(SMALLEST).fill(undefined);
    this.#mask = SMALLEST - 1;
    this.#head = this.#length = 0;
  }

  #grow(): void {
    const old = this.#ring;
    const ring: (Runnable | undefined)[] = new Array(old.length * 2).fill(undefined);
    for (let i = 0; i < old.length; i++) ring[i] = old[(this.#head + i) & this.#mask];
    this.#ring = ring;
    this.#mask = ring.length - 1;
    this.#head = 0;
  }
}
