// Who is running now. During a synchronous step it is a plain variable; inside async functions, after an
// await, it is asked of the async context.

import type { Context } from "./context.ts";
import type { EventLoop } from "./event_loop.ts";
import type { Task } from "./task.ts";
import { asyncScope, enterScope, leaveScope } from "./async_context.ts";
import { RuntimeError } from "./errors.ts";

/** Written by the loop and by drivers around every step; `loop` is null outside of steps. */
export const running: {
  loop: EventLoop | null;
  task: Task<unknown> | null;
  /** Set while `Context.run`, or a callback with a context, is on the stack. */
  context: Context | null;
} = { loop: null, task: null, context: null };

let defaultLoop: EventLoop | null = null;
let makeDefaultLoop: (() => EventLoop) | null = null;

/** Called once by the event loop's own module, which this one cannot import. */
export function provideDefaultLoop(make: () => EventLoop): void {
  makeDefaultLoop = make;
}

/** The task that runs now, or null: in a callback, or outside of any loop. */
export function runningTask(): Task<unknown> | null {
  return running.loop !== null ? running.task : asyncScope()?.scopeTask ?? null;
}

/** The loop that runs now, or null outside of any. */
export function runningLoop(): EventLoop | null {
  return running.loop ?? scopedLoop();
}

/** Apart, as all that is seldom asked: V8 puts what is small into who calls it, and the eager bench tells. */
function scopedLoop(): EventLoop | null {
  return asyncScope()?.scopeLoop ?? null;
}

/** Runs `fn` as code that belongs to no task and no loop. */
export function runOutside<R>(fn: () => R): R {
  return runIn(null, fn);
}

/** Runs `fn` as code that belongs to a loop and to none of its tasks. */
export function runInLoop<R>(loop: EventLoop, fn: () => R): R {
  return runIn(loop, fn);
}

function runIn<R>(home: EventLoop | null, fn: () => R): R {
  const { loop, task, context } = running;
  running.loop = home;
  running.task = running.context = null;
  try {
    return home === null ? leaveScope(fn) : enterScope(home, fn);
  } finally {
    running.loop = loop;
    running.task = task;
    running.context = context;
  }
}

/**
 * The loop of the running task or callback.
 *
 * @returns The running loop.
 * @throws {RuntimeError} Outside of any task or callback.
 *
 * @example
 * ```ts
 * import { getRunningLoop, run } from "@taskloop/asyncio";
 *
 * await run(function* () {
 *   console.log(getRunningLoop().time());
 * });
 * ```
 */
export function getRunningLoop(): EventLoop {
  const loop = runningLoop();
  if (loop === null) {
    throw new RuntimeError(
      "Cannot get the running event loop: nothing of a loop is running, expected a task or a callback",
    );
  }
  return loop;
}

/**
 * The running loop; outside of any task or callback (top-level code, a notebook cell) the module's
 * default loop, which is made on first use and always runs.
 *
 * @returns The loop that new tasks and futures belong to here.
 *
 * @example
 * ```ts
 * import { getEventLoop } from "@taskloop/asyncio";
 *
 * getEventLoop().callSoon(console.log, "from the default loop");
 * ```
 */
export function getEventLoop(): EventLoop {
  return runningLoop() ?? theDefaultLoop();
}

function theDefaultLoop(): EventLoop {
  if (defaultLoop === null || defaultLoop.isClosed()) defaultLoop = makeDefaultLoop!();
  return defaultLoop;
}

/**
 * The task that is running now.
 *
 * @param loop Ask about this loop instead of the running one.
 * @returns The task, or null in a callback and outside of any loop.
 *
 * @example
 * ```ts
 * import { currentTask, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   currentTask()!.name = "main";
 *   assertEquals(currentTask()?.name, "main");
 * });
 * assertEquals(currentTask(), null);
 * ```
 */
export function currentTask(loop?: EventLoop): Task<unknown> | null {
  return loop === undefined || loop === runningLoop() ? runningTask() : null;
}
