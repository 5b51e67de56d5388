// A condition: tasks that have the lock wait, without it, until somebody who has it notifies them.

import type { AsyncContextManager } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { CancelledError, describe, RuntimeError } from "../core/errors.ts";
import { GeneratorCoroutine, noteMade } from "../core/coroutine.ts";
import { Lock, type LockStatistics } from "./lock.ts";
import { Primitive, waitingWord } from "./primitive.ts";
import { DONE, Turn, WATCHED } from "../core/turn.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** What a condition is doing. */
export interface ConditionStatistics {
  /** How many tasks wait to be notified. */
  readonly tasksWaiting: number;
  /** What its lock is doing. */
  readonly lockStatistics: LockStatistics;
}

/**
 * Lets tasks wait for a change of something that a lock guards. `wait` gives the lock up while it waits
 * and has it again when it goes on, whichever way that is.
 *
 * As in CPython a wait may end without a notification (when another one that was notified is cancelled),
 * so look at what you waited for and wait again, or use `waitFor`.
 *
 * @example
 * ```ts
 * import { asyncWith, Condition, createTask, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const changed = new Condition();
 * let amount = 0;
 * const seen = await run(function* () {
 *   const reader = createTask(asyncWith(changed, function* () {
 *     yield* changed.waitFor(() => amount >= 2);
 *     return amount;
 *   }));
 *   for (let i = 0; i < 3; i++) {
 *     yield* sleep(1);
 *     yield* asyncWith(changed, () => {
 *       amount++;
 *       changed.notifyAll();
 *     });
 *   }
 *   return yield* reader;
 * });
 * assertEquals(seen, 2);
 * ```
 */
export class Condition extends Primitive implements AsyncContextManager<void> {
  readonly #lock: Lock;
  readonly #line = new WaitQueue(() => `${this._title()}.wait()`);

  /**
   * Makes a condition.
   *
   * @param lock The lock to use, which others may share. By default one of its own.
   * @throws {TypeError} When `lock` is no Lock.
   */
  constructor(lock: Lock = new Lock()) {
    super();
    if (!(lock instanceof Lock)) {
      throw new TypeError(`Cannot make a Condition of ${describe(lock)}: expected a Lock`);
    }
    this.#lock = lock;
  }

  /** True while some task has its lock. */
  locked(): boolean {
    return this.#lock.locked();
  }

  /** Acquires its lock: as `Lock.acquire`. */
  acquire(): Coroutine<true> {
    return this.#lock.acquire();
  }

  /** Releases its lock: as `Lock.release`. */
  release(): void {
    this.#lock.release();
  }

  /** Acquires its lock for a block: as `Lock.hold`. */
  hold(): Coroutine<Disposable> {
    return this.#lock.hold();
  }

  /** Acquires its lock, for `asyncWith`. Suspends as `Lock.acquire` does. */
  enter(): Coroutine<void> {
    return this.#lock.enter();
  }

  /** Releases its lock, for `asyncWith`. Never suspends. */
  exit(): Coroutine<void> {
    return this.#lock.exit();
  }

  /**
   * Releases the lock, waits to be notified and acquires the lock again. Cancelled here, it acquires the
   * lock first all the same, and notifies another in its place.
   *
   * @returns True.
   * @throws {RuntimeError} When the lock is not locked.
   */
  wait(): Coroutine<true> {
    return new GeneratorCoroutine(this.#wait(), this.#line.name);
  }

  /**
   * Waits until `predicate` gives something truthy; it is asked at once and after every notification, and
   * always with the lock held. Cancelled here, it ends as `wait` does.
   *
   * @param predicate A plain function.
   * @returns What it gave.
   * @throws {RuntimeError} When it has to wait and the lock is not locked.
   * @throws {TypeError} When `predicate` is no function.
   */
  waitFor<T>(predicate: () => T): Coroutine<T> {
    if (typeof predicate !== "function") {
      throw new TypeError(`Cannot wait for ${describe(predicate)}: expected a function`);
    }
    return new GeneratorCoroutine(this.#waitFor(predicate), `${this._title()}.waitFor()`);
  }

  /**
   * Lets `n` of the tasks that wait go on, the first first. They do when they have the lock.
   *
   * @param n How many, a whole number of at least 0.
   * @throws {RuntimeError} When the lock is not locked.
   * @throws {RangeError} When `n` is negative, a fraction or NaN.
   */
  notify(n = 1): void {
    if (!(n === Infinity || Number.isInteger(n) && n >= 0)) {
      throw new RangeError(`Cannot notify ${n} tasks: expected a whole number of at least 0`);
    }
    this.#checkLocked("notify");
    this.#notify(n);
  }

  /**
   * Lets all tasks that wait go on, each when it has the lock.
   *
   * @throws {RuntimeError} When the lock is not locked.
   */
  notifyAll(): void {
    this.notify(Infinity);
  }

  /** A snapshot of what it is doing. */
  statistics(): ConditionStatistics {
    return { tasksWaiting: this.#line.size, lockStatistics: this.#lock.statistics() };
  }

  /** @internal */
  override _describe(): string[] {
    return [this.locked() ? "locked" : "unlocked", waitingWord("waiting", this.#line.size)];
  }

  *#wait(): CoroutineGenerator<true> {
    this.#checkLocked("wait for");
    this.#lock.release();
    try {
      let cancelled: unknown = null;
      try {
        yield* new Notification(this.#line);
      } catch (error) {
        cancelled = error;
      }
      cancelled = (yield* this.#acquireAgain()) ?? cancelled;
      if (cancelled !== null) throw cancelled;
      return true;
    } catch (error) {
      // It may have been notified before it was cancelled. Waking one too many is harmless, a lost
      // notification is not.
      this.#notify(1);
      throw error;
    }
  }

  *#waitFor<T>(predicate: () => T): CoroutineGenerator<T> {
    for (;;) {
      const result = predicate();
      if (result) return result;
      yield* this.#wait();
    }
  }

  /** Gives the last cancel that came meanwhile. */
  *#acquireAgain(): CoroutineGenerator<CancelledError | null> {
    let cancelled: CancelledError | null = null;
    for (;;) {
      try {
        yield* this.#lock.acquire();
        return cancelled;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        cancelled = error;
      }
    }
  }

  #notify(n: number): void {
    while (n-- > 0 && this.#line.wakeOne());
  }

  #checkLocked(what: string): void {
    if (this.locked()) return;
    throw new RuntimeError(`Cannot ${what} ${this}: it is unlocked, expected it locked`);
  }
}

/** Waits to be notified. Whoever waits passes on what he does not use: `wait` itself knows better when. */
class Notification extends Turn<void> {
  readonly #line: WaitQueue;

  constructor(line: WaitQueue) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#line = line;
  }

  override get name(): string {
    return this.#line.name;
  }

  override next(): IteratorResult<Future<unknown>, void> {
    return this.inLine ? this.goOn() : this.wait(this.#line);
  }

  protected override called(): IteratorResult<Future<unknown>, void> {
    return DONE;
  }

  protected override gaveUp(): void {}
}
