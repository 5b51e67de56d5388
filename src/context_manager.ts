// What stands around a body: called before it, and told how it ended.

import type { Awaitable } from "./core/awaitable.ts";

/** How a body was left, when by an error. */
export interface BodyError {
  /** What was thrown; anything can be. */
  error: unknown;
}

/** Python's asynchronous context manager. */
export interface AsyncContextManager<T> {
  /** Before the body. Gives what the body is called with. */
  enter(): Awaitable<T>;
  /**
   * After the body, however it was left.
   *
   * @param error What left the body, or null.
   * @returns True to swallow the error.
   */
  exit(error: BodyError | null): Awaitable<boolean | void>;
}
