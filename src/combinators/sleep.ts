// Waiting for time to pass. Written as an iterator by hand: the switch and parking benches ask for it.

import type { Future } from "../core/future.ts";
import type { Coroutine } from "../core/coroutine.ts";
import type { TimerHandle } from "../core/handle.ts";
import { getRunningLoop } from "../core/current.ts";
import { Operation } from "../core/coroutine.ts";
import { parkOnce } from "../core/park.ts";

type SleepState = "new" | "yielding" | "sleeping";

class Sleep<T> extends Operation<T> {
  readonly #ms: number;
  readonly #result: T;
  #state: SleepState = "new";
  #future: Future<T> | null = null;
  #timer: TimerHandle | null = null;

  constructor(ms: number, result: T) {
    super();
    this.#ms = ms;
    this.#result = result;
  }

  override get name(): string {
    return `sleep(${this.#ms})`;
  }

  override next(): IteratorResult<Future<unknown>, T> {
    switch (this.#state) {
      case "new":
        if (this.#ms <= 0) {
          this.#state = "yielding";
          return parkOnce();
        }
        return this.#start();
      case "yielding":
        return { done: true, value: this.#result };
      case "sleeping":
        // Cancelled, most likely: a timer that has fired has nothing to cancel.
        if (this.#future!.done()) this.#timer!.cancel();
        return this.#future!.next();
    }
  }

  override throw(error: unknown): never {
    this.#timer?.cancel();
    throw error;
  }

  override return<V>(value: V): { done: true; value: V } {
    this.#timer?.cancel();
    return { done: true, value };
  }

  #start(): IteratorResult<Future<unknown>, T> {
    const loop = getRunningLoop();
    const future = this.#future = loop.createFuture<T>();
    this.#timer = loop.callLater(this.#ms, wake<T>, future, this.#result);
    this.#state = "sleeping";
    return future.next();
  }
}

function wake<T>(future: Future<T>, result: T): void {
  if (!future.done()) future.setResult(result);
}

/**
 * Suspends the task for a time. Cancelled here, it clears its timer.
 *
 * @param ms Time to wait, in milliseconds, finite; 0 and below leave the rest of the current iteration
 * to others.
 * @param result What the sleep gives.
 * @returns A coroutine.
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
  if (!Number.isFinite(ms)) throw new RangeError(`Cannot sleep ${ms} ms: expected a finite number`);
  return new Sleep(ms, result as T);
}
