// Items first in, first out. A ring that doubles: push and take cost the same at any length.

const SMALLEST = 16;
/** A ring that is longer than this is given back when it has run empty. */
const KEPT = 1024;

/** What a queue keeps its items in; it says in which order they come out. */
export interface Items<T> {
  /** How many there are. */
  readonly length: number;
  /** Adds an item, or throws and adds none. */
  push(item: T): void;
  /** Removes the next item, or throws and removes none. Only when there is one. */
  take(): T;
}

/** First in, first out. */
export class Deque<T> implements Items<T> {
  #ring: (T | undefined)[] = ring(SMALLEST);
  #head = 0;
  length = 0;

  push(item: T): void {
    if (this.length === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.length++) & (this.#ring.length - 1)] = item;
  }

  take(): T {
    const items = this.#ring;
    const at = this.#head;
    const item = items[at] as T;
    items[at] = undefined;
    this.#head = (at + 1) & (items.length - 1);
    if (--this.length === 0 && items.length > KEPT) this.#shrink();
    return item;
  }

  #grow(): void {
    const old = this.#ring;
    const items = ring<T>(2 * old.length);
    for (let i = 0; i < this.length; i++) items[i] = old[(this.#head + i) & (old.length - 1)];
    this.#ring = items;
    this.#head = 0;
  }

  #shrink(): void {
    this.#ring = ring(SMALLEST);
    this.#head = 0;
  }
}

function ring<T>(size: number): (T | undefined)[] {
  return new Array(size).fill(undefined);
}
