// Waiting for some of many, without looking at their results.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { ResultOf } from "./gather.ts";
import type { Runnable } from "../core/ready_queue.ts";
import type { TimerHandle } from "../core/handle.ts";
import { GeneratorCoroutine, isCoroutine, isGenerator } from "../core/coroutine.ts";
import { checkLimitIfAny } from "../core/time_argument.ts";
import { describe } from "../core/errors.ts";
import { type Counting, type Future, isFuture } from "../core/future.ts";
import { getRunningLoop, running } from "../core/current.ts";
import { nameWait } from "../core/maker.ts";

/** `returnWhen`: as soon as one is done. */
export const FIRST_COMPLETED = "FIRST_COMPLETED";
/** `returnWhen`: as soon as one has failed, or all are done. */
export const FIRST_EXCEPTION = "FIRST_EXCEPTION";
/** `returnWhen`: when all are done. */
export const ALL_COMPLETED = "ALL_COMPLETED";

/** When `wait` returns. */
export interface WaitOptions {
  /**
   * Return after this many milliseconds at the latest; nothing is cancelled then.
   *
   * @default {never}
   */
  timeoutMs?: number;
  /**
   * How many are enough.
   *
   * @default {"ALL_COMPLETED"}
   */
  returnWhen?: "FIRST_COMPLETED" | "FIRST_EXCEPTION" | "ALL_COMPLETED";
}

/** What `wait` gives: the futures given, in two sets. */
export interface Waited<T> {
  /** Those that are done. */
  done: Set<Future<T>>;
  /** The others. */
  pending: Set<Future<T>>;
}

/**
 * Suspends the task until some or all of `futs` are done. Neither a timeout nor a cancellation here
 * touches the futures.
 *
 * @param futs Futures and tasks, at least one.
 * @param options When to return.
 * @returns The same futures, in two sets.
 * @throws {RangeError} When there are none, or `returnWhen` is unknown.
 * @throws {TypeError} When one is not a future.
 *
 * @example
 * ```ts
 * import { createTask, FIRST_COMPLETED, run, sleep, wait } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const tasks = [createTask(sleep(50)), createTask(sleep(1))];
 *   const { done, pending } = yield* wait(tasks, { returnWhen: FIRST_COMPLETED });
 *   assertEquals([done.size, pending.size], [1, 1]);
 * });
 * ```
 */
export function wait<T>(
  futs: Iterable<Future<T>>,
  options?: WaitOptions,
): Coroutine<Waited<T>>;
/**
 * As above, for futures of several kinds.
 *
 * @param futs Futures and tasks, at least one.
 * @param options When to return.
 * @returns The same futures, in two sets.
 * @throws {RangeError} When there are none, or `returnWhen` is unknown.
 * @throws {TypeError} When one is not a future.
 *
 * @example
 * ```ts
 * import { createTask, run, sleep, wait } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const { done } = yield* wait([createTask(sleep(1, "text")), createTask(sleep(2, 5))]);
 *   const results: (string | number)[] = [...done].map((task) => task.result());
 *   assertEquals(results, ["text", 5]);
 * });
 * ```
 */
export function wait<F extends Future<unknown>>(
  futs: Iterable<F>,
  options?: WaitOptions,
): Coroutine<Waited<ResultOf<F>>>;
export function wait<T>(
  futs: Iterable<Future<T>>,
  options: WaitOptions = {},
): Coroutine<Waited<T>> {
  return new GeneratorCoroutine(waiting(futs, options), "wait");
}

function* waiting<T>(
  futs: Iterable<Future<T>>,
  options: WaitOptions,
): CoroutineGenerator<Waited<T>> {
  const { timeoutMs, returnWhen = ALL_COMPLETED } = options;
  const all = checkFutures(futs);
  if (all.size === 0) throw new RangeError("Cannot wait for no futures: expected at least one");
  if (![FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED].includes(returnWhen)) {
    throw new RangeError(`Cannot wait: unknown returnWhen ${describe(returnWhen)}`);
  }
  checkLimitIfAny(timeoutMs, "wait");
  const loop = getRunningLoop();
  const waiter = loop.createFuture<void>();
  nameWait(waiter, loop, `wait(${all.size})`, all);
  const release = () => {
    timer?.cancel();
    if (!waiter.done()) waiter.setResult(undefined);
  };
  let timer: TimerHandle | null = null;
  if (timeoutMs !== undefined && timeoutMs !== Infinity) timer = loop.callLater(timeoutMs, release);
  const counter = returnWhen === FIRST_EXCEPTION
    ? new CountdownOrFailure(all.size, release)
    : new Countdown(returnWhen === FIRST_COMPLETED ? 1 : all.size, release);
  for (const fut of all) fut._addWaiter(counter);
  try {
    yield* waiter;
  } finally {
    timer?.cancel();
    for (const fut of all) fut._removeWaiters((one) => one === counter);
  }
  // Of two sets only the smaller is made, usually the empty one.
  const pending = new Set<Future<T>>();
  for (const fut of all) {
    if (fut.done()) continue;
    pending.add(fut);
    all.delete(fut);
  }
  return { done: all, pending };
}

/** Stands in the lines of all futures itself, for there may be a hundred thousand, until enough are done. */
class Countdown implements Runnable {
  protected left: number;
  readonly #release: () => void;

  constructor(left: number, release: () => void) {
    this.left = left;
    this.#release = release;
  }

  run(): void {
    running.task = null;
    if (--this.left === 0) this.#release();
  }
}

/** The same, where one that has failed is enough. */
class CountdownOrFailure extends Countdown implements Counting {
  /** @internal */
  _childFailed(child: Future<unknown>): void {
    if (!child.cancelled()) {
      child.exception(); // looked at
      this.left = 1;
    }
    this.run();
  }
}

function checkFutures<T>(futs: Iterable<Future<T>>): Set<Future<T>> {
  const given: unknown = futs;
  if (isFuture(given) || isCoroutine(given) || typeof given !== "object" || given === null) {
    throw new TypeError(`Cannot wait for ${describe(given)}: expected a list of futures`);
  }
  const all = new Set(futs);
  for (const fut of all) {
    if (isFuture(fut)) continue;
    const hint = isCoroutine(fut) || isGenerator(fut) ? ", did you mean createTask(...)?" : "";
    throw new TypeError(`Cannot wait for ${describe(fut)}: expected a future or a task${hint}`);
  }
  return all;
}
