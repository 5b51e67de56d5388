// A Future that drives a coroutine.
//
// The task owns its state, what it waits for and the pending cancel; a driver advances its body.
//
// | state    | parked | branches | interrupt | scheduled        | next                                   |
// | -------- | ------ | -------- | --------- | ---------------- | -------------------------------------- |
// | new      | null   | none     | any       | its first step   | running                                |
// | running  | null   | any      | null      | nothing          | ready, parked, done                    |
// | ready    | any    | any      | any       | its next step    | running                                |
// | parked   | future | any      | null      | nothing          | ready (future done, or refused a wait) |
// | awaiting | null   | some     | null      | nothing          | running (an async function goes on)    |
// | away     | null   | none     | any       | nothing          | running (a foreign promise settled)    |
// | done     | null   | none     | null      | its callbacks    | none                                   |
//
// `cancel()` while parked or awaiting cancels what it waits for; in every other state it leaves an
// interrupt, which the next step throws, or which cancels the next thing that the task waits for.

import type { Context } from "./context.ts";
import type { Driver } from "./drivers.ts";
import type { EventLoop } from "./event_loop.ts";
import type { GeneratorOwner } from "./step.ts";
import type { Instruments } from "./instruments.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Startable } from "./awaitable.ts";
import { CancelledError, cancelledError, RuntimeError } from "./errors.ts";
import { BodyFuture } from "./awaitable.ts";
import { asyncDriver, chooseDriver, step } from "./drivers.ts";
import { contextOf, inheritedContext } from "./context.ts";
import { Future, type FutureState } from "./future.ts";
import { getEventLoop, running } from "./current.ts";

/** How a task is made. */
export interface TaskOptions {
  /**
   * For diagnostics.
   *
   * @default {"Task-1", "Task-2", …}
   */
  name?: string;
  /**
   * Where it runs.
   *
   * @default {a copy of the current context}
   */
  context?: Context;
  /**
   * Run the first step at once instead of in the loop's next iteration.
   *
   * @default {false}
   */
  eagerStart?: boolean;
}

/** A place where an async function of the task waits. */
export interface Waiting extends Runnable {
  /** @internal */
  _parked: Future<unknown> | null;
}

/** The interrupt of a task whose cancel is on its way to what it waits for. */
const DELIVERING = cancelledError("the task is being cancelled");

let tasksMade = 0;
const NO_OPTIONS: TaskOptions = {};
const signals = new WeakMap<Task<unknown>, AbortController>();

/**
 * A coroutine that runs by itself, concurrently with others, and the future of its result.
 *
 * @example
 * ```ts
 * import { createTask, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const lines: string[] = [];
 * await run(function* () {
 *   const task = createTask(function* () {
 *     yield* sleep(1);
 *     lines.push("task");
 *     return 42;
 *   });
 *   lines.push("main");
 *   lines.push(String(yield* task));
 * });
 * assertEquals(lines, ["main", "task", "42"]);
 * ```
 */
export class Task<T> extends Future<T> implements GeneratorOwner {
  /** @internal Advances the body. */
  declare _driver: Driver;
  /** @internal A generator, or a function not called yet. */
  _body: unknown = null;
  /** @internal What its generator waits for. */
  _parked: Future<unknown> | null = null;
  /** @internal Where its async functions wait; several under `Promise.all`. */
  _branches: Waiting | Set<Waiting> | null = null;
  /** @internal To be thrown by the next step. */
  _interrupt: CancelledError | null = null;
  /** @internal */
  _context: Context | null;
  /** @internal Where the loop keeps it while it is unfinished, -1 when it does not. */
  _place = -1;
  /** A number stands for "Task-1"; one that got a name later keeps it. */
  #name: string | number | { readonly name: string; readonly number: number };
  #cancelRequests = 0;

