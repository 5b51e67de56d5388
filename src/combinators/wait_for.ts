// One awaitable with a deadline.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { Startable } from "../core/awaitable.ts";
import { call, ensureFuture, isThenable, waitResult } from "../core/awaitable.ts";
import { CancelledError, RuntimeError, TimeoutError } from "../core/errors.ts";
import { GeneratorCoroutine, isCoroutine, isGenerator, Operation } from "../core/coroutine.ts";
import { checkLimit } from "../core/time_argument.ts";
import { currentTask, getRunningLoop } from "../core/current.ts";
import { isFuture } from "../core/future.ts";
import { startFuture } from "./start_future.ts";
import { PARK } from "../core/park.ts";
import { Timeout } from "../timeout.ts";

/**
 * Waits for `aw`, at most `timeoutMs`. A coroutine runs as a part of the calling task. When time is up, or
 * the caller is cancelled, `aw` is cancelled and its cleanup is waited for; wrap it in `shield` to let it
 * run on.
 *
 * @param aw A coroutine, future, promise, or a function that makes one.
 * @param timeoutMs In milliseconds; 0 and below only take a result that is there; null for no limit.
 * @returns The result of `aw`.
 * @throws {TimeoutError} When time is up.
 * @throws {RangeError} When `timeoutMs` is NaN.
 *
 * @example
 * ```ts
 * import { run, sleep, TimeoutError, waitFor } from "@taskloop/asyncio";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => run(() => waitFor(sleep(1000), 1)), TimeoutError);
 * ```
 */
export function waitFor<T>(aw: Startable<T>, timeoutMs: number | null): Coroutine<T> {
  checkLimit(timeoutMs, "wait");
  if (timeoutMs === null || timeoutMs === Infinity) {
    return new GeneratorCoroutine(body(aw), "waitFor(null)");
  }
  if (timeoutMs <= 0) return new GeneratorCoroutine(takeNow(aw), `waitFor(${timeoutMs})`);
  return new WaitFor(aw, timeoutMs);
}

/** An iterator around the body's, which sets the timer only once the body has to wait. */
class WaitFor<T> extends Operation<T> {
  readonly #aw: Startable<T>;
  readonly #ms: number;
  #body: CoroutineGenerator<T> | null = null;
  #timeout: Timeout | null = null;

  constructor(aw: Startable<T>, ms: number) {
    super();
    this.#aw = aw;
    this.#ms = ms;
  }

  override get name(): string {
    return `waitFor(${this.#ms})`;
  }

  override next(): IteratorResult<Future<unknown>, T> {
    if (this.#body === null) return this.#begin();
    return this.#advance(() => this.#body!.next());
  }

  override throw(error: unknown): never {
    const body = this.#body;
    if (body === null) throw error; // cancelled before the first step: the body never runs
    return this.#advance(() => body.throw(error)) as never;
  }

  #begin(): IteratorResult<Future<unknown>, T> {
    const task = currentTask();
    if (task === null) throw new RuntimeError(`Cannot ${this.name}: expected to be in a task`);
    const cancelling = task.cancelling();
    const plan = task.getLoop()._planTimer(this.#ms);
    this.#body = iterate(this.#aw);
    const step = this.#body.next();
    if (step === PARK as unknown) {
      const { value } = PARK;
      this.#timeout = Timeout._entered(task, plan, cancelling);
      PARK.value = value;
    }
    return step;
  }

  #advance(
    step: () => IteratorResult<Future<unknown>, T>,
  ): IteratorResult<Future<unknown>, T> {
    let result: IteratorResult<Future<unknown>, T>;
    try {
      result = step();
    } catch (error) {
      this.#timeout?._exit({ error });
      throw error;
    }
    if (result.done === true) this.#timeout?._exit(null);
    return result;
  }
}

function iterate<T>(aw: Startable<T>): CoroutineGenerator<T> {
  if (isCoroutine(aw) || isFuture(aw)) return (aw as Coroutine<T>)[Symbol.iterator]();
  return isGenerator(aw) ? aw as CoroutineGenerator<T> : body(aw);
}

function* body<T>(aw: Startable<T>): CoroutineGenerator<T> {
  return yield* (typeof aw === "function" ? call(aw) : abandonable(aw));
}

/** A foreign promise can be left behind when time is up. */
function* abandonable<T>(aw: Exclude<Startable<T>, () => unknown>): CoroutineGenerator<T> {
  const foreign = isThenable(aw) && !isFuture(aw) && !isCoroutine(aw);
  return yield* waitResult<T>(foreign ? ensureFuture<T>(aw as PromiseLike<T>) : aw as never);
}

function* takeNow<T>(aw: Startable<T>): CoroutineGenerator<T> {
  const future = startFuture(aw);
  if (future.done()) return future.result();
  yield* cancelAndWait(future);
  try {
    return future.result();
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    throw new TimeoutError("Time is up: there was no time to wait", { cause: error });
  }
}

/** Cancels a future and waits for its end, without being mistaken for it when cancelled meanwhile. */
export function* cancelAndWait(future: Future<unknown>): CoroutineGenerator<void> {
  const ended = getRunningLoop().createFuture<void>();
  const release = () => {
    if (!ended.done()) ended.setResult(undefined);
  };
  future.addDoneCallback(release);
  try {
    future.cancel();
    yield* ended;
  } finally {
    future.removeDoneCallback(release);
  }
}
