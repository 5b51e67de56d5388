// The other face of every awaitable: `await x` in an async function calls `x.then` with two functions of
// the engine's, inside the awaiting task's async context. That is how we learn what an async task waits
// for, and the two functions are how it is woken.

import type { Coroutine, CoroutineGenerator } from "./coroutine.ts";
import type { EventLoop } from "./event_loop.ts";
import type { Future } from "./future.ts";
import type { GeneratorOwner } from "./step.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Task } from "./task.ts";
import { advance, deliverTo, whyNotWait } from "./step.ts";
import { asyncScope } from "./async_context.ts";
import { getEventLoop, running } from "./current.ts";

type OnFulfilled<T, R> = ((value: T) => R | PromiseLike<R>) | null | undefined;
type OnRejected<E> = ((reason: unknown) => E | PromiseLike<E>) | null | undefined;
type Outcome<V> = V | PromiseLike<V>;

/** A promise that somebody asked of a branch before it was settled. */
class Derived<V> {
  readonly promise: Promise<V>;
  declare resolve: (value: Outcome<V>) => void;

  constructor() {
    this.promise = new Promise((resolve) => this.resolve = resolve);
  }
}

const WAITING: unique symbol = Symbol("waiting");

// TypeScript's private, not #private, for the methods here and below: those cost every wait a field. And no
// initializers: with a base class those are a call for every wait.

/**
 * One place where an async function waits. A task can have several at once (`Promise.all`). It is itself
 * the promise that `then` returns, and makes a real one only when somebody asks: `await` never does.
 */
export abstract class Branch<T, R, E> implements Promise<R | E>, Runnable {
  /** What it waits for; a cancel of the task goes there. */
  declare _parked: Future<unknown> | null;
  /** The task whose async function waits here, or null: top-level code, a plain `then(callback)`. */
  declare readonly scopeTask: Task<unknown> | null;
  declare private readonly _onfulfilled: OnFulfilled<T, R>;
  declare private readonly _onrejected: OnRejected<E>;
  declare private _outcome: Outcome<R | E> | Derived<R | E> | typeof WAITING;

  constructor(
    parked: Future<unknown> | null,
    task: Task<unknown> | null,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    this._parked = parked;
    this.scopeTask = task;
    this._onfulfilled = onfulfilled;
    this._onrejected = onrejected;
    this._outcome = WAITING;
    task?._addBranch(this);
  }

  get [Symbol.toStringTag](): string {
    return "Promise";
  }

  abstract run(): void;

  protected get settled(): boolean {
    return this._outcome !== WAITING && !(this._outcome instanceof Derived);
  }

  /** The async function has stopped here: others may run. */
  protected waiting(task: Task<unknown>): void {
    task._loop!._stepEnded(task);
    task._loop!._instruments?.stepEnded(task);
  }

  /** The async function goes on, as soon as this step of the loop has returned. */
  protected goOn(loop: EventLoop): void {
    loop._stepAsync(this.scopeTask);
  }

  /** Hands the result to the async function, which goes on in a microtask. */
  protected resolve(value: T): void {
    const fn = this._onfulfilled;
    if (typeof fn === "function") this._settle(fn, value);
    else this._settle((value) => value as unknown as R, value);
  }

  /** Throws the error at the await. */
  protected reject(error: unknown): void {
    const fn = this._onrejected;
    if (typeof fn === "function") this._settle(fn, error);
    else this._settle((error) => Promise.reject(error), error);
  }

  private _settle<V>(callback: (value: V) => Outcome<R | E>, value: V): void {
    this.scopeTask?._removeBranch(this);
    running.task = null;
    let outcome: Outcome<R | E>;
    try {
      outcome = callback(value);
    } catch (error) {
      // As after a native then: unhandled, unless somebody asks for the promise in time.
      outcome = Promise.reject(error);
    }
    if (this._outcome instanceof Derived) this._outcome.resolve(outcome);
    else this._outcome = outcome;
  }

  private _promise(): Promise<R | E> {
    if (this._outcome === WAITING) this._outcome = new Derived();
    return this._outcome instanceof Derived
      ? this._outcome.promise
      : Promise.resolve(this._outcome);
  }

  then<R2 = R | E, E2 = never>(
    onfulfilled?: ((value: R | E) => R2 | PromiseLike<R2>) | null,
    onrejected?: ((reason: unknown) => E2 | PromiseLike<E2>) | null,
  ): Promise<R2 | E2> {
    return this._promise().then(onfulfilled, onrejected);
  }

