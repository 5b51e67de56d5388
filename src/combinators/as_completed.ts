// Results in the order in which they come.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { Startable } from "../core/awaitable.ts";
import type { TimerHandle } from "../core/handle.ts";
import { checkLimit } from "../core/time_argument.ts";
import { describe, TimeoutError } from "../core/errors.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { getEventLoop } from "../core/current.ts";
import { isThenable } from "../core/awaitable.ts";
import { startFuture } from "./start_future.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** How long `asCompleted` waits. */
export interface AsCompletedOptions {
  /**
   * For all of them together, in milliseconds.
   *
   * @default {for ever}
   */
  timeoutMs?: number;
}

/**
 * Runs all of `aws` concurrently and gives them in the order in which they finish.
 *
 * A plain `for` gives coroutines, each of which waits for the next result: `yield*` or `await` it before
 * the next turn. `for await` gives the futures themselves, done: those that were passed in, or the tasks
 * that were made for the others. Leaving the loop early cancels nothing.
 *
 * @param aws Coroutines, futures, promises, or functions that make one.
 * @param options `timeoutMs` for all of them together.
 * @returns Iterable both ways, once.
 * @throws {TypeError} When `aws` is not an iterable of them.
 * @throws {TimeoutError} From the iteration, when time is up first.
 *
 * @example
 * ```ts
 * import { asCompleted, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const order: string[] = [];
 * await run(function* () {
 *   for (const next of asCompleted([sleep(6, "b"), sleep(1, "a")])) order.push(yield* next);
 * });
 * assertEquals(order, ["a", "b"]);
 * ```
 */
export function asCompleted<T>(
  aws: Iterable<Startable<T>>,
  options: AsCompletedOptions = {},
): Iterable<Coroutine<T>> & AsyncIterable<Future<T>> {
  const given: unknown = aws;
  if (
    typeof given !== "object" || given === null || !(Symbol.iterator in given) || isThenable(given)
  ) {
    throw new TypeError(`Cannot iterate ${describe(given)}: expected a list of awaitables`);
  }
  return new AsCompleted(aws, options);
}

class AsCompleted<T> implements Iterable<Coroutine<T>>, AsyncIterable<Future<T>> {
  readonly #todo = new Set<Future<T>>();
  /** Finished and not given yet; null stands for one that the timeout has replaced. */
  readonly #finished: (Future<T> | null)[] = [];
  readonly #waiting = new WaitQueue(() => "asCompleted", () => this.#todo);
  #given = 0;
  #left: number;
  #timer: TimerHandle | null = null;

  constructor(aws: Iterable<Startable<T>>, options: AsCompletedOptions) {
    const { timeoutMs } = options;
    checkLimit(timeoutMs, "wait");
    const loop = getEventLoop();
    const started = new Set<Startable<T>>();
    for (const aw of aws) {
      // The same function given twice is started twice, as by gather().
      if (typeof aw !== "function" && started.has(aw)) continue;
      started.add(aw);
      this.#todo.add(startFuture(aw, loop));
    }
    this.#left = this.#todo.size;
    for (const future of this.#todo) future.addDoneCallback(this.#onDone);
    if (this.#left > 0 && timeoutMs !== undefined && timeoutMs !== Infinity) {
      this.#timer = loop.callLater(timeoutMs, this.#onTimeout);
    }
  }

  *[Symbol.iterator](): Iterator<Coroutine<T>> {
    while (this.#left > 0) {
      this.#left--;
      yield new GeneratorCoroutine(this.#nextResult(), "asCompleted");
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<Future<T>> {
    return {
      next: async (): Promise<IteratorResult<Future<T>>> => {
        if (this.#left === 0) return { done: true, value: undefined };
        this.#left--;
        return await new GeneratorCoroutine(this.#nextStep(), "asCompleted");
      },
    };
  }

  readonly #onDone = (future: Future<T>): void => {
    if (!this.#todo.delete(future)) return; // the timeout was here first
    this.#add(future);
    if (this.#todo.size === 0) this.#timer?.cancel();
  };

  readonly #onTimeout = (): void => {
    for (const future of this.#todo) {
      future.removeDoneCallback(this.#onDone);
      this.#add(null);
    }
    this.#todo.clear();
  };

  #add(future: Future<T> | null): void {
    this.#finished.push(future);
    this.#waiting.wakeOne();
  }

  *#nextResult(): CoroutineGenerator<T> {
    return (yield* this.#next()).result();
  }

  /** In an object, because awaiting a coroutine that returns a future would await that too. */
  *#nextStep(): CoroutineGenerator<IteratorResult<Future<T>>> {
    return { done: false, value: yield* this.#next() };
  }

  *#next(): CoroutineGenerator<Future<T>> {
    while (this.#given === this.#finished.length) yield* this.#waiting.park();
    const future = this.#finished[this.#given++]!;
    if (future === null) throw new TimeoutError("Time is up: not all have completed");
    return future;
  }
}
