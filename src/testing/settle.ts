// Waiting until the tasks of a loop have done all that they can.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { describe } from "../core/errors.ts";
import { EventLoop } from "../core/event_loop.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { getEventLoop, getRunningLoop } from "../core/current.ts";
import { immediate } from "../core/host.ts";
import { PromiseFuture } from "../core/awaitable.ts";

/**
 * Waits until a running loop has nothing ready and no async function is in the middle of a step: all its
 * other tasks wait for time, for each other, or for something foreign. For tests, inside of a task or from
 * outside of the loop; virtual time does not move by it. Cancelling it has no effect on the others.
 *
 * @param loop By default the running or the default one; one that does not run is settled.
 * @returns Nothing.
 * @throws {TypeError} When it is no event loop.
 *
 * @example
 * ```ts
 * import { createTask, Future, run } from "@taskloop/asyncio";
 * import { settle } from "@taskloop/asyncio/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const gate = new Future<void>();
 *   let steps = 0;
 *   createTask(function* () {
 *     steps++;
 *     yield* gate;
 *     steps++;
 *   });
 *   yield* settle();
 *   assertEquals(steps, 1);
 *   gate.setResult();
 *   yield* settle();
 *   assertEquals(steps, 2);
 * });
 * ```
 */
export function settle(loop: EventLoop = getEventLoop()): Coroutine<void> {
  if (!(loop instanceof EventLoop)) {
    throw new TypeError(`Cannot settle ${describe(loop)}: expected an event loop`);
  }
  return new GeneratorCoroutine(settling(loop), "settle()");
}

function* settling(loop: EventLoop): CoroutineGenerator<void> {
  let wanted = true;
  const idle = new Promise<void>((resolve) => {
    const look = () => {
      if (wanted && loop.isRunning() && !loop._isIdle()) immediate(look);
      else resolve();
    };
    immediate(look);
  });
  try {
    yield* new PromiseFuture(idle, getRunningLoop());
  } finally {
    wanted = false;
  }
}
