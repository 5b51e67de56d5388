// The first to finish decides.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { ResultsOf } from "./gather.ts";
import type { Startable } from "../core/awaitable.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { checkArray, startFuture } from "./start_future.ts";
import { getRunningLoop } from "../core/current.ts";
import { nameWait } from "../core/maker.ts";
import { wait } from "./wait.ts";

/**
 * Runs all of `aws` concurrently; the first to finish decides, by its result or its error. The others are
 * cancelled, and their cleanup has ended before this returns, also when the caller is cancelled.
 *
 * @param aws Coroutines, futures, promises, or functions that make one; at least one.
 * @returns The result of the first; when the first to finish failed, its error is thrown.
 * @throws {TypeError} When it is no array, or one of them cannot be started.
 * @throws {RangeError} When there are none.
 *
 * @example
 * ```ts
 * import { race, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await run(() => race([sleep(1000, "slow"), sleep(1, "fast")])), "fast");
 * ```
 */
export function race<const A extends readonly Startable<unknown>[]>(
  aws: A,
): Coroutine<ResultsOf<A>[number]> {
  checkArray(aws, "race");
  return new GeneratorCoroutine(racing<ResultsOf<A>[number]>(aws), "race");
}

function* racing<T>(aws: readonly Startable<unknown>[]): CoroutineGenerator<T> {
  if (aws.length === 0) {
    throw new RangeError("Cannot race nothing: expected at least one awaitable");
  }
  const runners: Future<unknown>[] = [];
  try {
    // One by one: when one cannot be started, those before it are cancelled too.
    for (const aw of aws) runners.push(startFuture(aw));
    const first = yield* firstDone(runners);
    return first.result() as T;
  } finally {
    yield* cancelAll(runners);
  }
}

/** Several may be done by the time that this goes on, so the first one says so itself. */
function* firstDone(futures: readonly Future<unknown>[]): CoroutineGenerator<Future<unknown>> {
  const loop = getRunningLoop();
  const first = loop.createFuture<Future<unknown>>();
  nameWait(first, loop, `wait(${futures.length})`, futures);
  const onDone = (future: Future<unknown>) => {
    if (!first.done()) first.setResult(future);
  };
  for (const future of futures) future.addDoneCallback(onDone);
  try {
    return yield* first;
  } finally {
    for (const future of futures) future.removeDoneCallback(onDone);
  }
}

/** Cancels what is not done and waits for its end, whatever happens meanwhile. */
function* cancelAll(futures: readonly Future<unknown>[]): CoroutineGenerator<void> {
  for (const future of futures) future.cancel();
  let interrupt: unknown = null;
  for (;;) {
    const left = futures.filter((future) => !future.done());
    if (left.length === 0) break;
    try {
      yield* wait(left);
    } catch (error) {
      interrupt = error;
    }
  }
  for (const future of futures) if (!future.cancelled()) future.exception(); // looked at
  if (interrupt !== null) throw interrupt;
}
