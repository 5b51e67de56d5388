// What a task waits for, in a few words.

import type { Future } from "../core/future.ts";
import type { Task } from "../core/task.ts";
import { BodyFuture } from "../core/awaitable.ts";

/** A name for what `task` waits for after a step; null when it has only let others run. */
export function waitLabel(
  task: Task<unknown>,
  waitsFor: readonly Future<unknown>[] = task._waitsFor(),
): string | null {
  // An async function called in a generator: what that one waits for says more.
  const inner = waitsFor.filter((future) => !(future instanceof BodyFuture));
  const shown = inner.length > 0 ? inner : waitsFor;
  if (shown.length > 0) return shown.map((future) => future._label()).join(", ");
  return task._isAway() && task._isAsync() ? "a promise" : null;
}
