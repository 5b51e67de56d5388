// One awaitable with a deadline.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { Startable } from "../core/awaitable.ts";
import { asyncWith } from "../async_with.ts";
import { call, ensureFuture, isThenable, waitResult } from "../core/awaitable.ts";
import { CancelledError, TimeoutError } from "../core/errors.ts";
import { GeneratorCoroutine, isCoroutine } from "../core/coroutine.ts";
import { getRunningLoop } from "../core/current.ts";
import { isFuture } from "../core/future.ts";
import { startFuture } from "./start_future.ts";
import { timeout } from "../timeout.ts";

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
  if (timeoutMs !== null && Number.isNaN(timeoutMs)) {
    throw new RangeError("Cannot wait NaN ms: expected a number or null");
  }
  return new GeneratorCoroutine(waiting(aw, timeoutMs), `waitFor(${timeoutMs})`);
}

function* waiting<T>(aw: Startable<T>, timeoutMs: number | null): CoroutineGenerator<T> {
  if (timeoutMs !== null && timeoutMs <= 0) return yield* takeNow(startFuture(aw));
  return yield* asyncWith(
    timeout(timeoutMs),
    () => typeof aw === "function" ? call(aw) : abandonable(aw),
  );
}

/** A foreign promise can be left behind when time is up. */
function* abandonable<T>(aw: Exclude<Startable<T>, () => unknown>): CoroutineGenerator<T> {
  const foreign = isThenable(aw) && !isFuture(aw) && !isCoroutine(aw);
  return yield* waitResult<T>(foreign ? ensureFuture<T>(aw as PromiseLike<T>) : aw as never);
}

function* takeNow<T>(future: Future<T>): CoroutineGenerator<T> {
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