  /**
   * Starts a task. `createTask` is the usual way.
   *
   * @param coro A coroutine, an awaitable, or a function of no arguments that makes one.
   * @param options Name, context, eager start; `loop`, by default the running one.
   * @param loop As `options.loop`, for a loop that makes its own tasks.
   * @throws {TypeError} When it is nothing that can be started.
   * @throws {RuntimeError} When the loop is closed, or the coroutine was used before.
   */
  constructor(
    coro: Startable<T>,
    options: TaskOptions & { loop?: EventLoop } = NO_OPTIONS,
    loop?: EventLoop,
  ) {
    super();
    const home = loop ?? options.loop ?? getEventLoop();
    this._loop = home;
    home._checkOpen("start a task");
    this.#name = options.name ?? ++tasksMade;
    this._context = options.context ?? inheritedContext();
    chooseDriver(this as Task<unknown>, coro);
    home._instruments?.taskCreated(this as Task<unknown>);
    if (options.eagerStart === true && home._canStepNow()) stepNow(this as Task<unknown>, home);
    else {
      home._tasks.add(this as Task<unknown>);
      home._enqueue(this);
    }
  }

  /** The name, for diagnostics. */
  get name(): string {
    const name = this.#name;
    return typeof name === "number" ? `Task-${name}` : typeof name === "string" ? name : name.name;
  }
  set name(name: string) {
    const { _number: number } = this;
    this.#name = number === 0 ? name : { name, number };
  }

  /** @internal The number of a task that was made without a name, 0 of others. */
  get _number(): number {
    const name = this.#name;
    return typeof name === "number" ? name : typeof name === "string" ? 0 : name.number;
  }

  /** @internal True when its number is its name. */
  get _isNumbered(): boolean {
    return typeof this.#name === "number";
  }

  /** The context that it runs in. */
  get context(): Context {
    return contextOf(this as Task<unknown>);
  }

