// The word between a waiting operation and the driver of its coroutine.

import type { Future } from "./future.ts";

/**
 * What `yield*` on a future or an operation hands to the driver: always this object, so that a `yield`
 * without the star is told apart, and that waiting makes no garbage. `value` is the future to wait for,
 * or null to run again in the next iteration.
 */
export const PARK: { readonly done: false; value: Future<unknown> | null } = {
  done: false,
  value: null,
};

/** Leaves the rest of this iteration to others: the answer of an operation that waits for nothing. */
export function parkOnce<T>(): IteratorResult<Future<unknown>, T> {
  PARK.value = null;
  return PARK as unknown as IteratorResult<Future<unknown>, T>;
}
