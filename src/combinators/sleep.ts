// Waiting for time to pass. Written as an iterator by hand: the switch and parking benches ask for it.

import type { Future } from "../core/future.ts";
import type { Coroutine } from "../core/coroutine.ts";
import type { Alarm } from "../core/alarm.ts";
import { checkFinite } from "../core/time_argument.ts";
import { getRunningLoop } from "../core/current.ts";
import { Operation } from "../core/coroutine.ts";
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

  override next(): IteratorResult<Future<unknown>, T> {
    if (this.phase === WAITING) return done(this.#result);
    this.phase = WAITING;
    return parkOnce();
  }
}

class Sleep<T> extends Operation<T> {
  readonly #ms: number;
  readonly #result: T;
  #alarm: Alarm<T> | null;

  constructor(ms: number, result: T) {
    super();
    this.#ms = ms;
    this.#result = result;
    this.#alarm = null;
  }

  override get name(): string {
    return `sleep(${this.#ms})`;
  }

  override next(): IteratorResult<Future<unknown>, T> {
    if (this.phase === WAITING) return this.#alarm!.next();
    this.phase = WAITING;
    this.#alarm = getRunningLoop()._setAlarm(this.#ms, this.#result);
    this.#alarm._value = this; // its maker
    return this.#alarm.next();
  }

  override throw(error: unknown): never {
    this.#alarm?.cancel();
    throw error;
  }

  override return<V>(value: V): { done: true; value: V } {
    this.#alarm?.cancel();
    return { done: true, value };
  }
}

/**
 * Suspends the task for a time. Cancelled here, it clears its timer.
 *
 * @param ms Time to wait, in milliseconds, finite; 0 and below leave the rest of the current iteration
 * to others.
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
export function sleep<T = void>(ms: number, result?: T): Coroutine<T> {
  checkFinite(ms, "sleep");
  return ms <= 0 ? new GiveWay(result as T) : new Sleep(ms, result as T);
}

keepShapes(() => [sleep(0), sleep(1)]);
