// What a task waits for, in a few words.

import type { Future } from "./future.ts";
import type { Task } from "./task.ts";
import { BodyFuture } from "./awaitable.ts";

/** Of a task that waits for very many, so many are named. */
const NAMED = 3;

/** A name for what `task` waits for after a step; null when it has only let others run. */
export function waitLabel(
  task: Task<unknown>,
  waitsFor: readonly Future<unknown>[] = task._waitsFor(),
): string | null {
  const shown = shownWaits(waitsFor);
  if (shown.length === 0) return task._isAway() && task._isAsync() ? "a promise" : null;
  const names = shown.slice(0, NAMED).map((future) => future._label());
  const more = shown.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** All that it waits for, without what says less than the rest. */
export function shownWaits(waitsFor: readonly Future<unknown>[]): readonly Future<unknown>[] {
  if (waitsFor.length < 2) return waitsFor;
  // An async function called in a generator: what that one waits for says more.
  const inner = waitsFor.filter((future) => !(future instanceof BodyFuture));
  return inner.length > 0 ? inner : waitsFor;
}
