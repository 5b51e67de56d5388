// Tokens that borrowers hold by name: a semaphore that knows who has what, and can be resized.
//
// A token that is given back is set aside for the first in line, and is his when he comes: tokens are
// free, on the way, or borrowed.

import type { AsyncContextManager } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { checkPermits } from "./semaphore.ts";
import { currentTask } from "../core/current.ts";
import { describe, RuntimeError } from "../core/errors.ts";
import { DONE_TRUE, Turn, WATCHED } from "../core/turn.ts";
import { GeneratorCoroutine, Immediate, noteMade } from "../core/coroutine.ts";
import { isFuture } from "../core/future.ts";
import { Primitive, waitingWord } from "./primitive.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** What a limiter is doing. */
export interface CapacityLimiterStatistics {
  /** How many tokens are borrowed. */
  readonly borrowedTokens: number;
  /** How many there are. */
  readonly totalTokens: number;
  /** Who has one: tasks, and whatever tokens were borrowed on behalf of. */
  readonly borrowers: readonly unknown[];
  /** How many tasks wait for one. */
  readonly tasksWaiting: number;
}

/**
 * Limits how many work at once, as Semaphore does, and knows who does: each borrower has one token at most,
 * and only a borrower can give one back. That makes two mistakes errors which a semaphore leaves silent:
 * the task that asks for a second token, and would wait for itself, and the release of what another has.
 * The number of tokens can be changed at any time. As in trio and anyio.
 *
 * Every operation costs the same however many wait.
 *
 * @example
 * ```ts
 * import { asyncWith, CapacityLimiter, gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * let most = 0;
 * const limiter = new CapacityLimiter(2);
 * function* download() {
 *   yield* asyncWith(limiter, function* () {
 *     most = Math.max(most, limiter.borrowedTokens);
 *     yield* sleep(1);
 *   });
 * }
 * await run(() => gather([download(), download(), download()]));
 * assertEquals(most, 2);
 * ```
 */
export class CapacityLimiter extends Primitive implements AsyncContextManager<void> {
  /** @internal Who waits for a token. */
  readonly _line: WaitQueue = new WaitQueue(() => `${this._title()}.acquire()`);
  readonly #borrowers = new Set<unknown>();
  #onTheWay = 0;
  #total: number;

  /**
   * Makes a limiter.
   *
   * @param totalTokens How many may work at once: a whole number of at least 0, or Infinity.
   * @throws {RangeError} When `totalTokens` is negative, a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  constructor(totalTokens: number) {
    super();
    this.#total = checkPermits(totalTokens, this._title());
  }

  /** How many tokens there are. */
  get totalTokens(): number {
    return this.#total;
  }
  /**
   * More let waiting tasks go on; with fewer, those that are borrowed beyond stay so until they are given
   * back.
   */
  set totalTokens(totalTokens: number) {
    this.#total = checkPermits(totalTokens, this._title());
    this.#callAll();
  }

  /** How many tokens are borrowed. */
  get borrowedTokens(): number {
    return this.#borrowers.size;
  }

