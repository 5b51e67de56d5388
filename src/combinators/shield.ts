// A wait that can be cancelled without cancelling what is waited for.

import type { Awaitable } from "../core/awaitable.ts";
import type { Future } from "../core/future.ts";
import { ensureFuture } from "../core/awaitable.ts";
import { nameWait } from "../core/maker.ts";

/**
 * Waits for `aw` without passing a cancellation on to it: who waits gets CancelledError, `aw` runs on,
 * now on its own. To have the caller wait for it instead, use `shieldScope`.
 *
 * @param aw A coroutine, future or promise.
 * @returns A future of the same result; `aw` itself when it is a future that is done.
 * @throws {TypeError} When it is not awaitable.
 *
 * @example
 * ```ts
 * import { createTask, run, shield, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const inner = createTask(sleep(5, "paid"));
 *   const caller = createTask(function* () {
 *     return yield* shield(inner);
 *   });
 *   yield* sleep(0);
 *   caller.cancel();
 *   assertEquals(yield* inner, "paid");
 *   assertEquals(caller.cancelled(), true);
 * });
 * ```
 */
export function shield<T>(aw: Awaitable<T>): Future<T> {
  const inner = ensureFuture(aw);
  if (inner.done()) return inner;
  const outer = inner.getLoop().createFuture<T>();
  nameWait(outer, inner.getLoop(), "shield", [inner]);
  const onInner = () => {
    if (outer.cancelled()) {
      if (!inner.cancelled()) inner.exception(); // looked at
    } else if (inner.cancelled()) outer.cancel();
    else {
      const error = inner.exception();
      if (error === null) outer.setResult(inner.result());
      else outer.setException(error);
    }
  };
  inner.addDoneCallback(onInner);
  outer.addDoneCallback(() => {
    if (!inner.done()) inner.removeDoneCallback(onInner);
  });
  return outer;
}
