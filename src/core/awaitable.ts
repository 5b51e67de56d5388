// What can be waited for and what can be started, and how a foreign promise becomes one of them.

import type { Coroutine, CoroutineGenerator } from "./coroutine.ts";
import type { EventLoop } from "./event_loop.ts";
import type { GeneratorOwner } from "./step.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Task } from "./task.ts";
import { asyncContextSettled, asyncScope, enterScope, loadAsyncContext } from "./async_context.ts";
import { describe } from "./errors.ts";
import { Future, isFuture } from "./future.ts";
import { getEventLoop, running } from "./current.ts";
import { isCoroutine, isGenerator, isLazyFunction } from "./coroutine.ts";

/** Anything that can be waited for. */
export type Awaitable<T> = Coroutine<T> | CoroutineGenerator<T> | Future<T> | PromiseLike<T>;

/** Something that can be started: an awaitable, or a function of no arguments that makes one (or a plain value). */
export type Startable<T> = Awaitable<T> | (() => Awaitable<T> | T);

/** True for promises of whatever make, and all of our awaitables. */
export function isThenable(x: unknown): x is PromiseLike<unknown> {
  return typeof x === "object" && x !== null && "then" in x && typeof x.then === "function";
}

/**
 * True for what can stand after `await`, or for ours after `yield*`.
 *
 * @param x Anything.
 * @returns Whether it is a coroutine, a generator, a future or a promise.
 *
 * @example
 * ```ts
 * import { isAwaitable, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([isAwaitable(sleep(1)), isAwaitable(Promise.resolve()), isAwaitable(1)], [true, true, false]);
 * ```
 */
export function isAwaitable(x: unknown): x is Awaitable<unknown> {
  return isThenable(x) || isGenerator(x);
}

/**
 * A future of a foreign promise. The loop counts it as work outside of its sight until it settles;
 * cancelling it abandons the promise, whose late rejection is absorbed.
 */
export class PromiseFuture<T> extends Future<T> {
  constructor(promise: PromiseLike<T>, loop: EventLoop) {
    super();
    this._loop = loop;
    loop._foreign++;
    Promise.resolve(promise).then(
      (value) => this.#settled(() => this.setResult(value)),
      (error) => this.#settled(() => this.setException(error)),
    );
  }

  /** @internal */
  override _label(): string {
    return "a promise";
  }

  #settled(settle: () => void): void {
    this._loop!._foreign--;
    if (!this.done()) settle();
  }
}

/**
 * The promise of an async function that runs as a part of the waiting task. It cannot be cancelled from
 * here: a cancel goes to what the function itself awaits.
 *
 * What waits for it goes on at once when the function ends in a step of the task, as the caller of an
 * async function does: an iteration in between would let a timer or another task come first.
 */
export class BodyFuture<T> extends Future<T> {
  // TypeScript's private: asyncWith in async functions makes one a body.
  declare private readonly _task: Task<unknown> | null;

  constructor(promise: PromiseLike<T>, loop: EventLoop) {
    super();
    this._loop = loop;
    this._task = running.task;
    if (this._task !== null) loop._stepAsync(this._task);
    Promise.resolve(promise).then(
      (value) => this._ended(value, false),
      (error) => this._ended(error, true),
    );
  }

  private _ended(outcome: unknown, failed: boolean): void {
    const { _task: stepping, _waiters: owner } = this;
    // Else nobody waits, or somebody who drives a generator by hand.
    const goesOn = stepping !== null && this._loop!._isStepping(stepping) && isOwner(owner);
    if (goesOn) this._waiters = null;
    if (failed) this.setException(outcome);
    else this.setResult(outcome as T);
    if (!goesOn) return;
    const { loop, task } = running;
    running.loop = this._loop;
    owner._continue();
    running.loop = loop;
    running.task = task;
  }

  override cancel(): boolean {
    return false;
  }

  /** @internal */
  override _label(): string {
    return "an async function";
  }

  /** @internal */
  override _endsStep(): boolean {
    return false;
  }
}

function isOwner(waiters: Runnable | Runnable[] | null): waiters is GeneratorOwner {
  return waiters !== null && "_continue" in waiters;
}

/** Waits for what a function gave: an awaitable of any kind, or a value. */
export function* waitResult<T>(result: Awaitable<T> | T): CoroutineGenerator<T> {
  if (isFuture(result) || isCoroutine(result)) return yield* result as Coroutine<T>;
  if (isGenerator(result)) return yield* result as CoroutineGenerator<T>;
  if (isThenable(result)) return yield* new BodyFuture(result as PromiseLike<T>, running.loop!);
  return result as T;
}

/**
 * Refuses what cannot be called as a body.
 *
 * @param where As in "the body of <where>".
 * @throws {TypeError} When it is no function.
 */
export function checkBody(body: unknown, where: string): void {
  if (typeof body === "function") return;
  const hint = isAwaitable(body) ? ", did you mean the function that made it?" : "";
  throw new TypeError(
    `Cannot take ${describe(body)} as the body of ${where}: expected a function${hint}`,
  );
}

/** Calls a function of either style, as a part of the running task, and waits for its result. */
export function* call<A extends unknown[], R>(
  fn: (...args: A) => Awaitable<R> | R,
  ...args: A
): CoroutineGenerator<R> {
  if (isLazyFunction(fn)) return yield* waitResult(fn(...args));
  if (!asyncContextSettled()) yield* new PromiseFuture(loadAsyncContext(), running.loop!);
  const { task } = running;
  // An async function that awaits us is in the task's scope already, and to enter it takes half a microsecond.
  const isThere = task === null || asyncScope() === task;
  return yield* waitResult(isThere ? fn(...args) : enterScope(task, () => fn(...args)));
}

/**
 * A future for any awaitable: a future is returned as it is, a coroutine becomes a task, a promise is
 * waited for. Cancelling the future of a promise abandons the promise.
 *
 * @param aw The awaitable.
 * @param options `loop`: by default the running one.
 * @returns The future.
 * @throws {TypeError} When it is not awaitable.
 *
 * @example
 * ```ts
 * import { ensureFuture, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = await run(function* () {
 *   return yield* ensureFuture(new Response("hello").bytes());
 * });
 * assertEquals(bytes.length, 5);
 * ```
 */
export function ensureFuture<T>(aw: Awaitable<T>, options: { loop?: EventLoop } = {}): Future<T> {
  if (isFuture(aw)) return aw as Future<T>;
  const loop = options.loop ?? getEventLoop();
  if (isCoroutine(aw) || isGenerator(aw)) return loop.createTask(aw);
  if (isThenable(aw)) return new PromiseFuture(aw as PromiseLike<T>, loop);
  const hint = typeof aw === "function" ? ", did you mean to call it?" : "";
  throw new TypeError(
    `Cannot make a future of ${describe(aw)}: expected a coroutine, a future or a promise${hint}`,
  );
}

/**
 * concurrent.futures' name for {@linkcode ensureFuture}.
 *
 * @param aw The awaitable.
 * @param options `loop`: by default the running one.
 * @returns The future.
 * @throws {TypeError} When it is not awaitable.
 *
 * @example
 * ```ts
 * import { run, wrapFuture } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await run(() => wrapFuture(Promise.resolve(42))), 42);
 * ```
 */
export const wrapFuture: typeof ensureFuture = ensureFuture;
