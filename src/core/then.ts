// The other face of every awaitable: `await x` in an async function calls `x.then` with two functions of
// the engine's, inside the awaiting task's async context. That is how we learn what an async task waits
// for, and the two functions are how it is woken.

import type { Coroutine, CoroutineGenerator } from "./coroutine.ts";
import type { Future } from "./future.ts";
import type { GeneratorOwner } from "./step.ts";
import type { Task } from "./task.ts";
import { advance, deliverTo, whyNotWait } from "./step.ts";
import { asyncScope } from "./async_context.ts";
import { Branch, type OnFulfilled, type OnRejected } from "./branch.ts";
import { getEventLoop, running } from "./current.ts";

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

/** Goes on in the next iteration: what an operation that only gives way would do, in one piece. */
class TurnBranch<T, R, E> extends Branch<T, R, E> {
  declare private readonly _result: T;

  constructor(
    result: T,
    task: Task<unknown>,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(null, task, onfulfilled, onrejected);
    this._result = result;
    task._loop!._enqueue(this);
    this.waiting(task);
  }

  run(): void {
    const task = this.scopeTask!;
    task._loop!._instruments?.stepStarted(task);
    const interrupt = task._takeInterrupt(null);
    if (interrupt === null) this.resolve(this._result);
    else this.reject(interrupt);
    this.goOn(task._loop!);
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
  if (task === null) return driveAlone(coroutine, onfulfilled, onrejected);
  let generator: CoroutineGenerator<T>;
  try {
    generator = coroutine[Symbol.iterator]();
  } catch (error) {
    return refused(error, onfulfilled, onrejected);
  }
  // Not inside the try: there V8 calls every constructor of the chain.
  return new CoroutineBranch(generator, task, onfulfilled, onrejected);
}

/** `then` on a coroutine that only leaves the rest of the iteration to others: async switch. */
export function giveWay<T, R, E>(
  coroutine: Coroutine<T>,
  result: T,
  onfulfilled: OnFulfilled<T, R>,
  onrejected: OnRejected<E>,
): Promise<R | E> {
  const task = awaitingTask(onfulfilled, onrejected);
  if (task === null) return driveAlone(coroutine, onfulfilled, onrejected);
  try {
    coroutine[Symbol.iterator]();
  } catch (error) {
    return refused(error, onfulfilled, onrejected);
  }
  return new TurnBranch(result, task, onfulfilled, onrejected);
}

function driveAlone<T, R, E>(
  coroutine: Coroutine<T>,
  onfulfilled: OnFulfilled<T, R>,
  onrejected: OnRejected<E>,
): Promise<R | E> {
  try {
    const alone = getEventLoop().createTask(coroutine, { name: coroutine.name });
    return alone.then(onfulfilled, onrejected);
  } catch (error) {
    return refused(error, onfulfilled, onrejected);
  }
}

function refused<T, R, E>(
  error: unknown,
  onfulfilled: OnFulfilled<T, R>,
  onrejected: OnRejected<E>,
): Promise<R | E> {
  return Promise.reject(error).then(onfulfilled as never, onrejected);
}

/** One branch of each kind, for `keepShapes`. The task is one that never runs. */
export function spareBranches(task: Task<unknown>): object[] {
  const nothing = () => {};
  const future = task._loop!.createFuture();
  const done = (function* (): CoroutineGenerator<void> {})();
  return [
    new FutureBranch(future, task, nothing, nothing),
    new CoroutineBranch(done, task, nothing, nothing),
    new TurnBranch(undefined, task, nothing, nothing),
  ];
}
