/**
 * The loop over asynchronous values that each style has: `forEach` for generator coroutines, the language's
 * own `for await` for async functions.
 */
import { type Awaitable, type CoroutineGenerator, forEach } from "../../mod.ts";
import type { Style } from "../support/both_styles.ts";

/** A body that returns false breaks, in both. */
export function loopOver<T>(
  style: Style,
  it: AsyncIterable<T>,
  body: (value: T) => CoroutineGenerator<unknown>,
): Awaitable<void> {
  if (style.name === "generator") return forEach(it, body);
  const pass = style.define(body);
  return (async () => {
    for await (const value of it) {
      if (await pass(value) === false) break;
    }
  })();
}
