// The event loop as its users see it. When things run is the pump's business; what runs, the task's.

import type { Alarm } from "./alarm.ts";
import type { AsyncScope } from "./async_context.ts";
import type { Clock } from "./clock.ts";
import type { Executor, Job } from "./executor.ts";
import type { Failure } from "./reports.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Startable } from "./awaitable.ts";
import type { TaskOptions } from "./task.ts";
import type { Timers } from "./timers.ts";
import { checkFinite } from "./time_argument.ts";
import { defaultExceptionHandler } from "./reports.ts";
import { inheritedContext } from "./context.ts";
import { keepShapes } from "./shapes.ts";
import { spareBranches } from "./then.ts";
import { describe, RuntimeError } from "./errors.ts";
import { DebugMonitor } from "./debug.ts";
import { Future, isFuture } from "./future.ts";
import { Handle, TimerHandle } from "./handle.ts";
import { type Instrument, Instruments } from "./instruments.ts";
import { checkClock, monotonicClock } from "./clock.ts";
import { environmentFlag, onSignal } from "./host.ts";
import { currentTask, provideDefaultLoop, running } from "./current.ts";
import { LoopExecutor } from "./loop_executor.ts";
import { Pump } from "./pump.ts";
import { Task } from "./task.ts";
import { TaskRegistry } from "./task_registry.ts";
import { treeLines } from "./task_tree.ts";

/** What an event loop is made of. */
export interface EventLoopOptions {
  /**
   * Look harder for mistakes.
   *
   * @default {false}
   */
  debug?: boolean;
  /**
   * Where time comes from.
   *
   * @default {the host's monotonic clock}
   */
  clock?: Clock;
  /**
   * The order of what is ready.
   *
   * @default {first in, first out}
   */
  scheduler?: Scheduler;
}

/** What an exception handler is told. */
export interface ExceptionContext {
  /** What happened, in a sentence. */
  message: string;
  /** The error, when there is one. */
  exception?: unknown;
  /** The future that it is about. */
  future?: Future<unknown>;
  /** The task that it is about. */
  task?: Task<unknown>;
  /** The callback that it is about. */
  handle?: Handle;
  /** In debug mode: where what it is about was made, a frame a line. */
  madeAt?: string;
}

/** When a timer is due, and after which others of the same time. */
export interface TimerPlan {
  /** In milliseconds on the loop's clock. */
  readonly when: number;
  /** Its place in the order of making. */
  readonly seq: number;
}

/** Makes the tasks of a loop. */
export type TaskFactory = (
  loop: EventLoop,
  coro: Startable<unknown>,
  options: TaskOptions,
) => Task<unknown>;

const NO_OPTIONS: TaskOptions = {};

/**
 * Runs callbacks and tasks on top of the host's own loop, which it neither blocks nor starves: after
 * about 8 ms of work the host has a turn. All times are in milliseconds.
 *
 * `run` and `Runner` make, run and close one for you.
 *
 * @example
 * ```ts
 * import { getRunningLoop, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const order: string[] = [];
 * await run(function* () {
 *   const loop = getRunningLoop();
 *   loop.callLater(2, () => order.push("later"));
 *   loop.callSoon((word) => order.push(word), "soon");
 *   yield* sleep(5);
 * });
 * assertEquals(order, ["soon", "later"]);
 * ```
 */
export class EventLoop implements AsyncScope {
  /** In debug mode a callback or a task step that takes longer, in ms, is reported. */
  slowCallbackMs = 100;
  /** @internal Foreign promises that futures of this loop wait for. */
  _foreign = 0;
  /** @internal Null unless in debug mode. */
  _debug: DebugMonitor | null = null;
  /** @internal Null while nobody watches. */
  _instruments: Instruments | null = null;
  /** @internal Failures that nobody has looked at. */
  readonly _unseen: Set<Failure> = new Set();
  /** @internal */
  readonly _tasks: TaskRegistry = new TaskRegistry();
  readonly #clock: Clock;
  readonly #pump: Pump;
  readonly #signals = new Map<string, () => void>();
  #timersMade = 0;
  #taskFactory: TaskFactory | null = null;
  readonly #executor = new LoopExecutor(this);
  #exceptionHandler: ((loop: EventLoop, context: ExceptionContext) => void) | null = null;
  #onStopped: (() => void) | null = null;
  #onFailed: ((error: unknown) => void) | null = null;

