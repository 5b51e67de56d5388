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

/**
 * One place where an async function waits. A task can have several at once (`Promise.all`). It is itself
 * the promise that `then` returns, and makes a real one only when somebody asks: `await` never does.
 */
export abstract class Branch<T, R, E> implements Promise<R | E>, Runnable {
  readonly [Symbol.toStringTag] = "Promise";
  /** What it waits for; a cancel of the task goes there. */
  _parked: Future<unknown> | null = null;
  readonly #onfulfilled: OnFulfilled<T, R>;
  readonly #onrejected: OnRejected<E>;
  #outcome!: Outcome<R | E>;
  #settled = false;
  #resolvers: PromiseWithResolvers<R | E> | null = null;

  constructor(
    /** The task whose async function waits here, or null: top-level code, a plain `then(callback)`. */
    protected readonly task: Task<unknown> | null,
    protected readonly loop: EventLoop,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    this.#onfulfilled = onfulfilled;
    this.#onrejected = onrejected;
    task?._addBranch(this);
  }

  abstract run(): void;

  protected get settled(): boolean {
    return this.#settled;
  }

  /** The async function has stopped here: others may run. */
  protected waiting(task: Task<unknown>): void {
    this.loop._stepEnded(task);
    this.loop._instruments?.stepEnded(task);
  }

  /** The async function goes on, as soon as this step of the loop has returned. */
  protected goOn(): void {
    this.loop._stepAsync(this.task);
    if (this.task !== null) this.loop._instruments?.stepStarted(this.task);
  }

  /** Hands the result to the async function, which goes on in a microtask. */
  protected resolve(value: T): void {
    const fn = this.#onfulfilled;
    if (typeof fn === "function") this.#settle(fn, value);
    else this.#settle((value) => value as unknown as R, value);
  }

  /** Throws the error at the await. */
  protected reject(error: unknown): void {
    const fn = this.#onrejected;
    if (typeof fn === "function") this.#settle(fn, error);
    else this.#settle((error) => Promise.reject(error), error);
  }

  #settle<V>(callback: (value: V) => Outcome<R | E>, value: V): void {
    this.task?._removeBranch(this);
    running.task = null;
    this.#settled = true;
    try {
      this.#outcome = callback(value);
    } catch (error) {
      // As after a native then: unhandled, unless somebody asks for the promise in time.
      this.#outcome = Promise.reject(error);
    }
    this.#resolvers?.resolve(this.#outcome);
  }

  #promise(): Promise<R | E> {
    if (this.#settled) return Promise.resolve(this.#outcome);
    this.#resolvers ??= Promise.withResolvers();
    return this.#resolvers.promise;
  }

  then<R2 = R | E, E2 = never>(
    onfulfilled?: ((value: R | E) => R2 | PromiseLike<R2>) | null,
    onrejected?: ((reason: unknown) => E2 | PromiseLike<E2>) | null,
  ): Promise<R2 | E2> {
    return this.#promise().then(onfulfilled, onrejected);
  }

  catch<E2 = never>(
    onrejected?: ((reason: unknown) => E2 | PromiseLike<E2>) | null,
  ): Promise<R | E | E2> {
    return this.#promise().catch(onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<R | E> {
    return this.#promise().finally(onfinally);
  }
}

/** Waits for a future. */
class FutureBranch<T, R, E> extends Branch<T, R, E> {
  constructor(
    readonly future: Future<T>,
    task: Task<unknown> | null,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(task, future.getLoop(), onfulfilled, onrejected);
    this._parked = future as Future<unknown>;
    future._addWaiter(this);
    if (task === null) return;
    if (task._interrupt !== null) deliverTo(task, this._parked);
    this.waiting(task);
  }

  run(): void {
    this.#handOver();
    this.goOn();
  }

  #handOver(): void {
    // A cancel that found the future done already is thrown here, as the next step of a generator does.
    const interrupt = this.task === null ? null : this.task._takeInterrupt();
    if (interrupt !== null) return this.reject(interrupt);
    let value: T;
    try {
      value = this.future.result();
    } catch (error) {
      return this.reject(error);
    }
    this.resolve(value);
  }
}

/** Drives a coroutine that an async function awaits, as a part of that function's task. */
class CoroutineBranch<T, R, E> extends Branch<T, R, E> implements GeneratorOwner {
  readonly #generator: CoroutineGenerator<T>;
  /** The async function that awaits it has not stopped: nobody has to wake it. */
  #inStep = true;

  constructor(
    generator: CoroutineGenerator<T>,
    protected override readonly task: Task<unknown>,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(task, task._loop!, onfulfilled, onrejected);
    this.#generator = generator;
    const { loop: outerLoop, task: outerTask } = running;
    running.loop = this.loop;
    advance(this, task, generator as CoroutineGenerator<unknown>, null);
    running.loop = outerLoop;
    running.task = outerTask;
    this.#afterAdvance();
  }

  _continue(): void {
    this.#inStep = true;
    this._parked = null;
    advance(this, this.task, this.#generator as CoroutineGenerator<unknown>, null);
    this.#afterAdvance();
  }

  run(): void {
    this._parked = null;
    const generator = this.#generator as CoroutineGenerator<unknown>;
    advance(this, this.task, generator, this.task._takeInterrupt());
  }

  _returned(value: unknown): void {
    this.resolve(value as T);
    if (!this.#inStep) this.goOn();
  }

  _threw(error: unknown): void {
    this.reject(error);
    if (!this.#inStep) this.goOn();
  }
  #afterAdvance(): void {
    this.#inStep = false;
    if (this.settled) this.loop._stepAsync(this.task);
    else if (this._parked?._endsStep() !== false) this.waiting(this.task);
  }
}

/** A wait that cannot be. As in a generator, its error comes in the next iteration, or a cancel instead. */
class RefusedBranch<T, R, E> extends Branch<T, R, E> {
  constructor(
    readonly error: unknown,
    protected override readonly task: Task<unknown>,
    onfulfilled: OnFulfilled<T, R>,
    onrejected: OnRejected<E>,
  ) {
    super(task, task._loop!, onfulfilled, onrejected);
    this.loop._enqueue(this);
    this.waiting(task);
  }

  run(): void {
    this.reject(this.task._takeInterrupt() ?? this.error);
    this.goOn();
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
