// Any number of `async with` blocks around one body, entered as it goes.

import type { AsyncContextManager, BodyError } from "../context_manager.ts";
import type { Awaitable } from "../core/awaitable.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { call } from "../core/awaitable.ts";
import { checkManager } from "../async_with.ts";
import { describe } from "../core/errors.ts";
import { GeneratorCoroutine, Immediate } from "../core/coroutine.ts";

/** What is called when a block is left: the exit of a manager, without the manager. */
export type AsyncExit = (error: BodyError | null) => Awaitable<boolean | void> | boolean | void;

/**
 * Enters managers one by one and leaves them together, the last first, as nested `asyncWith` would: each
 * exit is told of the error that comes from inside, may swallow it, and one that throws replaces it for
 * those outside. All exits are called, whatever the others do.
 *
 * Use it with `asyncWith`, with `await using`, or call `aclose()`. A disposer is never told whether the
 * block threw, so under `await using` the exits see no error.
 *
 * @example
 * ```ts
 * import { AsyncExitStack, asyncWith, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * await run(() =>
 *   asyncWith(new AsyncExitStack(), function* (stack) {
 *     for (const name of ["a", "b"]) {
 *       stack.pushAsyncCallback(function* () {
 *         yield* sleep(1);
 *         events.push(`close ${name}`);
 *       });
 *     }
 *     events.push("body");
 *   })
 * );
 * assertEquals(events, ["body", "close b", "close a"]);
 * ```
 */
export class AsyncExitStack implements AsyncContextManager<AsyncExitStack>, AsyncDisposable {
  #exits: AsyncExit[] = [];

  /**
   * Enters a manager; its exit runs when the stack is left. Cancelled or failing in the enter, nothing is
   * left to exit.
   *
   * @param cm The manager.
   * @returns What its enter gives.
   * @throws {TypeError} When it is not a context manager.
   */
  enterAsyncContext<T>(cm: AsyncContextManager<T>): Coroutine<T> {
    checkManager(cm);
    return new GeneratorCoroutine(this.#enterManager(cm), "AsyncExitStack.enterAsyncContext()");
  }

  /**
   * Adds an exit without an enter.
   *
   * @param exit A manager that was entered already, or a function that is told of the error like an exit;
   * returning true swallows it.
   * @throws {TypeError} When it is neither.
   */
  pushAsyncExit(exit: AsyncContextManager<unknown> | AsyncExit): void {
    if (typeof exit === "function") this.#exits.push(exit);
    else {
      checkManager(exit);
      this.#exits.push((error) => exit.exit(error));
    }
  }

  /**
   * Adds a function to call. It cannot swallow an error.
   *
   * @param fn A generator function, an async function or a plain one.
   * @throws {TypeError} When it is not a function.
   */
  pushAsyncCallback(fn: () => Awaitable<unknown> | unknown): void {
    if (typeof fn !== "function") {
      throw new TypeError(`Cannot push ${describe(fn)}: expected a function`);
    }
    this.#exits.push(function* () {
      yield* call(fn);
    });
  }

  /**
   * Moves everything to a new stack: leaving this one calls nothing then.
   *
   * @returns The new stack.
   */
  popAll(): AsyncExitStack {
    const stack = new AsyncExitStack();
    stack.#exits = this.#exits;
    this.#exits = [];
    return stack;
  }

  /**
   * Leaves the stack now, as after a block without an error. It suspends where the exits do. Cancelled
   * there, the exit that waits gets the CancelledError, and the others are still called, with it.
   */
  aclose(): Coroutine<void> {
    return new GeneratorCoroutine(this.#close(), "AsyncExitStack.aclose()");
  }

  /** Gives the stack, and changes nothing: it can be filled before and after. Never suspends. */
  enter(): Coroutine<AsyncExitStack> {
    return new Immediate("AsyncExitStack.enter()", () => this);
  }

  /**
   * Calls the exits, the last first. Suspends and is cancelled as `aclose`.
   *
   * @param error What left the block.
   * @returns True when one of them swallowed the error.
   * @throws What an exit threw last, unless one further out swallowed it.
   */
  exit(error: BodyError | null): Coroutine<boolean> {
    return new GeneratorCoroutine(this.#unwind(error), "AsyncExitStack.exit()");
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Coroutine<void> {
    return this.aclose();
  }

  *#enterManager<T>(cm: AsyncContextManager<T>): CoroutineGenerator<T> {
    const value = yield* call(() => cm.enter());
    this.pushAsyncExit(cm);
    return value;
  }

  *#close(): CoroutineGenerator<void> {
    yield* this.#unwind(null);
  }

  *#unwind(body: BodyError | null): CoroutineGenerator<boolean> {
    let current = body;
    let replaced = false;
    for (;;) {
      const exit = this.#exits.pop();
      if (exit === undefined) break;
      try {
        if ((yield* call(exit, current)) !== true) continue;
        current = null;
        replaced = false;
      } catch (error) {
        current = { error };
        replaced = true;
      }
    }
    if (replaced) throw current!.error;
    return body !== null && current === null;
  }
}