  /**
   * Makes a loop that does not run yet.
   *
   * @param options Debug mode, clock, scheduler.
   * @throws {TypeError} When the clock is none.
   */
  constructor(options: EventLoopOptions = {}) {
    this.#clock = checkClock(options.clock ?? monotonicClock);
    this.#pump = new Pump(this, this.#clock, options.scheduler ?? null, {
      stopped: () => this.#onStopped?.(),
      stuck: () => this.#stuck(),
      failed: (error) => this.#onFailed?.(error),
    });
    this.debug = options.debug ?? false;
  }

  /**
   * In debug mode mistakes are looked for that cost time to find, and reported to the exception handler:
   * see {@linkcode DebugWarning}.
   */
  get debug(): boolean {
    return this._debug !== null;
  }
  set debug(on: boolean) {
    if (on === this.debug) return;
    this._debug?.stop();
    this._debug = on ? new DebugMonitor(this) : null;
    this._debug?.start();
  }

  /** The time on the loop's clock, in milliseconds. */
  time(): number {
    return this.#clock.now();
  }

  /**
   * Has `fn` called in the next iteration.
   *
   * @param fn Called with `args`. An error that it throws goes to the exception handler.
   * @param args Its arguments.
   * @returns A handle that can take it back.
   * @throws {RuntimeError} When the loop is closed.
   */
  callSoon<A extends unknown[]>(fn: (...args: A) => void, ...args: A): Handle;
  callSoon(fn: (...args: unknown[]) => void): Handle {
    this._checkOpen("call soon");
    checkCallback(fn);
    // Not a rest parameter, which makes an array for every callback without arguments: benches of callSoon.
    let args: unknown[] | null = null;
    for (let i = 1; i < arguments.length; i++) (args ??= []).push(arguments[i]);
    const handle = new Handle(fn, args, inheritedContext());
    this.#pump.enqueue(handle);
    return handle;
  }

  /**
   * As `callSoon`, for callbacks that come from a worker, a signal or a foreign promise. JavaScript needs
   * no lock for it; the name keeps the intention.
   *
   * @param fn Called with `args`.
   * @param args Its arguments.
   * @returns A handle that can take it back.
   * @throws {RuntimeError} When the loop is closed.
   */
  callSoonThreadsafe<A extends unknown[]>(fn: (...args: A) => void, ...args: A): Handle {
    return this.callSoon(fn, ...args);
  }

  /**
   * Has `fn` called after `ms`. The clock is read once in a step and again every sixteen timers, so that
   * a timer set late in a long synchronous step counts from the step's start.
   *
   * @param ms In milliseconds, finite; 0 and below mean the next iteration.
   * @param fn Called with `args`.
   * @param args Its arguments.
   * @returns A handle that can take it back.
   * @throws {RangeError} When `ms` is not finite.
   * @throws {RuntimeError} When the loop is closed.
   */
  callLater<A extends unknown[]>(ms: number, fn: (...args: A) => void, ...args: A): TimerHandle;
  callLater(ms: number, fn: (...args: unknown[]) => void): TimerHandle {
    let args: unknown[] | null = null;
    for (let i = 2; i < arguments.length; i++) (args ??= []).push(arguments[i]);
    checkFinite(ms, "set a timer");
    return this.#setTimer(this.#pump.timeForTimer() + ms, fn, args);
  }

  /**
   * Has `fn` called at `when`.
   *
   * @param when In milliseconds on the loop's clock, finite; a time in the past means the next iteration.
   * @param fn Called with `args`.
   * @param args Its arguments.
   * @returns A handle that can take it back.
   * @throws {RangeError} When `when` is not finite.
   * @throws {RuntimeError} When the loop is closed.
   */
  callAt<A extends unknown[]>(when: number, fn: (...args: A) => void, ...args: A): TimerHandle {
    checkFinite(when, "set a timer");
    return this.#setTimer(
      when,
      fn as (...args: unknown[]) => void,
      args.length === 0 ? null : args,
    );
  }

  /** A pending future of this loop. */
  createFuture<T = unknown>(): Future<T> {
    const future = new Future<T>();
    future._loop = this;
    return future;
  }

  /**
   * Starts a task on this loop, through the task factory if there is one.
   *
   * @param coro A coroutine, an awaitable, or a function of no arguments that makes one.
   * @param options Name, context, eager start.
   * @returns The task.
   * @throws {TypeError} When it is nothing that can be started.
   * @throws {RuntimeError} When the loop is closed.
   */
  createTask<T>(coro: Startable<T>, options: TaskOptions = NO_OPTIONS): Task<T> {
    if (this.#taskFactory === null) return new Task(coro, options, this);
    return this.#taskFactory(this, coro, options) as Task<T>;
  }

  /**
   * Has all tasks of this loop made by `factory`.
   *
   * @param factory Given the loop, the startable and the options; null for the usual way.
   */
  setTaskFactory(factory: TaskFactory | null): void {
    this.#taskFactory = factory;
  }

  /**
   * Runs until `aw` is done.
   *
   * @param aw What to start, or a future to wait for.
   * @returns Its result.
   * @throws {RuntimeError} When the loop runs already, is closed, or is stopped before `aw` is done.
   */
  async runUntilComplete<T>(aw: Startable<T>): Promise<T> {
    this.#checkIdle();
    const future: Future<T> = isFuture(aw) ? aw as Future<T> : this.createTask(aw);
    const stop = () => this.stop();
    future.addDoneCallback(stop);
    try {
      await this.runForever();
    } finally {
      future.removeDoneCallback(stop);
    }
    if (!future.done()) {
      throw new RuntimeError(
        `Cannot complete ${future}: the event loop was stopped before it was done`,
      );
    }
    return future.result();
  }

  /**
   * Runs until `stop()`.
   *
   * @returns Settles when the loop has stopped.
   * @throws {RuntimeError} When the loop runs already or is closed; or, on virtual time, when all tasks
   * wait for each other.
   * @throws What the loop's scheduler throws.
   */
  async runForever(): Promise<void> {
    this.#checkIdle();
    const failures: unknown[] = [];
    await new Promise<void>((resolve) => {
      this.#onStopped = resolve;
      // Thrown once the loop has stopped: whoever gets it may run or close the loop.
      this.#onFailed = (error) => {
        failures.push(error);
        this.stop();
      };
      this.#pump.start();
    });
    this.#onStopped = this.#onFailed = null;
    if (failures.length > 0) throw failures[0];
  }

  /**
   * Lets the current iteration end, then stops. What is ready stays so, for the next run. Called while the
   * loop does not run, it ends the next run after one iteration.
   */
  stop(): void {
    this.#pump.stop();
  }

  /**
   * Forgets all that is ready and all timers, reports failures that nobody looked at, and refuses work
   * from then on.
   *
   * @throws {RuntimeError} While it runs.
   */
  close(): void {
    if (this.isRunning()) throw new RuntimeError("Cannot close the event loop: it is running");
    if (this.isClosed()) return;
    for (const signal of [...this.#signals.keys()]) this.removeSignalHandler(signal);
    this._debug?.closing(this._unfinished());
    this.#pump.close();
    for (const failure of [...this._unseen]) failure.report();
  }

  /** True from `runForever` (or `run`) until it has stopped. */
  isRunning(): boolean {
    return this.#pump.phase !== "stopped" && this.#pump.phase !== "closed";
  }

  /** True after `close()`. */
  isClosed(): boolean {
    return this.#pump.phase === "closed";
  }

  /**
   * Runs a job somewhere else. Does not suspend.
   *
   * @param executor Where; null for the loop's default executor, a pool of threads unless another was set.
   * @param fn A closed function, or a job of a module.
   * @param args Its arguments; they are copied.
   * @returns Its result to be. Cancelling it cancels the job.
   * @throws {TypeError} When the function uses a variable of an enclosing scope, or is no function.
   * @throws {RuntimeError} When the loop is closed, or its default executor was shut down; or when a bundler
   * has left the threads out, because the program neither calls `toThread` nor sets a default executor.
   */
  runInExecutor<A extends unknown[], T>(
    executor: Executor | null,
    fn: Job<A, T>,
    ...args: A
  ): Future<Awaited<T>> {
    this._checkOpen("run in an executor");
    return this.#executor.submit(executor, fn, args);
  }

  /**
   * Sets the executor for `runInExecutor(null, ...)` and `toThread`. The loop shuts it down at the end of
   * `run`; one that was set before stays as it is.
   *
   * @param executor The executor.
   * @throws {TypeError} When it is none.
   */
  setDefaultExecutor(executor: Executor): void {
    this.#executor.set(executor);
  }

  /**
   * Shuts the default executor down and waits for its jobs. `run` does it.
   *
   * @param timeoutMs After that long, in milliseconds, jobs that still run are left to themselves.
   * @returns Settles when it is over.
   */
  shutdownDefaultExecutor(timeoutMs?: number): Promise<void> {
    return this.#executor.shutdown(timeoutMs);
  }

  /**
   * Sets who is told of errors that nobody can catch: of callbacks, and of futures that nobody looked at.
   *
   * @param fn Given the loop and the context; null prints to stderr.
   */
  setExceptionHandler(fn: ((loop: EventLoop, context: ExceptionContext) => void) | null): void {
    if (fn !== null) checkCallback(fn);
    this.#exceptionHandler = fn;
  }

  /**
   * Tells the exception handler. An error in the handler itself is printed, with what it was told.
   *
   * @param context What happened.
   */
  callExceptionHandler(context: ExceptionContext): void {
    if (this.#exceptionHandler === null) return defaultExceptionHandler(context);
    try {
      this.#exceptionHandler(this, context);
    } catch (error) {
      defaultExceptionHandler(context);
      defaultExceptionHandler({ message: "Exception in the exception handler", exception: error });
    }
  }

  /**
   * Has `fn` called in the loop when the process gets a signal, instead of what the runtime would do.
   *
   * @param signal As "SIGINT".
   * @param fn The callback; it replaces an earlier one.
   * @throws {RuntimeError} Where the runtime has no signals.
   */
  addSignalHandler(signal: string, fn: () => void): void {
    checkCallback(fn);
    this._checkOpen("add a signal handler");
    this.removeSignalHandler(signal);
    const remove = onSignal(signal, () => this.callSoonThreadsafe(fn));
    if (remove === null) {
      throw new RuntimeError(`Cannot handle ${signal}: this runtime has no signals`);
    }
    this.#signals.set(signal, remove);
  }

  /**
   * Gives the signal back to the runtime.
   *
   * @param signal As "SIGINT".
   * @returns False when it had no handler.
   */
  removeSignalHandler(signal: string): boolean {
    this.#signals.get(signal)?.();
    return this.#signals.delete(signal);
  }

  /**
   * Has `instrument` told of everything that the tasks of this loop do.
   *
   * @param instrument The watcher.
   */
  addInstrument(instrument: Instrument): void {
    const first = this._instruments === null;
    this._instruments ??= new Instruments();
    this._instruments.add(instrument);
    const task = currentTask(this);
    if (!first || task === null) return;
    // Its step began unwatched, and ends unwatched unless the pump looks.
    this._instruments.joinStep(task);
    this._stepAsync(task);
  }

  /**
   * Takes an instrument back.
   *
   * @param instrument What was given to `addInstrument`.
   * @returns False when it was not there.
   */
  removeInstrument(instrument: Instrument): boolean {
    const removed = this._instruments?.delete(instrument) ?? false;
    if (this._instruments?.size === 0) this._instruments = null;
    return removed;
  }

  /** `<EventLoop running>` and so on. */
  toString(): string {
    return `<EventLoop ${this.isRunning() ? "running" : this.#pump.phase}>`;
  }

  /** @internal */
  get _timers(): Timers {
    return this.#pump.timers;
  }

  /** @internal */
  get scopeTask(): null {
    return null;
  }

  /** @internal */
  get scopeLoop(): EventLoop {
    return this;
  }

  /** @internal */
  _enqueue(entry: Runnable): void {
    this.#pump.enqueue(entry);
  }

  /** @internal */
  _stepAsync(task: Task<unknown> | null): void {
    this.#pump.stepAsync(task);
  }

  /** @internal */
  _stepEnded(task: Task<unknown>): void {
    this.#pump.stepEnded(task);
  }

  /** @internal */
  _isStepping(task: Task<unknown>): boolean {
    return this.#pump.step === task;
  }

  /** @internal */
  _hold(promise: Promise<void>, entry: Runnable): void {
    this.#pump.hold(promise, entry);
  }

  /** @internal */
  _checkOpen(what: string): void {
    if (this.#pump.phase === "closed") {
      throw new RuntimeError(`Cannot ${what}: the event loop is closed`);
    }
  }

  /** @internal True where a task may run its first step at once. */
  _canStepNow(): boolean {
    return running.loop === this || this.#pump.phase === "stepping";
  }

  /** @internal */
  _unfinished(): Set<Task<unknown>> {
    if (running.loop === this) running.task?._keep();
    return this._tasks.toSet();
  }

  /** @internal True when nothing is ready and no async function is in the middle of a step. */
  _isIdle(): boolean {
    return this.#pump.phase === "idle";
  }

  /** @internal What a sleep waits for. */
  _setAlarm(alarm: Alarm<unknown>, ms: number): void {
    const when = this.#pump.timeForTimer() + ms;
    this.#pump.timers.push(alarm, when, ++this.#timersMade);
    this.#pump.timerAdded(when);
  }

  /** @internal The time that a timer counts from. */
  _timeForTimer(): number {
    return this.#pump.timeForTimer();
  }

  /** @internal A deadline with its place among equal ones, for a timer that may never be set. */
  _planTimer(when: number): TimerPlan {
    return { when, seq: ++this.#timersMade };
  }

  /** @internal */
  _setPlanned(plan: TimerPlan, fn: () => void): TimerHandle {
    return this.#setTimer(plan.when, fn, null, plan.seq);
  }

  #setTimer(
    when: number,
    fn: (...args: unknown[]) => void,
    args: unknown[] | null,
    seq: number = ++this.#timersMade,
  ): TimerHandle {
    this._checkOpen("set a timer");
    checkCallback(fn);
    const timer = new TimerHandle(when, fn, args, inheritedContext());
    this.#pump.timers.push(timer, when, seq);
    this.#pump.timerAdded(when);
    return timer;
  }

  #checkIdle(): void {
    this._checkOpen("run");
    if (this.isRunning()) {
      throw new RuntimeError("Cannot run the event loop: it is running already");
    }
  }

  /** On virtual time: nothing is ready, and time has nothing to bring. */
  #stuck(): void {
    const tasks = [...this._unfinished()];
    if (this._foreign > 0 || tasks.length === 0 || tasks.some((task) => task._isAway())) return;
    const lines = ["Cannot go on: every task waits, and no timer is set"];
    lines.push(...treeLines(tasks, this._debug).map((line) => `  ${line}`));
    this.#onFailed?.(new RuntimeError(lines.join("\n")));
  }
}

function checkCallback(fn: unknown): void {
  if (typeof fn !== "function") {
    throw new TypeError(`Cannot schedule ${describe(fn)}: expected a function`);
  }
}

provideDefaultLoop(() => {
  const loop = new EventLoop({ debug: environmentFlag("ASYNCIO_DEBUG") });
  // Never stops; the host ends when it has nothing left to do, whatever this loop could still run.
  void loop.runForever();
  return loop;
});

keepShapes(() => {
  const spare = new EventLoop();
  const task = spare.createTask((function* () {})(), { name: "spare" });
  return [
    spare,
    task,
    spare.createFuture(),
    spare.callSoon(() => {}),
    spare.callLater(1, () => {}),
    ...spareBranches(task),
  ];
});