  /** Aborts, with the CancelledError as its reason, when cancellation is requested: for `fetch` and friends. */
  get signal(): AbortSignal {
    let controller = signals.get(this as Task<unknown>);
    if (controller === undefined) {
      controller = new AbortController();
      signals.set(this as Task<unknown>, controller);
      if (this.#cancelRequests > 0) controller.abort(this._interrupt ?? cancelledError(undefined));
    }
    return controller.signal;
  }

  /**
   * Requests cancellation: CancelledError is thrown where the task waits, now or next. The task may
   * clean up, or refuse by swallowing the error.
   *
   * @param message Carried by the CancelledError.
   * @returns False when the task is done already.
   */
  override cancel(message?: string): boolean {
    if (this.done()) return false;
    if (this._interrupt === DELIVERING) return leaveCycle(this as Task<unknown>, message);
    this.#cancelRequests++;
    signals.get(this as Task<unknown>)?.abort(cancelledError(message));
    this._loop!._instruments?.cancelRequested(this as Task<unknown>, message);
    const { _interrupt: before, _branches: branches } = this;
    this._interrupt = DELIVERING;
    let delivered = this._parked !== null && this._parked.cancel(message);
    if (branches instanceof Set) {
      for (const branch of branches) if (branch._parked?.cancel(message)) delivered = true;
    } else if (branches?._parked?.cancel(message)) delivered = true;
    if (this._interrupt === DELIVERING) {
      this._interrupt = delivered ? before : cancelledError(message);
    }
    return true;
  }

  /** How many cancel requests there are, less those taken back with `uncancel`. */
  cancelling(): number {
    return this.#cancelRequests;
  }

  /** @internal How many of them it was told of: a scope that it enters has to tell it of the others. */
  _cancelsDelivered(): number {
    return this._interrupt === null ? this.#cancelRequests : this.#cancelRequests - 1;
  }

  /**
   * Takes back one cancel request. With the last one, a cancel that was not delivered yet is dropped.
   *
   * @returns How many are left.
   */
  uncancel(): number {
    if (this.#cancelRequests > 0 && --this.#cancelRequests === 0) this._interrupt = null;
    return this.#cancelRequests;
  }

  /** The generator that it drives, or the function that it was made from. */
  getCoro(): unknown {
    return this._body;
  }

  /**
   * Where it waits, outermost first. JavaScript keeps no frames of suspended functions, so this is the
   * task and what it waits for.
   *
   * @returns One line an entry; empty when it is done.
   */
  getStack(): string[] {
    if (this.done()) return [];
    return [this._title(), ...this._waitsFor().map((future) => `waits for ${future._label()}`)];
  }

  /** Prints `getStack()` to stderr. */
  printStack(): void {
    // deno-lint-ignore no-console -- printing is what it is for.
    console.error(this.getStack().join("\n  "));
  }

  /**
   * Not for tasks: their coroutine gives the result.
   *
   * @throws {RuntimeError} Always.
   */
  override setResult(_value: T): never {
    throw new RuntimeError(`Cannot set the result of ${this._title()}: its coroutine gives it`);
  }

  /**
   * Not for tasks: their coroutine gives the exception.
   *
   * @throws {RuntimeError} Always.
   */
  override setException(_error: unknown): never {
    throw new RuntimeError(`Cannot set the exception of ${this._title()}: its coroutine gives it`);
  }

  /** @internal */
  override toString(): string {
    const state = this.done()
      ? this._describeState()
      : this.#cancelRequests > 0
      ? "cancelling"
      : "pending";
    return `<${this.constructor.name} ${state} name=${JSON.stringify(this.name)}>`;
  }

  /** @internal */
  override _title(): string {
    return `task "${this.name}"`;
  }

  /** @internal */
  override _label(): string {
    return this.name;
  }

  /** @internal */
  override _awaits(): Future<unknown>[] {
    return this._waitsFor();
  }

  /** @internal All that it waits for. */
  _waitsFor(): Future<unknown>[] {
    if (this._branches === null) return this._parked === null ? [] : [this._parked];
    const branches = this._branches instanceof Set ? [...this._branches] : [this._branches];
    return [this._parked, ...branches.map((branch) => branch._parked)].filter((f) => f !== null);
  }

  /** @internal True when nobody can know what it waits for: a foreign promise, in an async function. */
  _isAway(): boolean {
    if (this._branches !== null) return false;
    return this._parked === null ? this._isAsync() : this._parked instanceof BodyFuture;
  }

  /** @internal True when an async function is its body. */
  _isAsync(): boolean {
    return this._driver === asyncDriver;
  }

  /** @internal Its step, called by the loop. */
  run(): void {
    const { _instruments: instruments } = this._loop!;
    if (instruments !== null) return runWatched(this as Task<unknown>, instruments);
    takeStep(this as Task<unknown>);
  }

  /** @internal Goes on in the middle of a step, to which a cancel that came in it does not belong. */
  _continue(): void {
    this._parked = null;
    step(this as Task<unknown>, null);
    if ((this._parked as Future<unknown> | null)?._endsStep() === false) return;
    this._loop!._stepEnded(this as Task<unknown>);
    this._loop!._instruments?.stepEnded(this as Task<unknown>);
  }

  /** @internal True while an async function of the task goes on in microtasks. */
  _isStepping(): boolean {
    return this._loop!._isStepping(this as Task<unknown>);
  }

  /**
   * The cancel to throw, if any. One that comes after what it waited for was cancelled joins the first:
   * that future's own error is thrown, as CPython does.
   *
   * @internal
   */
  _takeInterrupt(waitedFor: Future<unknown> | null): CancelledError | null {
    const interrupt = this._interrupt;
    if (interrupt === null) return null;
    this._interrupt = null;
    return waitedFor !== null && waitedFor._throwsCancelled() ? null : interrupt;
  }

  /** @internal Its body has ended. */
  _returned(value: unknown): void {
    const interrupt = this._interrupt;
    if (interrupt === null) end(this as Task<unknown>, "finished", value);
    else {
      this._interrupt = null;
      end(this as Task<unknown>, "cancelled", interrupt.message || undefined);
    }
  }

  /** @internal Its body has thrown. */
  _threw(error: unknown): void {
    if (error instanceof CancelledError) end(this as Task<unknown>, "cancelled", error);
    else end(this as Task<unknown>, "failed", this._failure(error));
  }

  /** @internal */
  _addBranch(branch: Waiting): void {
    if (this._branches === null) this._branches = branch;
    else if (this._branches instanceof Set) this._branches.add(branch);
    else this._branches = new Set([this._branches, branch]);
  }

  /** @internal */
  _removeBranch(branch: Waiting): void {
    if (this._branches === branch) this._branches = null;
    else if (this._branches instanceof Set && this._branches.delete(branch)) {
      if (this._branches.size === 0) this._branches = null;
    }
  }

  /** @internal Registers it, unless it is done, or is registered: in a first, eager step it is not. */
  _keep(): void {
    if (this._place < 0 && this._state === "pending") this._loop!._tasks.add(this as Task<unknown>);
  }

  /** @internal Async code of the task is found by this. */
  get scopeTask(): Task<unknown> {
    return this as Task<unknown>;
  }

  /** @internal */
  get scopeLoop(): EventLoop {
    return this._loop!;
  }
}

// Functions, not private methods: those would cost every task a field and its initialization.

function takeStep(task: Task<unknown>): void {
  const interrupt = task._takeInterrupt(task._parked);
  task._parked = null;
  step(task, interrupt);
}

function runWatched(task: Task<unknown>, instruments: Instruments): void {
  instruments.stepStarted(task);
  const eager = task._place < 0;
  takeStep(task);
  // An async function that starts eagerly goes on in a microtask, after whoever starts it.
  if (eager || !task._isStepping()) instruments.stepEnded(task);
}

function end(task: Task<unknown>, state: FutureState, value: unknown): void {
  const loop = task._loop!;
  loop._tasks.delete(task);
  task._finish(state, value);
  loop._stepEnded(task);
  loop._instruments?.taskDone(task);
}

/** Runs the first step at once. A task that is done with it need never be registered. */
function stepNow(task: Task<unknown>, home: EventLoop): void {
  const { loop, task: outer, context } = running;
  outer?._keep();
  // Hardly ever so, and a tenth of the eager bench when written all the same.
  if (loop !== home) running.loop = home;
  if (context !== null) running.context = null;
  task.run();
  if (loop !== home) running.loop = loop;
  running.task = outer;
  if (context !== null) running.context = context;
  task._keep();
}

/**
 * The cancel went along what the tasks wait for and came back: they wait for each other. This one stops
 * waiting, which ends the others.
 */
function leaveCycle(task: Task<unknown>, message: string | undefined): true {
  task._interrupt = cancelledError(message);
  const { _branches: branches } = task;
  const places = branches instanceof Set ? branches : branches === null ? [] : [branches];
  // Not the place where a generator waits for its async function: that has to go on first.
  const waiting = [task, ...places].find(({ _parked: parked }) =>
    parked !== null && !parked.done() && !(parked instanceof BodyFuture)
  );
  if (waiting?._parked?._removeWaiters((waiter) => waiter === waiting)) {
    task._loop!._enqueue(waiting);
  }
  return true;
}

/**
 * Starts a coroutine as a task, which runs concurrently from the loop's next iteration on.
 *
 * @param coro A coroutine, an awaitable, or a function of no arguments that makes one.
 * @param options Name, context, eager start.
 * @returns The task. The loop keeps it alive, whether or not you do.
 * @throws {TypeError} When it is nothing that can be started.
 * @throws {RuntimeError} When the loop is closed, or the coroutine was used before.
 *
 * @example
 * ```ts
 * import { createTask, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(async () => {
 *   const task = createTask(async () => {
 *     await sleep(1);
 *     return 42;
 *   }, { name: "answer" });
 *   assertEquals([task.name, await task], ["answer", 42]);
 * });
 * ```
 */
export function createTask<T>(coro: Startable<T>, options?: TaskOptions): Task<T> {
  return getEventLoop().createTask(coro, options);
}

/**
 * The unfinished tasks.
 *
 * @param loop By default the running one.
 * @returns A new set, in the order in which they were made.
 *
 * @example
 * ```ts
 * import { allTasks, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   assertEquals(allTasks().size, 1); // this one
 * });
 * ```
 */
export function allTasks(loop: EventLoop = getEventLoop()): Set<Task<unknown>> {
  return loop._unfinished();
}

/**
 * A task factory that starts every task at once, as `eagerStart` does: one that never waits is done when
 * `createTask` returns.
 *
 * @param loop The loop.
 * @param coro What to start.
 * @param options As given to `createTask`.
 * @returns The task.
 *
 * @example
 * ```ts
 * import { createTask, eagerTaskFactory, getRunningLoop, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   getRunningLoop().setTaskFactory(eagerTaskFactory);
 *   assertEquals(createTask(() => 42).result(), 42);
 * });
 * ```
 */
export function eagerTaskFactory(
  loop: EventLoop,
  coro: Startable<unknown>,
  options: TaskOptions,
): Task<unknown> {
  return new Task(coro, { ...options, loop, eagerStart: true });
}
