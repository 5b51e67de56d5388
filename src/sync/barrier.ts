// A barrier: tasks wait at it until enough have come, and then go on together.
//
// | state     | who comes | who is inside         | next                                        |
// | --------- | --------- | --------------------- | ------------------------------------------- |
// | filling   | comes in  | waits                 | draining (it is full), resetting, broken    |
// | draining  | waits     | leaves                | filling (all have left), broken             |
// | resetting | waits     | leaves with an error  | filling (all have left), broken             |
// | broken    | is refused | leaves with an error | filling (reset when nobody is inside), resetting |

import type { AsyncContextManager } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { BrokenBarrierError, describe } from "../core/errors.ts";
import { Condition } from "./condition.ts";
import { GeneratorCoroutine, Immediate } from "../core/coroutine.ts";
import { Primitive } from "./primitive.ts";

/** How a barrier stands, as `toString` shows it. */
export type BarrierState = "filling" | "draining" | "resetting" | "broken";

/** What a barrier is doing. */
export interface BarrierStatistics {
  /** How it stands. */
  readonly state: BarrierState;
  /** How many tasks wait for the others. */
  readonly tasksWaiting: number;
  /** How many it takes. */
  readonly parties: number;
}

/**
 * A point that tasks pass together: each waits there until `parties` have come. Then it can be used
 * again.
 *
 * @example
 * ```ts
 * import { Barrier, gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * const start = new Barrier(2);
 * function* runner(name: string, ms: number) {
 *   yield* sleep(ms);
 *   events.push(`${name} ready`);
 *   yield* start.wait();
 *   events.push(`${name} runs`);
 * }
 * await run(() => gather([runner("a", 1), runner("b", 5)]));
 * assertEquals(events, ["a ready", "b ready", "b runs", "a runs"]);
 * ```
 */
export class Barrier extends Primitive implements AsyncContextManager<number> {
  readonly #parties: number;
  /** Notified at every change of state. */
  readonly #changed = new Condition();
  #state: BarrierState = "filling";
  /** How many are inside: waiting, or on their way out. */
  #inside = 0;

  /**
   * Makes a barrier.
   *
   * @param parties How many tasks have to come, a whole number above 0.
   * @throws {RangeError} When `parties` is less than 1, a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  constructor(parties: number) {
    super();
    if (typeof parties !== "number") {
      throw new TypeError(`Cannot make a Barrier for ${describe(parties)}: expected a number`);
    }
    if (!Number.isInteger(parties) || parties < 1) {
      throw new RangeError(
        `Cannot make a Barrier for ${parties} parties: expected a whole number above 0`,
      );
    }
    this.#parties = parties;
  }

  /** How many tasks have to come. */
  get parties(): number {
    return this.#parties;
  }

  /** How many wait for the others now. */
  get nWaiting(): number {
    return this.#state === "filling" ? this.#inside : 0;
  }

  /** True from `abort` to `reset`. */
  get broken(): boolean {
    return this.#state === "broken";
  }

  /**
   * Waits until enough have come. Cancelled here, it leaves its place to another.
   *
   * @returns How many were waiting already, from 0 to `parties - 1`. Who gets `parties - 1` is always one,
   * and may do what has to be done once; of the other numbers one can be missing and one be given twice
   * when a waiting task was cancelled, as in CPython.
   * @throws {BrokenBarrierError} When the barrier is broken, or is broken or reset meanwhile.
   */
  wait(): Coroutine<number> {
    return new GeneratorCoroutine(this.#wait(), `${this._title()}.wait()`);
  }

  /**
   * Empties it: who waits fails with BrokenBarrierError. A broken one can be used again afterwards.
   * Suspends only while a task is on its way out; cancelled there, it changes nothing.
   */
  reset(): Coroutine<void> {
    return new GeneratorCoroutine(this.#reset(), `${this._title()}.reset()`);
  }

  /**
   * Breaks it: who waits, and whoever comes, fails with BrokenBarrierError. Suspends only while a task is
   * on its way out; cancelled there, it changes nothing.
   */
  abort(): Coroutine<void> {
    return new GeneratorCoroutine(this.#abort(), `${this._title()}.abort()`);
  }

  /** Waits as `wait` does, for `asyncWith`. */
  enter(): Coroutine<number> {
    return this.wait();
  }

  /** Does nothing, for `asyncWith`. Never suspends. */
  exit(): Coroutine<void> {
    return new Immediate(`${this._title()}.exit()`, () => {});
  }

  /** A snapshot of what it is doing. */
  statistics(): BarrierStatistics {
    return { state: this.#state, tasksWaiting: this.nWaiting, parties: this.#parties };
  }

  /** @internal */
  override _describe(): string[] {
    return [this.#state, this.broken ? "" : `waiting=${this.nWaiting}/${this.#parties}`];
  }

  *#wait(): CoroutineGenerator<number> {
    yield* this.#changed.acquire();
    try {
      yield* this.#comeIn();
      const index = this.#inside;
      try {
        if (++this.#inside === this.#parties) this.#turn("draining");
        else yield* this.#waitForOthers();
        return index;
      } finally {
        this.#leave();
      }
    } finally {
      this.#changed.release();
    }
  }

  *#comeIn(): CoroutineGenerator<void> {
    yield* this.#changed.waitFor(() => this.#state === "filling" || this.#state === "broken");
    if (this.#state === "broken") throw this.#refusal();
  }

  *#waitForOthers(): CoroutineGenerator<void> {
    yield* this.#changed.waitFor(() => this.#state !== "filling");
    if (this.#state !== "draining") throw this.#refusal();
  }

  #leave(): void {
    if (--this.#inside > 0) return;
    if (this.#state === "resetting" || this.#state === "draining") this.#state = "filling";
    this.#changed.notifyAll();
  }

  *#reset(): CoroutineGenerator<void> {
    yield* this.#changed.acquire();
    this.#turn(this.#inside > 0 ? "resetting" : "filling");
    this.#changed.release();
  }

  *#abort(): CoroutineGenerator<void> {
    yield* this.#changed.acquire();
    this.#turn("broken");
    this.#changed.release();
  }

  #turn(state: BarrierState): void {
    this.#state = state;
    this.#changed.notifyAll();
  }

  #refusal(): BrokenBarrierError {
    return new BrokenBarrierError(`Cannot wait at ${this}: it is ${this.#state}`);
  }
}
