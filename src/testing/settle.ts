// Waiting, outside of a loop, until its tasks have done all that they can.

import type { EventLoop } from "../core/event_loop.ts";
import { getEventLoop } from "../core/current.ts";
import { immediate } from "../core/host.ts";

/**
 * Waits until a running loop has nothing ready and no async function is in the middle of a step: all its
 * tasks wait for time, for each other, or for something foreign. For tests that look at a loop from
 * outside; time does not move by it.
 *
 * @param loop By default the running or the default one.
 * @returns A promise.
 *
 * @example
 * ```ts
 * import { Future, createTask } from "@taskloop/asyncio";
 * import { settle } from "@taskloop/asyncio/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const gate = new Future<void>();
 * let steps = 0;
 * createTask(function* () {
 *   steps++;
 *   yield* gate;
 *   steps++;
 * });
 * await settle();
 * assertEquals(steps, 1);
 * gate.setResult();
 * await settle();
 * assertEquals(steps, 2);
 * ```
 */
export async function settle(loop: EventLoop = getEventLoop()): Promise<void> {
  do {
    await new Promise<void>((resolve) => immediate(resolve));
  } while (loop.isRunning() && !loop._isIdle());
}
