// A block that a cancellation waits for.

import type { Awaitable } from "./core/awaitable.ts";
import type { Coroutine, CoroutineGenerator } from "./core/coroutine.ts";
import { CancelledError } from "./core/errors.ts";
import { createTask } from "./core/task.ts";
import { currentTask } from "./core/current.ts";
import { GeneratorCoroutine } from "./core/coroutine.ts";
import { wait } from "./combinators/wait.ts";

/**
 * Runs the body out of reach of cancellation of the calling task. Unlike `shield`, the caller waits for
 * the body to end; a cancellation that came meanwhile is delivered then. Timeouts inside the body work.
 *
 * The body runs as a task of its own, in the caller's context.
 *
 * @param body An async function or a generator function.
 * @returns What the body returns.
 * @throws {CancelledError} After the body, when the caller was cancelled meanwhile.
 *
 * @example
 * ```ts
 * import { createTask, run, shieldScope, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * await run(function* () {
 *   const task = createTask(function* () {
 *     yield* shieldScope(function* () {
 *       yield* sleep(5);
 *       events.push("paid");
 *     });
 *   });
 *   yield* sleep(0);
 *   task.cancel();
 *   try {
 *     yield* task;
 *   } catch {
 *     events.push("cancelled");
 *   }
 * });
 * assertEquals(events, ["paid", "cancelled"]);
 * ```
 */
export function shieldScope<R>(body: () => Awaitable<R> | R): Coroutine<R> {
  return new GeneratorCoroutine(shielded(body), "shieldScope");
}

function* shielded<R>(body: () => Awaitable<R> | R): CoroutineGenerator<R> {
  const caller = currentTask()!;
  const inner = createTask<R>(body, { name: `${caller.name} (shielded)`, context: caller.context });
  let cancelled: CancelledError | null = null;
  while (!inner.done()) {
    try {
      yield* wait([inner]);
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      cancelled = error;
    }
  }
  if (cancelled === null) return inner.result();
  if (inner.cancelled() || inner.exception() === null) throw cancelled;
  // The body's error comes first; the request stays and is delivered at the next wait.
  caller.uncancel();
  caller.cancel(cancelled.message || undefined);
  return inner.result();
}
