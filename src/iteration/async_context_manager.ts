// `@asynccontextmanager`: a manager written as one generator, cut in two by `yield* provide(value)`.

import type { AsyncContextManager, BodyError } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { aroundBody, type HandedOut, handOut, Producer, type ValueOf } from "./producer.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { RuntimeError } from "../core/errors.ts";

/**
 * A context manager from a generator function with exactly one `yield* provide(value)`: what comes before
 * is the enter, what comes after is the exit. An error that leaves the block is thrown at the `provide`:
 * put it in `try`, and the cleanup in `finally`. A body that catches the error and ends has swallowed it.
 *
 * Enter and exit suspend where the body does, as a part of the task that uses the manager; a cancellation
 * in the block is an error like any other here.
 *
 * @param fn The generator function.
 * @returns A function with the same parameters that gives a manager, to be entered once.
 * @throws {TypeError} When `fn` is not a function; from the result, when `fn` gives no generator.
 * @throws {RuntimeError} From enter, when the body provides nothing or the manager was entered before;
 * from exit, when the body provides a second value.
 *
 * @example
 * ```ts
 * import { asyncContextManager, asyncWith, provide, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * const connection = asyncContextManager(function* (host: string) {
 *   yield* sleep(1);
 *   events.push("open");
 *   try {
 *     yield* provide(`connection to ${host}`);
 *   } finally {
 *     yield* sleep(1);
 *     events.push("close");
 *   }
 * });
 * await run(function* () {
 *   yield* asyncWith(connection("db"), (conn) => void events.push(conn));
 * });
 * assertEquals(events, ["open", "connection to db", "close"]);
 * ```
 */
export function asyncContextManager<A extends unknown[], Y>(
  fn: (...args: A) => Generator<Y, void, unknown>,
): (...args: A) => AsyncContextManager<ValueOf<Y>>;
/**
 * As above, with the types of the parameters and of the value given: `asyncContextManager<[string], Db>`.
 * They have to be where the `provide` is in a nested body.
 *
 * @param fn The generator function.
 * @returns A function with the same parameters that gives a manager, to be entered once.
 * @throws {TypeError} When `fn` is not a function; from the result, when `fn` gives no generator.
 *
 * @example
 * ```ts
 * import { asyncContextManager, asyncWith, provide, run, timeout } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const connection = asyncContextManager<[string], string>(function* (host) {
 *   yield* asyncWith(timeout(1000), function* () {
 *     yield* provide(`connection to ${host}`);
 *   });
 * });
 * assertEquals(await run(() => asyncWith(connection("db"), (conn) => conn)), "connection to db");
 * ```
 */
export function asyncContextManager<A extends unknown[], T>(
  fn: (...args: A) => Generator<unknown, void, unknown>,
): (...args: A) => AsyncContextManager<T>;
export function asyncContextManager<A extends unknown[], T>(
  fn: (...args: A) => Generator<unknown, void, unknown>,
): (...args: A) => AsyncContextManager<T> {
  return aroundBody(fn, "an asynchronous context manager", (body, name) => {
    return new GeneratorManager<T>(new Producer(name, "provide", body));
  });
}

/**
 * Hands the value to the block of an `asyncContextManager` and goes on when the block is left:
 * `yield* provide(value)`. The error that left the block, if any, is thrown here.
 *
 * @param value What the block is called with; nothing for none.
 * @returns To be delegated to with `yield*`.
 *
 * @example
 * ```ts
 * import { asyncContextManager, asyncWith, provide, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const answer = asyncContextManager(function* () {
 *   yield* provide(42);
 * });
 * assertEquals(await run(() => asyncWith(answer(), (n) => n + 1)), 43);
 * ```
 */
export function provide<T = void>(value: T): Generator<HandedOut<T>, void, unknown> {
  return handOut("provide", value);
}

type ManagerState = "new" | "entered" | "left";

class GeneratorManager<T> implements AsyncContextManager<T> {
  readonly #producer: Producer<T>;
  #state: ManagerState = "new";

  constructor(producer: Producer<T>) {
    this.#producer = producer;
  }

  enter(): Coroutine<T> {
    return new GeneratorCoroutine(this.#enter(), `${this.#producer.name}.enter()`);
  }

  exit(error: BodyError | null): Coroutine<boolean> {
    return new GeneratorCoroutine(this.#exit(error), `${this.#producer.name}.exit()`);
  }

  *#enter(): CoroutineGenerator<T> {
    this.#advance("enter", "new", "entered");
    const step = yield* this.#producer.resume(null);
    if (step.done !== true) return step.value;
    throw new RuntimeError(
      `Cannot enter ${this.#producer.name}: it ended without yield* provide(...), expected one`,
    );
  }

  *#exit(error: BodyError | null): CoroutineGenerator<boolean> {
    this.#advance("exit", "entered", "left");
    let step: IteratorResult<T, void>;
    try {
      step = yield* this.#producer.resume(error);
    } catch (thrown) {
      if (error !== null && thrown === error.error) return false;
      throw thrown;
    }
    if (step.done === true) return error !== null;
    try {
      throw new RuntimeError(
        `Cannot exit ${this.#producer.name}: it provided a second value, expected it to end`,
      );
    } finally {
      yield* this.#producer.close();
    }
  }

  #advance(what: string, from: ManagerState, to: ManagerState): void {
    if (this.#state !== from) {
      throw new RuntimeError(
        `Cannot ${what} ${this.#producer.name}: it is ${this.#state}, expected it ${from}`,
      );
    }
    this.#state = to;
  }
}
