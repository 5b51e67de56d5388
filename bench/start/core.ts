// The core alone: coroutines, futures, tasks, the loop, `run`, and the first few ways to wait.

export { ensureFuture, isAwaitable, wrapFuture } from "../../src/core/awaitable.ts";
export { Coroutine, coroutine, isCoroutine } from "../../src/core/coroutine.ts";
export { currentTask, getEventLoop, getRunningLoop } from "../../src/core/current.ts";
export { EventLoop } from "../../src/core/event_loop.ts";
export { Future, isFuture } from "../../src/core/future.ts";
export { allTasks, createTask, Task } from "../../src/core/task.ts";
export { gather } from "../../src/combinators/gather.ts";
export { sleep } from "../../src/combinators/sleep.ts";
export { run, Runner } from "../../src/run.ts";
