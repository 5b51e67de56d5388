// A result that somebody will set. Waiting for it costs no object: a Future is the iterator that
// `yield*` delegates to, and it needs no state of its own for that, because it only looks at the result.
//
// | state     | value                                             | next                        |
// | --------- | ------------------------------------------------- | --------------------------- |
// | pending   | undefined, or its maker, which names it           | any of the others, once     |
// | finished  | the result                                        | none                        |
// | failed    | a Failure                                         | none                        |
// | cancelled | the CancelledError for who asks first, or its text | none                        |

import type { CoroutineGenerator } from "./coroutine.ts";
import type { Context } from "./context.ts";
import type { EventLoop } from "./event_loop.ts";
import type { Runnable } from "./ready_queue.ts";
import {
  CancelledError,
  cancelledError,
  describe,
  InvalidStateError,
  RuntimeError,
} from "./errors.ts";
import { getEventLoop, running, runningLoop } from "./current.ts";
import { inheritedContext } from "./context.ts";
import { PARK } from "./park.ts";
import { Failure, watchFailure } from "./reports.ts";
import { settledThen, subscribe } from "./then.ts";

/** Called with the future when it is done. */
export type DoneCallback<T> = (fut: Future<T>) => void;

/** What futures to wait for are made by, as diagnostics show it: an operation, for one. */
export interface Maker {
  /** As `sleep(500)`. */
  readonly name: string;
  /** What its futures wait for themselves. */
  readonly awaits?: Iterable<Future<unknown>>;
}

/** The states of a future, as `toString` shows them. */
export type FutureState = "pending" | "finished" | "failed" | "cancelled";

class FutureCallback<T> implements Runnable {
  constructor(
    readonly future: Future<T>,
    readonly fn: DoneCallback<T>,
    readonly context: Context | null,
  ) {}

  run(): void {
    const instruments = this.future._loop!._instruments;
    instruments?.doneCallbackStarted(this.future as Future<unknown>);
    running.task = null;
    running.context = this.context;
    try {
      this.fn(this.future);
    } catch (error) {
      this.future._loop!.callExceptionHandler({
        message: `Exception in done callback of ${this.future}`,
        exception: error,
        future: this.future as Future<unknown>,
      });
    }
    running.context = null;
    instruments?.doneCallbackEnded(this.future as Future<unknown>, this.fn);
  }
}

/**
 * Waits for many futures by standing in all their lines itself, for there may be a hundred thousand. It is
 * run for each child that succeeds, and counts; of those that do not it is told which.
 */
export interface Counting extends Runnable {
  /** @internal */
  _childFailed(child: Future<unknown>): void;
}

function isCounting(waiter: Runnable): waiter is Counting {
  return (waiter as Partial<Counting>)._childFailed !== undefined;
}

class FailedChild<T> implements Runnable {
  constructor(readonly parent: Counting, readonly child: Future<T>) {}

  run(): void {
    running.task = null;
    this.parent._childFailed(this.child as Future<unknown>);
  }
}

/**
 * A result that is not there yet. Somebody sets it with `setResult` or `setException`; others wait for it
 * with `yield* future` or `await future`, as often as they like.
 *
 * Cancelling a task that waits for a future cancels the future. A failed future that nobody looks at is
 * reported when it is collected or when its loop closes; it never becomes an unhandled rejection.
 *
 * @example
 * ```ts
 * import { Future, getRunningLoop, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const answer = await run(function* () {
 *   const future = new Future<number>();
 *   getRunningLoop().callLater(10, () => future.setResult(42));
 *   return yield* future;
 * });
 * assertEquals(answer, 42);
 * ```
 */
export class Future<T> implements PromiseLike<T> {
  /** @internal Bound when first needed, so that a future can be made outside of any loop. */
  declare _loop: EventLoop | null;
  /** @internal */
  declare _state: FutureState;
  /** @internal */
  declare _value: unknown;
  /** @internal Who is to run when it is done, in order. */
  declare _waiters: Runnable | Runnable[] | null;

  /**
   * Makes a pending future.
   *
   * @param options `loop`: the loop it belongs to, by default the running one, or whichever first uses it.
   */
  constructor(options?: { loop?: EventLoop }) {
    // Here, not in the declarations: field initializers and private methods of a base class cost every
    // task, and every place in a line, 50 ns.
    this._loop = options?.loop ?? runningLoop();
    this._state = "pending";
    this._value = undefined;
    this._waiters = null;
  }

  /** True when it has a result or an exception, or was cancelled. */
  done(): boolean {
    return this._state !== "pending";
  }

  /** True when it was cancelled. */
  cancelled(): boolean {
    return this._state === "cancelled";
  }

