// Waiting for time to pass. Written as an iterator by hand: the switch and parking benches ask for it.

import type { CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { Alarm, type AlarmMaker } from "../core/alarm.ts";
import { checkFinite } from "../core/time_argument.ts";
import { Coroutine, noteMade, noteUsed, Operation, usedBefore } from "../core/coroutine.ts";
import { giveWay } from "../core/then.ts";
import { keepShapes } from "../core/shapes.ts";
import { parkOnce } from "../core/park.ts";

const WAITING = 2;
const DONE_WITH_NOTHING = { done: true, value: undefined } as const;

function done<T>(result: T): IteratorResult<never, T> {
  return result === undefined
    ? DONE_WITH_NOTHING as IteratorResult<never, T>
    : { done: true, value: result };
}

/** Waits for nothing but the others. Apart from Sleep because tasks switch by it: it is small. */
class GiveWay<T> extends Operation<T> {
  readonly #result: T;

  constructor(result: T) {
    super();
    this.#result = result;
  }

  override get name(): string {
    return "sleep(0)";
  }

  override then<R = T, E = never>(
    onfulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return giveWay(this, this.#result, onfulfilled, onrejected);
  }

  override next(): IteratorResult<Future<unknown>, T> {
    if (this.phase === WAITING) return done(this.#result);
    this.phase = WAITING;
    return parkOnce();
  }
}

class Sleep<T> extends Coroutine<T> implements AlarmMaker<T> {
  declare readonly _ms: number;
  declare readonly _result: T;
  declare private used: boolean;

  constructor(ms: number, result: T) {
    super();
    this._ms = ms;
    this._result = result;
    this.used = false;
    noteMade(this);
  }

  override get name(): string {
    return `sleep(${this._ms})`;
  }

  override [Symbol.iterator](): CoroutineGenerator<T> {
    if (this.used) throw usedBefore(this);
    this.close();
    return new Alarm(this) as unknown as CoroutineGenerator<T>;
  }

  override close(): void {
    this.used = true;
    noteUsed(this);
  }
}

/**
 * Suspends the task for a time. Cancelled here, it clears its timer.
 *
 * @param ms Time to wait, in milliseconds, finite; 0 and below leave the rest of the current iteration
 * to others.
 * @returns Nothing, when the time has passed.
 * @throws {RangeError} When `ms` is NaN or infinite.
 *
 * @example
 * ```ts
 * import { run, sleep } from "@taskloop/asyncio";
 *
 * await run(() => sleep(5));
 * ```
 */
export function sleep(ms: number): Coroutine<void>;
/**
 * As above, with something to give when the time has passed.
 *
 * @param ms Time to wait, in milliseconds, finite.
 * @param result What the sleep gives.
 * @returns `result`, when the time has passed.
 * @throws {RangeError} When `ms` is NaN or infinite.
 *
 * @example
 * ```ts
 * import { run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await run(() => sleep(5, "done")), "done");
 * ```
 */
export function sleep<T = void>(ms: number, result?: T): Coroutine<T>;
export function sleep<T = void>(ms: number, result?: T): Coroutine<T> {
  checkFinite(ms, "sleep");
  return ms <= 0 ? new GiveWay(result as T) : new Sleep(ms, result as T);
}

keepShapes(() => [sleep(0), sleep(1), new Alarm(new Sleep(1, undefined))]);
