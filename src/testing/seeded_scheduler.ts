// A random order of everything that is ready, which can be had again.

import type { Scheduler } from "../core/scheduler.ts";
import { Random } from "./random.ts";

/** How often something that is ready has to wait is a number of quarters: 0 to 3 of 4 iterations. */
const QUARTERS = 4;

/**
 * A seeded random order: the same seed, the same run. What is ready in one iteration runs in any order,
 * and a part of it may have to wait for the next, so that one task can get several steps ahead of
 * another. How much is held back differs from seed to seed.
 *
 * It has a state: one run, one scheduler. What comes from outside of the loop (I/O, real time, foreign
 * promises) is beyond its control; on a {@linkcode VirtualClock} and without these a run is the same
 * every time, for generators and for async functions.
 *
 * @example
 * ```ts
 * import { createTask, run, SeededScheduler, VirtualClock } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * async function order(seed: number): Promise<string> {
 *   const names: string[] = [];
 *   await run(function* () {
 *     const tasks = [..."abc"].map((name) => createTask(() => names.push(name)));
 *     for (const task of tasks) yield* task;
 *   }, { clock: new VirtualClock(), scheduler: new SeededScheduler(seed) });
 *   return names.join("");
 * }
 * assertEquals(await order(1), await order(1));
 * assertEquals(new Set(await Promise.all([...Array(50).keys()].map(order))).size, 6);
 * ```
 */
export class SeededScheduler implements Scheduler {
  readonly #random: Random;
  readonly #hesitation: number;

  /**
   * Makes a scheduler for one run.
   *
   * @param seed A safe integer.
   * @throws {RangeError} When it is none.
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      throw new RangeError(`Cannot seed a scheduler with ${seed}: expected a safe integer`);
    }
    this.#random = new Random(seed);
    this.#hesitation = this.#random.below(QUARTERS);
  }

  /**
   * For loops: see {@linkcode Scheduler}. O(ready).
   *
   * @param ready How many entries are ready.
   * @returns The indices of those that run now, in a random order.
   */
  order(ready: number): Iterable<number> | null {
    if (ready < 2) return null;
    const random = this.#random;
    const indices = Array.from({ length: ready }, (_, i) => i);
    for (let left = ready; left > 1; left--) {
      const at = random.below(left);
      const chosen = indices[at]!;
      indices[at] = indices[left - 1]!;
      indices[left - 1] = chosen;
    }
    if (random.below(QUARTERS) < this.#hesitation) indices.length = 1 + random.below(ready - 1);
    return indices;
  }
}
