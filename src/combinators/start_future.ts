// How the combinators make futures of what they are given.

import type { EventLoop } from "../core/event_loop.ts";
import type { Future } from "../core/future.ts";
import type { Startable } from "../core/awaitable.ts";
import { describe } from "../core/errors.ts";
import { ensureFuture } from "../core/awaitable.ts";
import { getEventLoop } from "../core/current.ts";

/** `ensureFuture`, for functions too. */
export function startFuture<T>(start: Startable<T>, loop: EventLoop | null = null): Future<T> {
  const home = loop ?? getEventLoop();
  return typeof start === "function" ? home.createTask(start) : ensureFuture(start, { loop: home });
}

/** @throws {TypeError} When it is none, as in `gather(a, b)` for `gather([a, b])`. */
export function checkArray(given: unknown, verb: string): void {
  if (Array.isArray(given)) return;
  throw new TypeError(`Cannot ${verb} ${describe(given)}: expected an array of awaitables`);
}

/** Up to so many are compared with each other: a set takes longer to make. */
const FEW = 16;

/** True when one of them stands there twice. */
export function someTwice(starts: readonly Startable<unknown>[]): boolean {
  if (starts.length > FEW) return new Set(starts).size < starts.length;
  return starts.some((start, i) => starts.indexOf(start) < i);
}

/**
 * A future for each of `starts`, in their order. The same one given twice becomes one future, except a
 * function: each call of it is a coroutine of its own.
 *
 * @param twice What `someTwice` says of them.
 * @param home The loop; by default the first one's.
 */
export function startFutures<T>(
  starts: readonly Startable<T>[],
  twice: boolean,
  home: EventLoop | null = null,
): Future<T>[] {
  const futures: Future<T>[] = new Array(starts.length);
  let loop = home;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    const first = twice && typeof start !== "function" ? starts.indexOf(start) : i;
    const future: Future<T> = first < i ? futures[first]! : startFuture(start, loop);
    loop ??= future.getLoop();
    futures[i] = future;
  }
  return futures;
}
