/** Very many tasks that are cancelled, each with something to clean up. */

import {
  asyncio,
  bluebird,
  effect,
  effection,
  limit,
  ours,
  oursAsync,
  promises,
  type Row,
  trio,
} from "../row.ts";

export const CANCEL: readonly Row[] = [
  {
    part: "Cancelling",
    work: "cancel storm of 100,000, a task",
    n: 100_000,
    fewer: 10_000,
    entrants: [
      limit("cancel", "cancelStorm"),
      ours("cancel", "cancelStorm", "task.cancel(), wait(tasks)"),
      oursAsync("asyncCancelStorm", "task.cancel(), wait(tasks)"),
      promises("cancel", "cancelStorm", "an AbortController each, Promise.allSettled", {
        less: "each wait listens to its signal by hand",
      }),
      bluebird("cancelStorm", "promise.cancel()"),
      { ...effect("cancelStorm", "Fiber.interruptAll"), isSlow: false },
      effection("cancelStorm", "yield* task.halt()", { n: 5_000 }),
      ...asyncio("cancel_storm", "task.cancel(), asyncio.wait(tasks)"),
      trio("cancel_storm", "nursery.cancel_scope.cancel()"),
    ],
  },
  {
    part: "Cancelling",
    work: "group of 100,000, the last fails, a child",
    n: 100_000,
    fewer: 10_000,
    entrants: [
      limit("cancel", "groupFailure"),
      ours("cancel", "groupFailure", "TaskGroup"),
      oursAsync("asyncGroupFailure", "TaskGroup"),
      promises("cancel", "groupFailure", "Promise.all, an AbortController each", {
        less: "each wait listens to its signal by hand",
      }),
      { ...effect("groupFailure", 'Effect.all(…, { concurrency: "unbounded" })'), isSlow: false },
      effection("groupFailure", "yield* all(operations)", { n: 5_000 }),
      ...asyncio("group_failure", "asyncio.TaskGroup"),
      trio("group_failure", "a nursery"),
    ],
  },
];
