// Smallest first.

import { Heap } from "./heap.ts";
import { naturalOrder } from "./natural_order.ts";
import { Queue } from "./queue.ts";
import { describe } from "../core/errors.ts";

/**
 * A queue that gives the smallest item first; of equal ones that which came first. Adding and removing
 * an item costs a number of comparisons that grows with the logarithm of how many there are.
 *
 * @example
 * ```ts
 * import { PriorityQueue } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const queue = new PriorityQueue<[priority: number, job: string]>();
 * queue.putNowait([10, "later"]);
 * queue.putNowait([9, "first"]);
 * assertEquals(queue.getNowait(), [9, "first"]);
 * ```
 */
export class PriorityQueue<T> extends Queue<T> {
  /**
   * Makes a queue.
   *
   * @param maxsize How many items it may hold, a whole number; 0 and below, or Infinity, for any number.
   * @param compare Negative when `a` comes before `b`, positive when after, 0 when either may. What it
   * throws is thrown by the put or get that asked, which then adds or removes nothing. By default numbers,
   * bigints, strings and dates as they are ordered by `<`, and arrays as Python orders tuples: by their
   * first difference.
   * @throws {RangeError} When `maxsize` is a fraction or NaN.
   * @throws {TypeError} When it is no number, or `compare` no function.
   */
  constructor(maxsize = 0, compare: (a: T, b: T) => number = naturalOrder) {
    super(maxsize);
    if (typeof compare !== "function") {
      throw new TypeError(
        `Cannot order a PriorityQueue by ${describe(compare)}: expected a function`,
      );
    }
    this._items = new Heap(compare);
  }
}
