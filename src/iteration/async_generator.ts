// `async def` with `yield`, written as a generator coroutine.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { aroundBody, type HandedOut, handOut, Producer, type ValueOf } from "./producer.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { waitResult } from "../core/awaitable.ts";

/** A step of an asynchronous generator: for `yield*`, and the promise that `for await` asks for. */
export type GeneratorStep<T> = Coroutine<T> & Promise<T>;

/**
 * What functions made by `asyncGenerator` return: an AsyncGenerator whose steps are lazy, single-use
 * coroutines. Only one of them may run at a time.
 */
export interface CoroutineAsyncGenerator<T> extends AsyncGenerator<T, void, void> {
  /** Runs the body to its next `emit` or its end. */
  next(): GeneratorStep<IteratorResult<T, void>>;
  /** Closes it: the body's cleanup runs, and is waited for. */
  return(value?: void | PromiseLike<void>): GeneratorStep<IteratorResult<T, void>>;
  /** Throws `error` at the `emit` where the body stands, and runs it to its next one or its end. */
  throw(error: unknown): GeneratorStep<IteratorResult<T, void>>;
  /** Itself, for `for await`. */
  [Symbol.asyncIterator](): CoroutineAsyncGenerator<T>;
  /** As `return()`, for `await using`. */
  [Symbol.asyncDispose](): GeneratorStep<void>;
}

/**
 * An asynchronous generator written as a generator coroutine: `yield* emit(value)` hands a value out, and
 * every other `yield*` waits. The result works with `for await` and with `forEach`.
 *
 * The body runs as a part of the task that consumes it: `currentTask()` is the consumer, and cancelling
 * the consumer throws CancelledError where the body waits. Two tasks that ask at once are a RuntimeError.
 *
 * A consumer that ends early closes the generator: at its `emit` the body sees a CancelledError, so
 * `finally` blocks run, may wait, and are waited for. A `catch` that takes everything sees it too and must
 * throw it again; a body that goes on to emit is a RuntimeError. A generator that was begun and dropped
 * without closing never runs its cleanup.
 *
 * An `emit` inside a TaskGroup or a timeout leaves the group or the deadline in force while the consumer
 * has the value, and both cancel the consuming task, wherever it is.
 *
 * @param fn The generator function.
 * @returns A function with the same parameters. Calling it runs nothing yet.
 * @throws {TypeError} When `fn` is not a function; from the result, when `fn` gives no generator.
 *
 * @example
 * ```ts
 * import { asyncGenerator, emit, forEach, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: unknown[] = [];
 * const ticks = asyncGenerator(function* (n: number) {
 *   try {
 *     for (let i = 0; i < n; i++) {
 *       yield* sleep(1);
 *       yield* emit(i);
 *     }
 *   } finally {
 *     yield* sleep(1);
 *     events.push("closed");
 *   }
 * });
 * await run(async () => {
 *   for await (const i of ticks(5)) {
 *     events.push(i);
 *     if (i === 1) break;
 *   }
 *   events.push("after the loop");
 * });
 * assertEquals(events, [0, 1, "closed", "after the loop"]);
 * ```
 */
export function asyncGenerator<A extends unknown[], Y>(
  fn: (...args: A) => Generator<Y, void, unknown>,
): (...args: A) => CoroutineAsyncGenerator<ValueOf<Y>>;
/**
 * As above, with the types of the parameters and of the values given: `asyncGenerator<[string], number>`.
 * They have to be where every `emit` is in a nested body.
 *
 * @param fn The generator function.
 * @returns A function with the same parameters. Calling it runs nothing yet.
 * @throws {TypeError} When `fn` is not a function; from the result, when `fn` gives no generator.
 *
 * @example
 * ```ts
 * import { asyncGenerator, asyncWith, emit, forEach, run, timeout } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const count = asyncGenerator<[number], number>(function* (n) {
 *   yield* asyncWith(timeout(1000), function* () {
 *     for (let i = 0; i < n; i++) yield* emit(i);
 *   });
 * });
 * const seen: number[] = [];
 * await run(() => forEach(count(3), (i) => void seen.push(i)));
 * assertEquals(seen, [0, 1, 2]);
 * ```
 */
export function asyncGenerator<A extends unknown[], T>(
  fn: (...args: A) => Generator<unknown, void, unknown>,
): (...args: A) => CoroutineAsyncGenerator<T>;
export function asyncGenerator<A extends unknown[], T>(
  fn: (...args: A) => Generator<unknown, void, unknown>,
): (...args: A) => CoroutineAsyncGenerator<T> {
  return aroundBody(fn, "an asynchronous generator", (body, name) => {
    return new EmittingGenerator<T>(new Producer(name, "emit", body));
  });
}

/**
 * Hands a value to the consumer of an `asyncGenerator`, and goes on when it asks for the next one:
 * `yield* emit(value)`. When the generator is closed meanwhile, CancelledError is thrown here.
 *
 * @param value Anything; a promise is handed out as it is.
 * @returns To be delegated to with `yield*`.
 *
 * @example
 * ```ts
 * import { asyncGenerator, emit, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const word = asyncGenerator(function* () {
 *   yield* emit("hello");
 * });
 * await run(function* () {
 *   assertEquals(yield* word().next(), { done: false, value: "hello" });
 * });
 * ```
 */
export function emit<T>(value: T): Generator<HandedOut<T>, void, unknown> {
  return handOut("emit", value);
}

/** A coroutine with the rest of a promise's interface. */
class Step<T> extends GeneratorCoroutine<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = "Promise";

  catch<E = never>(onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null): Promise<T | E> {
    return Promise.resolve(this).catch(onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<T> {
    return Promise.resolve(this).finally(onfinally);
  }
}

/** What `asyncGenerator` gives. */
export class EmittingGenerator<T> implements CoroutineAsyncGenerator<T> {
  readonly #producer: Producer<T>;

  constructor(producer: Producer<T>) {
    this.#producer = producer;
  }

  next(): Step<IteratorResult<T, void>> {
    return this.#step(this.#producer.resume(null), "next()");
  }

  return(value?: void | PromiseLike<void>): Step<IteratorResult<T, void>> {
    return this.#step(this.#return(value), "return()");
  }

  throw(error: unknown): Step<IteratorResult<T, void>> {
    return this.#step(this.#producer.resume({ error }), "throw()");
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Step<void> {
    return this.#step(this.#producer.close(), "return()");
  }

  #step<R>(generator: CoroutineGenerator<R>, method: string): Step<R> {
    return new Step(generator, `${this.#producer.name}.${method}`);
  }

  *#return(value: void | PromiseLike<void>): CoroutineGenerator<IteratorResult<T, void>> {
    yield* this.#producer.close();
    return { done: true, value: yield* waitResult(value) };
  }
}