  /** How many are free: neither borrowed nor set aside for one who was called. */
  get availableTokens(): number {
    return Math.max(0, this.#total - this.#borrowers.size - this.#onTheWay);
  }

  /** True when acquiring would have to wait: no token is free, or others come first. */
  locked(): boolean {
    return this.availableTokens === 0 || !this._line.clear;
  }

  /**
   * Borrows a token for the current task. It suspends only when none is free. Cancelled here, none is
   * borrowed, and the next in line is served.
   *
   * @returns True.
   * @throws {RuntimeError} When the task has one already.
   */
  acquire(): Coroutine<true> {
    return new Borrow(this, null);
  }

  /**
   * Borrows a token for somebody else. Suspends as `acquire` does.
   *
   * @param borrower Anything, as long as it is the same when the token is given back.
   * @returns True.
   * @throws {RuntimeError} When `borrower` has one already.
   */
  acquireOnBehalfOf(borrower: unknown): Coroutine<true> {
    return new Borrow(this, { borrower });
  }

  /**
   * Gives back the current task's token: the first in line goes on in the next iteration.
   *
   * @throws {RuntimeError} When the task has none, and outside of a task.
   */
  release(): void {
    this.releaseOnBehalfOf(currentTask());
  }

  /**
   * Gives back the token of somebody else.
   *
   * @param borrower Who it was borrowed for.
   * @throws {RuntimeError} When `borrower` has none.
   */
  releaseOnBehalfOf(borrower: unknown): void {
    if (!this.#borrowers.delete(borrower)) {
      throw new RuntimeError(
        `Cannot release a token of ${this}: ${nameOf(borrower)} has none, expected one to have it`,
      );
    }
    this.#callAll();
  }

  /**
   * Borrows a token for a block: `using _ = await limiter.hold()`, or with `yield*`. Suspends as `acquire`
   * does.
   *
   * @returns What gives the token back when it is disposed of; once, however often that happens.
   * @throws {RuntimeError} When the task has one already.
   */
  hold(): Coroutine<Disposable> {
    return new GeneratorCoroutine(this.#hold(), `${this._title()}.acquire()`);
  }

  /** Borrows a token, for `asyncWith`. Suspends as `acquire` does. */
  enter(): Coroutine<void> {
    return new Borrow(this, null) as Coroutine<unknown> as Coroutine<void>;
  }

  /** Gives the token back, for `asyncWith`. Never suspends. */
  exit(): Coroutine<void> {
    return new Immediate(`${this._title()}.exit()`, () => this.release());
  }

  /** A snapshot of what it is doing. */
  statistics(): CapacityLimiterStatistics {
    return {
      borrowedTokens: this.#borrowers.size,
      totalTokens: this.#total,
      borrowers: [...this.#borrowers],
      tasksWaiting: this._line.size,
    };
  }

  /** @internal */
  override _describe(): string[] {
    return [
      `borrowed=${this.#borrowers.size}/${this.#total}`,
      waitingWord("waiting", this._line.size),
    ];
  }

  /** @internal Borrows a token, if that needs no wait. */
  _acquireNow(borrower: unknown): boolean {
    this.#checkIsNone(borrower);
    if (this.locked()) return false;
    this.#borrowers.add(borrower);
    return true;
  }

  /** @internal Takes the token that was set aside for `borrower`. */
  _called(borrower: unknown): void {
    this.#onTheWay--;
    try {
      this.#checkIsNone(borrower); // somebody may have borrowed one for it meanwhile
      this.#borrowers.add(borrower);
    } finally {
      this.#callAll();
    }
  }

  /** @internal One who waited ends with an error. `called`: a token was set aside for it. */
  _gaveUp(called: boolean): void {
    if (called) this.#onTheWay--;
    this.#callAll();
  }

  *#hold(): CoroutineGenerator<Disposable> {
    const borrower = currentTask();
    yield* new Borrow(this, { borrower });
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (held) this.releaseOnBehalfOf(borrower);
        held = false;
      },
    };
  }

  #checkIsNone(borrower: unknown): void {
    if (!this.#borrowers.has(borrower)) return;
    throw new RuntimeError(
      `Cannot acquire a token of ${this}: ${
        nameOf(borrower)
      } has one already, and would wait for itself, expected one a borrower`,
    );
  }

  #callAll(): void {
    while (this.availableTokens > 0 && this._line.wakeOne()) this.#onTheWay++;
  }
}

class Borrow extends Turn<true> {
  readonly #from: CapacityLimiter;
  #for: { borrower: unknown } | null;

  constructor(from: CapacityLimiter, borrows: { borrower: unknown } | null) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#from = from;
    this.#for = borrows;
  }

  override get name(): string {
    return this.#from._line.name;
  }

  override next(): IteratorResult<Future<unknown>, true> {
    if (this.inLine) return this.goOn();
    this.#for ??= { borrower: currentTask() };
    return this.#from._acquireNow(this.#for.borrower) ? DONE_TRUE : this.wait(this.#from._line);
  }

  protected override called(): IteratorResult<Future<unknown>, true> {
    this.#from._called(this.#for!.borrower);
    return DONE_TRUE;
  }

  protected override gaveUp(called: boolean): void {
    this.#from._gaveUp(called);
  }
}

function nameOf(borrower: unknown): string {
  return isFuture(borrower) ? borrower._title() : describe(borrower);
}
