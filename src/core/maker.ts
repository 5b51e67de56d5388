// Names for waits that no operation object stands behind.

import type { EventLoop } from "./event_loop.ts";
import type { Future, Maker } from "./future.ts";

/**
 * Names a future that is to be waited for, in trees and pictures.
 *
 * @param name As `wait(3)`.
 * @param awaits What it stands for: who waits for it waits for these.
 */
export function nameWait(
  future: Future<unknown>,
  loop: EventLoop,
  name: string,
  awaits: Iterable<Future<unknown>>,
): void {
  const maker: Maker = { name, awaits };
  future._value = maker;
  loop._debug?.madeHere(maker);
}
