// Calling a method of an iterator, of whoever made it.

import type { Awaitable } from "../core/awaitable.ts";
import type { CoroutineGenerator } from "../core/coroutine.ts";
import { call, waitResult } from "../core/awaitable.ts";
import { EmittingGenerator } from "./async_generator.ts";

/**
 * Calls `method` of `iterable`, or of its iterator, as a part of the running task, and waits for its
 * result. Async code has to be entered for that; an asyncGenerator and plain iterables have none.
 */
export function* ask<R>(iterable: object, method: () => Awaitable<R> | R): CoroutineGenerator<R> {
  const plain = iterable instanceof EmittingGenerator || !(Symbol.asyncIterator in iterable);
  return yield* plain ? waitResult(method()) : call(method);
}
