/**
 * Python's asyncio as a TypeScript module: tasks that can be cancelled, groups that clean up after
 * themselves, timeouts, and a loop that tests can drive.
 *
 * @example
 * ```ts
 * import { gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * function* job(n: number) {
 *   yield* sleep(n);
 *   return n * 10;
 * }
 * assertEquals(await run(() => gather([job(1), job(2), job(3)])), [10, 20, 30]);
 * ```
 *
 * @module
 */

export {
  type Awaitable,
  ensureFuture,
  isAwaitable,
  type Startable,
  wrapFuture,
} from "./src/core/awaitable.ts";
export type { Clock } from "./src/core/clock.ts";
export { Context, ContextVar, copyContext, type Token } from "./src/core/context.ts";
export {
  Coroutine,
  coroutine,
  type CoroutineGenerator,
  isCoroutine,
} from "./src/core/coroutine.ts";
export { currentTask, getEventLoop, getRunningLoop } from "./src/core/current.ts";
export {
  BrokenBarrierError,
  CancelledError,
  InvalidStateError,
  KeyboardInterrupt,
  LookupError,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RuntimeError,
  TimeoutError,
} from "./src/core/errors.ts";
export {
  EventLoop,
  type EventLoopOptions,
  type ExceptionContext,
  type TaskFactory,
} from "./src/core/event_loop.ts";
export { ExceptionGroup } from "./src/core/exception_group.ts";
export { DebugWarning, type DebugWarningKind } from "./src/core/debug_warning.ts";
export { type DoneCallback, Future, isFuture } from "./src/core/future.ts";
export { Handle, TimerHandle } from "./src/core/handle.ts";
export type { Instrument } from "./src/core/instruments.ts";
export type { Scheduler } from "./src/core/scheduler.ts";
export { allTasks, createTask, eagerTaskFactory, Task, type TaskOptions } from "./src/core/task.ts";

export { asCompleted, type AsCompletedOptions } from "./src/combinators/as_completed.ts";
export {
  gather,
  type ResultOf,
  type ResultsOf,
  type ResultsOrErrorsOf,
} from "./src/combinators/gather.ts";
export { race } from "./src/combinators/race.ts";
export { shield } from "./src/combinators/shield.ts";
export { sleep } from "./src/combinators/sleep.ts";
export {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  wait,
  type Waited,
  type WaitOptions,
} from "./src/combinators/wait.ts";
export { waitFor } from "./src/combinators/wait_for.ts";

export { aclosing, type Closable } from "./src/iteration/aclosing.ts";
export { asyncContextManager, provide } from "./src/iteration/async_context_manager.ts";
export { type AsyncExit, AsyncExitStack } from "./src/iteration/async_exit_stack.ts";
export {
  asyncGenerator,
  type CoroutineAsyncGenerator,
  emit,
  type GeneratorStep,
} from "./src/iteration/async_generator.ts";
export { forEach } from "./src/iteration/for_each.ts";

export type { AsyncContextManager, BodyError } from "./src/context_manager.ts";
export { asyncWith } from "./src/async_with.ts";
export { run, Runner, type RunOptions } from "./src/run.ts";
export { shieldScope } from "./src/shield_scope.ts";
export { TaskGroup, type TaskGroupOptions } from "./src/task_group.ts";
export { moveOnAfter, Timeout, timeout, timeoutAt } from "./src/timeout.ts";

export { Barrier, type BarrierState, type BarrierStatistics } from "./src/sync/barrier.ts";
export { BoundedSemaphore } from "./src/sync/bounded_semaphore.ts";
export { CapacityLimiter, type CapacityLimiterStatistics } from "./src/sync/capacity_limiter.ts";
export { Condition, type ConditionStatistics } from "./src/sync/condition.ts";
export { Event, type EventStatistics } from "./src/sync/event.ts";
export { Lock, type LockStatistics } from "./src/sync/lock.ts";
export { Semaphore, type SemaphoreStatistics } from "./src/sync/semaphore.ts";

export { Broadcast, broadcast, type BroadcastStatistics } from "./src/queues/broadcast.ts";
export { LifoQueue } from "./src/queues/lifo_queue.ts";
export { PriorityQueue } from "./src/queues/priority_queue.ts";
export { Queue, type QueueStatistics } from "./src/queues/queue.ts";
export type { Subscription, SubscriptionWatch } from "./src/queues/subscription.ts";

export type {
  Executor,
  Job,
  MapOptions,
  ModuleJob,
  ShutdownOptions,
  SubmitOptions,
} from "./src/core/executor.ts";
export {
  BrokenExecutor,
  type ErrorClass,
  registerError,
  RemoteError,
} from "./src/executors/error_classes.ts";
export { InlineExecutor } from "./src/executors/inline_executor.ts";
export {
  checkCancelled,
  type JobInfo,
  jobInfo,
  jobSignal,
  reportProgress,
} from "./src/executors/job_api.ts";
export { type ModuleJobs, moduleJobs } from "./src/executors/module_jobs.ts";
export { type ExecutorStats, PoolExecutor } from "./src/executors/pool_executor.ts";
export type { Initializer, PoolOptions, WorkerPermissions } from "./src/executors/pool_options.ts";
export { ProcessPoolExecutor } from "./src/executors/process_pool_executor.ts";
export { ThreadPoolExecutor } from "./src/executors/thread_pool_executor.ts";
export { toThread } from "./src/executors/to_thread.ts";
export { transfer } from "./src/executors/transfer.ts";

export {
  type CallGraph,
  captureCallGraph,
  formatCallGraph,
  printCallGraph,
} from "./src/inspect/call_graph.ts";
export { dumpOnSignal, type DumpOptions } from "./src/inspect/dump_on_signal.ts";
export { formatTaskTree } from "./src/inspect/task_tree.ts";
export type {
  TraceLane,
  TraceMark,
  TraceOutcome,
  TraceRange,
  TraceSpan,
} from "./src/inspect/trace.ts";
export { Tracer } from "./src/inspect/tracer.ts";
export type { TimelineTextOptions } from "./src/inspect/timeline_text.ts";
export type { TimelineSvgOptions } from "./src/inspect/timeline_svg.ts";
export type { TimelineTheme } from "./src/inspect/timeline_style.ts";

// Types that signatures mention; a program has no use for them.
export type { Alarm } from "./src/core/alarm.ts";
export type { AsyncScope } from "./src/core/async_context.ts";
export type { Driver } from "./src/core/drivers.ts";
export type { FutureState } from "./src/core/future.ts";
export type { DebugMonitor } from "./src/core/debug.ts";
export type { Maker } from "./src/core/future.ts";
export type { Failure } from "./src/core/reports.ts";
export type { GeneratorOwner } from "./src/core/step.ts";
export type { Instruments } from "./src/core/instruments.ts";
export type { Runnable } from "./src/core/ready_queue.ts";
export type { Timed, TimerKeeper } from "./src/core/timed.ts";
export type { Timers } from "./src/core/timers.ts";
export type { Waiting } from "./src/core/task.ts";
export type { Place, WaitQueue } from "./src/core/wait_queue.ts";
export type { Acquirable } from "./src/sync/acquirable.ts";
export type { Primitive } from "./src/sync/primitive.ts";
export type { Items } from "./src/queues/deque.ts";
export type { HandedOut, ValueOf } from "./src/iteration/producer.ts";

export {
  ExplorationError,
  explore,
  type Explored,
  type ExploreOptions,
} from "./src/testing/explore.ts";
export { SeededScheduler } from "./src/testing/seeded_scheduler.ts";
export { VirtualClock, type VirtualClockOptions } from "./src/testing/virtual_clock.ts";
