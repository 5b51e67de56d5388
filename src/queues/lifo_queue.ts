// Last in, first out.

import { Queue } from "./queue.ts";
import type { Items } from "./deque.ts";

/**
 * A queue that gives the newest item first.
 *
 * @example
 * ```ts
 * import { LifoQueue } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const stack = new LifoQueue<string>();
 * stack.putNowait("a");
 * stack.putNowait("b");
 * assertEquals(stack.getNowait(), "b");
 * ```
 */
export class LifoQueue<T> extends Queue<T> {
  /**
   * Makes a queue.
   *
   * @param maxsize How many items it may hold, a whole number; 0 and below, or Infinity, for any number.
   * @throws {RangeError} When `maxsize` is a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  constructor(maxsize = 0) {
    super(maxsize);
    this._items = new Stack();
  }
}

class Stack<T> implements Items<T> {
  readonly #items: T[] = [];

  get length(): number {
    return this.#items.length;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  take(): T {
    return this.#items.pop() as T;
  }
}
