// Permits. A release hands its permit to the first in line, so that it never lies free while somebody
// waits; one who is called and then cancelled hands it on.

import { Acquirable } from "./acquirable.ts";
import { keepShapes } from "../core/shapes.ts";
import { describe } from "../core/errors.ts";
import { waitingWord } from "./primitive.ts";

/** What a semaphore is doing. */
export interface SemaphoreStatistics {
  /** How many permits are free. */
  readonly value: number;
  /** How many tasks wait for one. */
  readonly tasksWaiting: number;
}

/**
 * Lets so many tasks at a time into a section of code, in the order in which they came.
 *
 * Every operation costs the same however many wait.
 *
 * @example
 * ```ts
 * import { asyncWith, gather, run, Semaphore, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * let inside = 0;
 * let most = 0;
 * const two = new Semaphore(2);
 * function* visit() {
 *   yield* asyncWith(two, function* () {
 *     most = Math.max(most, ++inside);
 *     yield* sleep(1);
 *     inside--;
 *   });
 * }
 * await run(() => gather([visit(), visit(), visit(), visit(), visit()]));
 * assertEquals(most, 2);
 * ```
 */
export class Semaphore extends Acquirable {
  static readonly #spare: void = /* @__PURE__ */ keepShapes(() => [new Semaphore()]);
  #value: number;

  /**
   * Makes a semaphore.
   *
   * @param value How many permits it has to begin with: a whole number of at least 0, or Infinity.
   * @throws {RangeError} When `value` is negative, a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  constructor(value = 1) {
    super();
    this.#value = checkPermits(value, this._title());
  }

  /** True when acquiring would have to wait: no permit is free, or others come first. */
  override locked(): boolean {
    return this.#value === 0 || !this._line.clear;
  }

  /** Gives a permit back, or one more: the first in line goes on in the next iteration. */
  override release(): void {
    this.#value++;
    this.#callNext();
  }

  /** A snapshot of what it is doing. */
  statistics(): SemaphoreStatistics {
    return { value: this.#value, tasksWaiting: this._line.size };
  }

  /** @internal */
  override _acquireNow(): boolean {
    if (this.locked()) return false;
    this.#value--;
    return true;
  }

  /** @internal */
  override _called(): void {
    this.#callAll();
  }

  /** @internal */
  override _gaveUp(called: boolean): void {
    if (called) this.#value++;
    this.#callAll();
  }

  /** @internal */
  override _describe(): string[] {
    return [`value=${this.#value}`, waitingWord("waiting", this._line.size)];
  }

  /** Calls the first in line, with a permit. */
  #callNext(): boolean {
    if (!this._line.wakeOne()) return false;
    this.#value--;
    return true;
  }

  /** Somebody may have come, and had to wait, while the last one called was on the way. */
  #callAll(): void {
    while (this.#value > 0 && this.#callNext());
  }
}

/**
 * The number of permits.
 *
 * @throws {RangeError} When it is negative, a fraction or NaN.
 * @throws {TypeError} When it is no number.
 */
export function checkPermits(value: number, what: string): number {
  if (typeof value !== "number") {
    throw new TypeError(`Cannot make a ${what} of ${describe(value)}: expected a number`);
  }
  if (value === Infinity || Number.isInteger(value) && value >= 0) return value;
  throw new RangeError(`Cannot make a ${what} of ${value}: expected a whole number of at least 0`);
}
