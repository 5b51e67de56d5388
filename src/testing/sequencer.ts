// Blocks of several tasks in the order that a test wants.

import type { AsyncContextManager } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { GeneratorCoroutine, Immediate } from "../core/coroutine.ts";
import { getRunningLoop } from "../core/current.ts";
import { nameWait } from "../core/maker.ts";
import { RuntimeError } from "../core/errors.ts";

type SequencerState = "whole" | "broken";

/**
 * Runs blocks of several tasks one after the other: that at place 0, that at place 1, and so on, whichever
 * comes first. For tests that need one certain order, as trio's.
 *
 * @example
 * ```ts
 * import { asyncWith, gather, run } from "@taskloop/asyncio";
 * import { Sequencer } from "@taskloop/asyncio/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * await run(function* () {
 *   const order = new Sequencer();
 *   const reader = asyncWith(order.at(1), () => events.push("read"));
 *   const writer = asyncWith(order.at(0), () => events.push("written"));
 *   yield* gather([reader, writer]);
 * });
 * assertEquals(events, ["written", "read"]);
 * ```
 */
export class Sequencer {
  #state: SequencerState = "whole";
  /** Whose turn it is. */
  #next = 0;
  readonly #taken = new Set<number>();
  readonly #turns = new Map<number, Future<void>>();

  /**
   * A context manager that waits for its turn, and gives the turn to the next when the block is left,
   * also by an error. Cancelled while it waits, it leaves the sequence broken: who waits at another place,
   * or comes later, gets a RuntimeError instead of waiting for ever.
   *
   * @param place 0 for the first; each is for one block.
   * @returns For `asyncWith`; its `enter` throws RuntimeError at a place that is taken.
   * @throws {RangeError} When `place` is no whole number from 0 on.
   */
  at(place: number): AsyncContextManager<void> {
    if (!(Number.isSafeInteger(place) && place >= 0)) {
      throw new RangeError(
        `Cannot take place ${place} in a sequence: expected a whole number, 0 or more`,
      );
    }
    const name = `Sequencer.at(${place})`;
    return {
      enter: (): Coroutine<void> => new GeneratorCoroutine(this.#enter(place, name), name),
      exit: (): Coroutine<void> => new Immediate(`${name}.exit()`, () => this.#exit(place)),
    };
  }

  *#enter(place: number, name: string): CoroutineGenerator<void> {
    if (this.#taken.has(place)) {
      throw new RuntimeError(`Cannot enter ${name}: the place is taken, expected a free one`);
    }
    this.#taken.add(place);
    if (this.#state === "broken") throw broken(name);
    if (place === this.#next) return;
    const loop = getRunningLoop();
    const turn = loop.createFuture<void>();
    nameWait(turn, loop, name, []);
    this.#turns.set(place, turn);
    try {
      yield* turn;
    } catch (error) {
      this.#break();
      throw error;
    } finally {
      this.#turns.delete(place);
    }
    if (this.#next !== place) throw broken(name);
  }

  #exit(place: number): void {
    this.#next = place + 1;
    this.#wake(this.#next);
  }

  #break(): void {
    this.#state = "broken";
    for (const place of this.#turns.keys()) this.#wake(place);
  }

  #wake(place: number): void {
    const turn = this.#turns.get(place);
    if (turn?.done() === false) turn.setResult(undefined);
  }
}

function broken(name: string): RuntimeError {
  return new RuntimeError(
    `Cannot enter ${name}: its turn will not come, because another place was cancelled`,
  );
}
