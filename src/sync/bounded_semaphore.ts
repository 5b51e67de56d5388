// A semaphore that cannot grow.

import { Semaphore } from "./semaphore.ts";

/**
 * A semaphore that takes back no more permits than it gave out: a release too many, which is a mistake
 * nearly always, is an error.
 *
 * @example
 * ```ts
 * import { BoundedSemaphore } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * const two = new BoundedSemaphore(2);
 * assertThrows(() => two.release(), RangeError);
 * ```
 */
export class BoundedSemaphore extends Semaphore {
  readonly #bound: number;

  /**
   * Makes a semaphore.
   *
   * @param value How many permits it has: a whole number of at least 0, or Infinity.
   * @throws {RangeError} When `value` is negative, a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  constructor(value = 1) {
    super(value);
    this.#bound = value;
  }

  /**
   * Gives a permit back: the first in line goes on in the next iteration.
   *
   * @throws {RangeError} When all permits are free.
   */
  override release(): void {
    if (this.statistics().value >= this.#bound) {
      throw new RangeError(
        `Cannot release ${this}: all ${this.#bound} permits are free, expected one acquired`,
      );
    }
    super.release();
  }
}