  /**
   * The result.
   *
   * @returns What was set.
   * @throws {InvalidStateError} While it is pending.
   * @throws {CancelledError} When it was cancelled.
   */
  result(): T {
    if (this._state === "finished") return this._value as T;
    if (this._state === "failed") throw (this._value as Failure).see();
    if (this._state === "cancelled") throw this._takeCancelled();
    throw new InvalidStateError(
      `Cannot get the result of ${this}: it is pending, expected it done`,
    );
  }

  /**
   * The error it failed with.
   *
   * @returns The error, or null when it has a result.
   * @throws {InvalidStateError} While it is pending.
   * @throws {CancelledError} When it was cancelled.
   */
  exception(): unknown | null {
    if (this._state === "failed") return (this._value as Failure).see();
    if (this._state === "finished") return null;
    if (this._state === "cancelled") throw this._takeCancelled();
    throw new InvalidStateError(
      `Cannot get the exception of ${this}: it is pending, expected it done`,
    );
  }

  /**
   * Ends it with a result. Who waits for it runs in the loop's next iteration.
   *
   * @param value The result.
   * @throws {InvalidStateError} When it is done already.
   */
  setResult(value: T): void {
    if (this._state !== "pending") throw this._settledAlready("set the result");
    this._finish("finished", value);
  }

  /**
   * Ends it with an error.
   *
   * @param error What waiting for it throws; a RuntimeError that says so in place of null or undefined.
   * @throws {InvalidStateError} When it is done already.
   */
  setException(error: unknown): void {
    if (this._state !== "pending") throw this._settledAlready("set the exception");
    this._finish("failed", this._failure(error));
  }

  /**
   * Cancels it, unless it is done.
   *
   * @param message Carried by the CancelledError.
   * @returns False when it was done already.
   */
  cancel(message?: string): boolean {
    if (this._state !== "pending") return false;
    this._finish("cancelled", message);
    return true;
  }

  /**
   * Has `fn` called, from the loop, when the future is done; in the next iteration if it is done now.
   *
   * @param fn Given the future. An error that it throws goes to the loop's exception handler.
   * @param options `context`: where `fn` runs, by default a copy of the current one.
   */
  addDoneCallback(fn: DoneCallback<T>, options?: { context?: Context }): void {
    if (typeof fn !== "function") {
      throw new TypeError(
        `Cannot add a done callback to ${this}: ${describe(fn)} is not a function`,
      );
    }
    this._addWaiter(new FutureCallback(this, fn, options?.context ?? inheritedContext()));
  }

  /**
   * Takes back a callback, however often it was added.
   *
   * @param fn What was given to `addDoneCallback`.
   * @returns How many were removed.
   */
  removeDoneCallback(fn: DoneCallback<T>): number {
    return this._removeWaiters((waiter) => waiter instanceof FutureCallback && waiter.fn === fn);
  }

  /** The loop it belongs to. */
  getLoop(): EventLoop {
    return this._loop ??= getEventLoop();
  }

  /** Waits for it in a generator coroutine: `const value = yield* future`. */
  [Symbol.iterator](): CoroutineGenerator<T> {
    return this as unknown as CoroutineGenerator<T>;
  }

  /**
   * Waits for it in an async function: `const value = await future`. Inside a task, cancelling the task
   * cancels the future and throws CancelledError at the await.
   *
   * @param onfulfilled Given the result.
   * @param onrejected Given the error.
   * @returns A promise for what the callback returns.
   */
  then<R = T, E = never>(
    onfulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    if (this._state !== "pending") return settledThen(this, onfulfilled, onrejected);
    return subscribe(this, onfulfilled, onrejected);
  }

  /**
   * As `Promise.prototype.catch`.
   *
   * @param onrejected Given the error.
   * @returns A promise for the result, or for what the callback returns.
   */
  catch<E = never>(onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null): Promise<T | E> {
    return Promise.resolve(this).catch(onrejected);
  }

  /**
   * As `Promise.prototype.finally`.
   *
   * @param onfinally Called when it is done.
   * @returns A promise for the result.
   */
  finally(onfinally?: (() => void) | null): Promise<T> {
    return Promise.resolve(this).finally(onfinally);
  }

  /** `<Future pending>`, `<Future finished result=42>` and so on. */
  toString(): string {
    return `<${this.constructor.name} ${this._describeState()}>`;
  }

  /** @internal */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @internal False when whoever waits for it is in the middle of a step all the same. */
  _endsStep(): boolean {
    return true;
  }

  /** @internal How messages call it. */
  _title(): string {
    return "A future";
  }

  /** @internal How pictures and trees call a wait for it. */
  _label(): string {
    return this._maker()?.name ?? "a future";
  }

  /** @internal What it waits for itself. */
  _awaits(): Iterable<Future<unknown>> {
    return this._maker()?.awaits ?? [];
  }

