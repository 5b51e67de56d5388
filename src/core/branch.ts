// A place where an async function waits: the two functions that the engine gave for its wake-up, and the
// promise that `then` returns for them.

import type { EventLoop } from "./event_loop.ts";
import type { Future } from "./future.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Task } from "./task.ts";
import { running } from "./current.ts";

/** What `then` is given for the result. */
export type OnFulfilled<T, R> = ((value: T) => R | PromiseLike<R>) | null | undefined;
/** And for the error. */
export type OnRejected<E> = ((reason: unknown) => E | PromiseLike<E>) | null | undefined;
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

// TypeScript's private, not #private, for the methods here and in `then.ts`: those cost every wait a field.
// And no initializers: with a base class those are a call for every wait.

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