  catch<E2 = never>(
    onrejected?: ((reason: unknown) => E2 | PromiseLike<E2>) | null,
  ): Promise<R | E | E2> {
    return this._promise().catch(onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<R | E> {
    return this._promise().finally(onfinally);
  }
}

/** Waits for a future. */
class FutureBranch<T, R, E> extends Branch<T, R, E> {
  constructor(
    future: Future<T>,
    task: Task<unknown> | null,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(future as Future<unknown>, task, onfulfilled, onrejected);
    future._addWaiter(this);
    if (task === null) return;
    if (task._interrupt !== null) deliverTo(task, future as Future<unknown>);
    this.waiting(task);
  }

  run(): void {
    const future = this._parked as Future<T>;
    if (this.scopeTask !== null) future._loop!._instruments?.stepStarted(this.scopeTask);
    this._handOver(future);
    this.goOn(future._loop!);
  }

  private _handOver(future: Future<T>): void {
    // A cancel that found the future done already is thrown here, as the next step of a generator does.
    const interrupt = this.scopeTask === null
      ? null
      : this.scopeTask._takeInterrupt(future as Future<unknown>);
    if (interrupt !== null) return this.reject(interrupt);
    let value: T;
    try {
      value = future.result();
    } catch (error) {
      return this.reject(error);
    }
    this.resolve(value);
  }
}

/** The branch that advances in the middle of its function's step: nobody has to wake the function. */
let inStep: unknown = null;

/** Drives a coroutine that an async function awaits, as a part of that function's task. */
class CoroutineBranch<T, R, E> extends Branch<T, R, E> implements GeneratorOwner {
  declare private readonly _generator: CoroutineGenerator<T>;

  constructor(
    generator: CoroutineGenerator<T>,
    task: Task<unknown>,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(null, task, onfulfilled, onrejected);
    this._generator = generator;
    const { loop: outerLoop, task: outerTask } = running;
    running.loop = task._loop;
    this._advanceInStep(task);
    running.loop = outerLoop;
    running.task = outerTask;
  }

  _continue(): void {
    this._parked = null;
    this._advanceInStep(this.scopeTask!);
  }

  run(): void {
    const task = this.scopeTask!;
    const instruments = task._loop!._instruments;
    instruments?.stepStarted(task);
    const generator = this._generator as CoroutineGenerator<unknown>;
    const interrupt = task._takeInterrupt(this._parked);
    this._parked = null;
    advance(this, task, generator, interrupt);
    if (instruments !== null && !this.settled) instruments.stepEnded(task);
  }

  _returned(value: unknown): void {
    this.resolve(value as T);
    if (inStep !== this) this.goOn(this.scopeTask!._loop!);
  }

  _threw(error: unknown): void {
    this.reject(error);
    if (inStep !== this) this.goOn(this.scopeTask!._loop!);
  }

  private _advanceInStep(task: Task<unknown>): void {
    inStep = this;
    advance(this, task, this._generator as CoroutineGenerator<unknown>, null);
    inStep = null;
    if (this.settled) task._loop!._stepAsync(task);
    else if (this._parked?._endsStep() !== false) this.waiting(task);
  }
}

/** A wait that cannot be. As in a generator, its error comes in the next iteration, or a cancel instead. */
class RefusedBranch<T, R, E> extends Branch<T, R, E> {
  readonly #error: unknown;

  constructor(
    error: unknown,
    task: Task<unknown>,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(null, task, onfulfilled, onrejected);
    this.#error = error;
    task._loop!._enqueue(this);
    this.waiting(task);
  }

  run(): void {
    const task = this.scopeTask!;
    this.reject(task._takeInterrupt(null) ?? this.#error);
    this.goOn(task._loop!);
  }
}

/** The task whose async function is awaiting: `then` was called by the engine, outside of any step. */
function awaitingTask(onfulfilled: unknown, onrejected: unknown): Task<unknown> | null {
  // `await` and Promise.all pass two functions; `fut.then(callback)` is no wait of the task's.
  if (
    running.loop !== null || typeof onfulfilled !== "function" || typeof onrejected !== "function"
  ) {
    return null;
  }
  const task = asyncScope()?.scopeTask ?? null;
  return task === null || task.done() ? null : task;
}

/** `then` on a pending future. */
export function subscribe<T, R, E>(
  future: Future<T>,
  onfulfilled: OnFulfilled<T, R>,
  onrejected: OnRejected<E>,
): Promise<R | E> {
  const task = awaitingTask(onfulfilled, onrejected);
  if (task !== null) {
    const error = whyNotWait(task, future as Future<unknown>);
    if (error !== null) return new RefusedBranch(error, task, onfulfilled, onrejected);
  }
  return new FutureBranch(future, task, onfulfilled, onrejected);
}

/** `then` on a future that is done. */
export function settledThen<T, R, E>(
  future: Future<T>,
  onfulfilled: OnFulfilled<T, R>,
  onrejected: OnRejected<E>,
): Promise<R | E> {
  return new Promise<T>((resolve) => resolve(future.result())).then(
    onfulfilled as (value: T) => R,
    onrejected,
  );
}

/**
 * `then` on a coroutine: inside a task it runs as a part of that task, outside it becomes a task of its
 * own on the loop that is current there.
 */
export function drive<T, R, E>(
  coroutine: Coroutine<T>,
  onfulfilled: OnFulfilled<T, R>,
  onrejected: OnRejected<E>,
): Promise<R | E> {
  const task = awaitingTask(onfulfilled, onrejected);
  try {
    if (task !== null) {
      return new CoroutineBranch(coroutine[Symbol.iterator](), task, onfulfilled, onrejected);
    }
    const alone = getEventLoop().createTask(coroutine, { name: coroutine.name });
    return alone.then(onfulfilled, onrejected);
  } catch (error) {
    return Promise.reject(error).then(onfulfilled as never, onrejected);
  }
}

/** One branch of each kind, for `keepShapes`. The task is one that never runs. */
export function spareBranches(task: Task<unknown>): object[] {
  const nothing = () => {};
  const future = task._loop!.createFuture();
  const done = (function* (): CoroutineGenerator<void> {})();
  return [
    new FutureBranch(future, task, nothing, nothing),
    new CoroutineBranch(done, task, nothing, nothing),
  ];
}
