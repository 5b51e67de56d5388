// `async for`, for generator coroutines and for whoever wants the producer closed on every exit.

import type { Awaitable } from "../core/awaitable.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { ask } from "./ask.ts";
import { call, checkBody, isThenable } from "../core/awaitable.ts";
import { describe } from "../core/errors.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";

/**
 * `async for value in it: body(value)`. Whenever it ends - with the last value, by a break, an error or a
 * cancellation - the producer is closed first, and its cleanup is waited for; an error of that cleanup
 * replaces the one that ended the loop.
 *
 * It suspends where the producer or the body does. Cancelled there, it closes the producer and throws
 * CancelledError; a foreign producer that waits for something foreign is left when that arrives.
 *
 * @param it What `asyncGenerator` or a native `async function*` gives, any other async iterable, or a
 * plain iterable (whose values are not awaited).
 * @param body Given the value and its index; a generator function, an async function or a plain one. It
 * runs as a part of the calling task; returning `false` breaks.
 * @throws {TypeError} When `it` cannot be iterated, or `body` is no function.
 *
 * @example
 * ```ts
 * import { asyncGenerator, emit, forEach, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const count = asyncGenerator(function* () {
 *   for (let n = 0;; n++) yield* emit(n);
 * });
 * const seen: number[] = [];
 * await run(function* () {
 *   yield* forEach(count(), function* (n) {
 *     yield* sleep(1);
 *     seen.push(n);
 *     return n < 2;
 *   });
 * });
 * assertEquals(seen, [0, 1, 2]);
 * ```
 */
export function forEach<T>(
  it: AsyncIterable<T> | Iterable<T>,
  body: (value: T, index: number) => Awaitable<unknown> | unknown,
): Coroutine<void> {
  checkBody(body, "forEach");
  return new GeneratorCoroutine(each(checkIterable(it), body), "forEach");
}

function* each<T>(
  it: AsyncIterable<T> | Iterable<T>,
  body: (value: T, index: number) => Awaitable<unknown> | unknown,
): CoroutineGenerator<void> {
  const iterator = Symbol.asyncIterator in it ? it[Symbol.asyncIterator]() : it[Symbol.iterator]();
  // An error while waiting for a value is no proof that the producer has ended: a cancel can come
  // between its answer and us. Closing one that has ended does nothing.
  let open = true;
  try {
    for (let index = 0;; index++) {
      const step = yield* ask(it, () => iterator.next());
      if (step.done === true) {
        open = false;
        return;
      }
      if ((yield* call(body, step.value, index)) === false) return;
    }
  } finally {
    if (open) yield* ask(it, () => iterator.return?.());
  }
}

/** The iterable as an object, which a string is not. */
function checkIterable<T>(it: AsyncIterable<T> | Iterable<T>): AsyncIterable<T> | Iterable<T> {
  const given: unknown = typeof it === "string" ? Object(it) : it;
  const iterable = typeof given === "object" && given !== null && !isThenable(given) &&
    (Symbol.asyncIterator in given || Symbol.iterator in given);
  if (iterable) return given as AsyncIterable<T> | Iterable<T>;
  const hint = typeof given === "function"
    ? ", did you mean to call it?"
    : isThenable(given)
    ? ", did you mean to wait for it first?"
    : "";
  throw new TypeError(`Cannot iterate ${describe(given)}: expected an iterable${hint}`);
}