  /** @internal */
  _describeState(): string {
    switch (this._state) {
      case "finished":
        return `finished result=${describeValue(this._value)}`;
      case "failed":
        return `finished exception=${describeValue((this._value as Failure).error)}`;
      default:
        return this._state;
    }
  }

  /** @internal A step of `yield* future`: stop the generator, or let it go on. */
  next(): IteratorResult<Future<unknown>, T> {
    switch (this._state) {
      case "pending":
        PARK.value = this as Future<unknown>;
        return PARK as IteratorResult<Future<unknown>, T>;
      case "finished":
        return { done: true, value: this._value as T };
      default:
        return { done: true, value: this.result() };
    }
  }

  /** @internal */
  throw(error: unknown): never {
    throw error;
  }

  /** @internal */
  return<V>(value: V): { done: true; value: V } {
    return { done: true, value };
  }

  /** @internal The value of the failed state. */
  _failure(error: unknown): Failure {
    // JavaScript can throw null and undefined, which exception() could not tell from a success.
    const known = error ??
      new RuntimeError(`Cannot fail ${this} with ${error}: expected an error`);
    const failure = new Failure(known, this._title(), this.getLoop());
    watchFailure(this, failure);
    return failure;
  }

  /** @internal Sets the outcome and makes whoever waits ready. */
  _finish(state: FutureState, value: unknown): void {
    this._state = state;
    this._value = value;
    const waiters = this._waiters;
    if (waiters === null) return;
    this._waiters = null;
    const loop = this._loop!;
    if (loop._instruments !== null) loop._instruments.woken(this as Future<unknown>, waiters);
    if (state !== "finished") wakeByFailure(this, waiters);
    else if (Array.isArray(waiters)) { for (const waiter of waiters) loop._enqueue(waiter); }
    else loop._enqueue(waiters);
  }

  /** @internal */
  _addWaiter(waiter: Runnable): void {
    const loop = this._loop ?? this.getLoop();
    if (this._state !== "pending") loop._enqueue(toldBy(this, waiter));
    else if (this._waiters === null) this._waiters = waiter;
    else if (Array.isArray(this._waiters)) this._waiters.push(waiter);
    else this._waiters = [this._waiters, waiter];
  }

  /** @internal */
  _removeWaiters(match: (waiter: Runnable) => boolean): number {
    if (this._waiters === null) return 0;
    const all = Array.isArray(this._waiters) ? this._waiters : [this._waiters];
    const kept = all.filter((waiter) => !match(waiter));
    if (kept.length < all.length) this._waiters = kept.length === 0 ? null : kept;
    return all.length - kept.length;
  }

  /** @internal The error for who asks; the very one that ended the task goes to the first. */
  _takeCancelled(): CancelledError {
    const value = this._value;
    if (value instanceof CancelledError) {
      this._value = undefined;
      return value;
    }
    return cancelledError(value as string | undefined);
  }

  /** @internal True when waiting for it throws CancelledError; a cancelled gather has failed with one. */
  _throwsCancelled(): boolean {
    return this._state === "cancelled" ||
      this._state === "failed" && (this._value as Failure).error instanceof CancelledError;
  }

  /** @internal A new error of the same kind, for who only looks. One that ended a task keeps its message to itself. */
  _copyCancelled(): CancelledError {
    return cancelledError(typeof this._value === "string" ? this._value : undefined);
  }

  /** @internal Who made it, while it is pending and if that is known. */
  _maker(): Maker | undefined {
    return this._state === "pending" ? this._value as Maker | undefined : undefined;
  }

  /** @internal */
  private _settledAlready(what: string): InvalidStateError {
    return new InvalidStateError(`Cannot ${what} of ${this}: it is done, expected it pending`);
  }
}

/** Who counts is told which future has not succeeded. */
function toldBy<T>(future: Future<T>, waiter: Runnable): Runnable {
  if (future._state === "finished" || !isCounting(waiter)) return waiter;
  return new FailedChild(waiter, future);
}

function wakeByFailure<T>(future: Future<T>, waiters: Runnable | Runnable[]): void {
  for (const waiter of Array.isArray(waiters) ? waiters : [waiters]) {
    future._loop!._enqueue(toldBy(future, waiter));
  }
}

function describeValue(value: unknown): string {
  if (value instanceof Error) return `${value.name}(${JSON.stringify(value.message)})`;
  if (typeof value === "object" || typeof value === "function") {
    return value === null ? "null" : describe(value);
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/**
 * True for futures and tasks.
 *
 * @param x Anything.
 * @returns Whether it is a Future.
 *
 * @example
 * ```ts
 * import { Future, isFuture, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([isFuture(new Future()), isFuture(sleep(1))], [true, false]);
 * ```
 */
export function isFuture(x: unknown): x is Future<unknown> {
  return x instanceof Future;
}
