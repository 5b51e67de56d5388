// Closing what iterates when a block is left.

import type { AsyncContextManager } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { ask } from "./ask.ts";
import { GeneratorCoroutine, Immediate } from "../core/coroutine.ts";

/** What `aclosing` takes: any asynchronous generator or iterator. */
export interface Closable {
  /** Ends it; what it returns is waited for. */
  return?(): unknown;
}

/**
 * A context manager that closes `it` when the block is left: its `return()` is called and waited for. For
 * iterators that are advanced by hand; `for await` and `forEach` close by themselves.
 *
 * Its exit suspends while the cleanup waits. An error of the cleanup replaces the one that left the block.
 *
 * @param it An asynchronous generator or iterator. One without `return()` needs no closing.
 * @returns The manager; the block is given `it`.
 *
 * @example
 * ```ts
 * import { aclosing, asyncGenerator, asyncWith, emit, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: unknown[] = [];
 * const lines = asyncGenerator(function* () {
 *   try {
 *     yield* emit("header");
 *     yield* emit("row");
 *   } finally {
 *     events.push("closed");
 *   }
 * });
 * await run(function* () {
 *   yield* asyncWith(aclosing(lines()), function* (it) {
 *     events.push((yield* it.next()).value);
 *   });
 * });
 * assertEquals(events, ["header", "closed"]);
 * ```
 */
export function aclosing<T extends Closable>(it: T): AsyncContextManager<T> {
  return new Closing(it);
}

class Closing<T extends Closable> implements AsyncContextManager<T> {
  readonly #it: T;

  constructor(it: T) {
    this.#it = it;
  }

  enter(): Coroutine<T> {
    return new Immediate("aclosing.enter()", () => this.#it);
  }

  exit(): Coroutine<void> {
    const it = this.#it;
    const closing = ask(it, () => it.return?.());
    return new GeneratorCoroutine(closing as CoroutineGenerator<void>, "aclosing.exit()");
  }
}
