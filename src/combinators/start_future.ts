// How the combinators make a future of what they are given.

import type { EventLoop } from "../core/event_loop.ts";
import type { Future } from "../core/future.ts";
import type { Startable } from "../core/awaitable.ts";
import { ensureFuture } from "../core/awaitable.ts";
import { getEventLoop } from "../core/current.ts";

/** `ensureFuture`, for functions too. */
export function startFuture<T>(start: Startable<T>, loop: EventLoop | null = null): Future<T> {
  const home = loop ?? getEventLoop();
  return typeof start === "function" ? home.createTask(start) : ensureFuture(start, { loop: home });
}
