// A binary heap that asks the order first and moves items afterwards: an order that throws leaves it whole.

import type { Items } from "./deque.ts";
import { RuntimeError } from "../core/errors.ts";

interface Entry<T> {
  readonly item: T;
  /** Which one it is, in the order of coming: decides between equal items. */
  readonly turn: number;
}

/** Smallest first; of equal ones that which came first. */
export class Heap<T> implements Items<T> {
  readonly #entries: Entry<T>[] = [];
  readonly #compare: (a: T, b: T) => number;
  #turns = 0;
  #moving = false;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get length(): number {
    return this.#entries.length;
  }

  push(item: T): void {
    const entry = { item, turn: this.#turns++ };
    const entries = this.#entries;
    let place = entries.length;
    this.#exclusively(() => {
      while (place > 0 && this.#isBefore(entry, entries[parent(place)]!)) place = parent(place);
    });
    for (let hole = entries.length; hole > place; hole = parent(hole)) {
      entries[hole] = entries[parent(hole)]!;
    }
    entries[place] = entry;
  }

  take(): T {
    const entries = this.#entries;
    const last = entries.length - 1;
    const moved = entries[last]!;
    /** The places whose items move up, from the top down; the last item goes to where they end. */
    const path: number[] = [];
    this.#exclusively(() => {
      for (
        let child = this.#firstChild(0, last);
        child > 0;
        child = this.#firstChild(child, last)
      ) {
        if (!this.#isBefore(entries[child]!, moved)) break;
        path.push(child);
      }
    });
    const { item } = entries[0]!;
    let hole = 0;
    for (const place of path) {
      entries[hole] = entries[place]!;
      hole = place;
    }
    entries[hole] = moved;
    entries.pop();
    return item;
  }

  /** The child that comes before the other, or 0 where there is none below `size`. */
  #firstChild(place: number, size: number): number {
    const left = 2 * place + 1;
    if (left >= size) return 0;
    const right = left + 1;
    return right < size && this.#isBefore(this.#entries[right]!, this.#entries[left]!)
      ? right
      : left;
  }

  #isBefore(a: Entry<T>, b: Entry<T>): boolean {
    const order = this.#compare(a.item, b.item);
    if (order < 0) return true;
    if (order > 0) return false;
    if (order === 0) return a.turn < b.turn;
    throw new RangeError(`Cannot order two items: compare gave ${order}, expected a number`);
  }

  /** An order that uses the very queue which asks it would find places that are true no more. */
  #exclusively(ask: () => void): void {
    if (this.#moving) {
      throw new RuntimeError("Cannot use a PriorityQueue in its own compare function");
    }
    this.#moving = true;
    try {
      ask();
    } finally {
      this.#moving = false;
    }
  }
}

function parent(place: number): number {
  return (place - 1) >> 1;
}
