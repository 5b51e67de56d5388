// One awaitable with a deadline.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { BodyError } from "../context_manager.ts";
import type { Startable } from "../core/awaitable.ts";
import type { TimerPlan } from "../core/event_loop.ts";
import { call, ensureFuture, isThenable, waitResult } from "../core/awaitable.ts";
import { CancelledError, RuntimeError, TimeoutError } from "../core/errors.ts";
import { GeneratorCoroutine, isCoroutine, isGenerator } from "../core/coroutine.ts";
import { checkLimit } from "../core/time_argument.ts";
import { currentTask, getRunningLoop } from "../core/current.ts";
import { GuardedBody } from "../guarded_body.ts";
import { isFuture } from "../core/future.ts";
import { startFuture } from "./start_future.ts";
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

class WaitFor<T> extends GuardedBody<T> {
  readonly #aw: Startable<T>;
  readonly #ms: number;
  #plan: TimerPlan | null = null;
  #cancelling = 0;
  #timeout: Timeout | null = null;

  constructor(aw: Startable<T>, ms: number) {
    super();
    this.#aw = aw;
    this.#ms = ms;
  }

  override get name(): string {
    return `waitFor(${this.#ms})`;
  }

  protected override enter(): CoroutineGenerator<T> {
    const task = currentTask();
    if (task === null) throw new RuntimeError(`Cannot ${this.name}: expected to be in a task`);
    this.#cancelling = task.cancelling();
    const loop = task.getLoop();
    this.#plan = loop._planTimer(loop._timeForTimer() + this.#ms);
    return iterate(this.#aw);
  }

  protected override waits(): void {
    this.#timeout = Timeout._entered(currentTask()!, this.#plan!, this.#cancelling);
  }

  protected override leave(error: BodyError | null): boolean {
    return this.#timeout?._exit(error) ?? false;
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
