// A lock. A release frees it and calls the first in line; the lock is free until that one comes, and
// nobody else may take it meanwhile.

import type { Future } from "../core/future.ts";
import type { Task } from "../core/task.ts";
import { Acquirable } from "./acquirable.ts";
import { keepShapes } from "../core/shapes.ts";
import { running } from "../core/current.ts";
import { RuntimeError } from "../core/errors.ts";
import { waitingWord } from "./primitive.ts";

const NOBODY = Symbol("acquired outside of any task");

/** What a lock is doing. */
export interface LockStatistics {
  /** Whether some task has it. */
  readonly locked: boolean;
  /** How many tasks wait for it. */
  readonly tasksWaiting: number;
}

/**
 * Lets one task at a time into a section of code, in the order in which they came. It belongs to no task
 * in particular: whoever likes may release it, and a task that acquires it twice waits for itself.
 *
 * Every operation costs the same however many wait.
 *
 * @example
 * ```ts
 * import { asyncWith, gather, Lock, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * const lock = new Lock();
 * function* visit(name: string) {
 *   yield* asyncWith(lock, function* () {
 *     events.push(`${name} in`);
 *     yield* sleep(1);
 *     events.push(`${name} out`);
 *   });
 * }
 * await run(() => gather([visit("a"), visit("b")]));
 * assertEquals(events, ["a in", "a out", "b in", "b out"]);
 * ```
 *
 * @example With `using`
 * ```ts
 * import { Lock, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const lock = new Lock();
 * await run(async () => {
 *   {
 *     using _ = await lock.hold();
 *     assertEquals(lock.locked(), true);
 *   }
 *   assertEquals(lock.locked(), false);
 * });
 * ```
 */
export class Lock extends Acquirable {
  static readonly #spare: void = /* @__PURE__ */ keepShapes(() => {
    const spare = new Lock();
    return [spare, spare.acquire()];
  });
  /** The task that has it, NOBODY when it was acquired outside of any task, null when it is free. */
  #holder: Task<unknown> | typeof NOBODY | null = null;

  /** True while some task has it. */
  override locked(): boolean {
    return this.#holder !== null;
  }

  /**
   * Releases it: the first in line goes on in the next iteration.
   *
   * @throws {RuntimeError} When it is not locked.
   */
  override release(): void {
    if (this.#holder === null) {
      throw new RuntimeError(`Cannot release ${this}: it is unlocked, expected it locked`);
    }
    this.#holder = null;
    this._line.wakeFirst();
  }

  /** A snapshot of what it is doing. */
  statistics(): LockStatistics {
    return { locked: this.locked(), tasksWaiting: this._line.size };
  }

  /** @internal */
  override _acquireNow(): boolean {
    if (this.#holder !== null || !this._line.clear) return false;
    this.#holder = running.task ?? NOBODY;
    return true;
  }

  /** @internal */
  override _called(): void {
    this.#holder = running.task ?? NOBODY;
  }

  /** @internal */
  override _gaveUp(): void {
    if (this.#holder === null) this._line.wakeFirst();
  }

  /** @internal */
  override _holders(): Iterable<Future<unknown>> {
    return this.#holder === null || this.#holder === NOBODY ? [] : [this.#holder];
  }

  /** @internal */
  override _describe(): string[] {
    return [this.locked() ? "locked" : "unlocked", waitingWord("waiting", this._line.size)];
  }
}
