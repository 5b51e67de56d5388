// Many results as one future.

import type { Startable } from "../core/awaitable.ts";
import type { EventLoop } from "../core/event_loop.ts";
import { cancelledError } from "../core/errors.ts";
import { type Counting, Future, isFuture } from "../core/future.ts";
import { getEventLoop, running } from "../core/current.ts";
import { checkArray, someTwice, startFutures } from "./start_future.ts";

/** How `gather` treats errors. */
export interface GatherOptions {
  /**
   * Give errors as results instead of failing with the first.
   *
   * @default {false}
   */
  returnExceptions?: boolean;
}

/** What a startable gives. */
export type ResultOf<S> = S extends Startable<infer T> ? T : never;
/** The results of a tuple of startables. */
export type ResultsOf<A extends readonly unknown[]> = { -readonly [K in keyof A]: ResultOf<A[K]> };
/** The results of a tuple of startables, each of which may be an error. */
export type ResultsOrErrorsOf<A extends readonly unknown[]> = {
  -readonly [K in keyof A]: ResultOf<A[K]> | Error;
};

/** Cancelling it cancels the children; it ends when they have. */
class GatheringFuture extends Future<unknown[]> implements Counting {
  readonly children: Future<unknown>[];
  /** In debug mode: those that nobody else knows. */
  started: Future<unknown>[] = [];
  readonly #returnExceptions: boolean;
  /** How many have not told yet that they are done. */
  #pending: number;
  #cancelRequested = false;

  constructor(children: Future<unknown>[], returnExceptions: boolean, loop: EventLoop) {
    super();
    this._loop = loop;
    this.children = children;
    this.#returnExceptions = returnExceptions;
    this.#pending = children.length;
  }

  /** Waits for the children. Those that are done count at once. */
  listen(): void {
    const { children } = this;
    if (children.length === 0) this.setResult([]);
    for (const child of children) if (!child.done()) child._addWaiter(this);
    for (const child of children) {
      if (child._state === "finished") this.#childSucceeded();
      else if (child.done()) this._childFailed(child);
    }
  }

  /** @internal Called by the loop for every child that has succeeded. */
  run(): void {
    running.task = null;
    this.#childSucceeded();
  }

  #childSucceeded(): void {
    if (--this.#pending === 0 && this._state === "pending") this.#allDone();
  }

  /** @internal */
  _childFailed(child: Future<unknown>): void {
    this.#pending--;
    if (this._state !== "pending") {
      if (!child.cancelled()) child.exception(); // looked at
    } else if (!this.#returnExceptions) {
      this.#fail(child.cancelled() ? child._takeCancelled() : child.exception());
    } else if (this.#pending === 0) this.#allDone();
  }

  #fail(error: unknown): void {
    this.setException(error);
    if (this.#cancelRequested) return;
    const orphans = new Set(this.started.filter((child) => !child.done()));
    this._loop!._debug?.gatherFailed([...orphans], error);
  }

  #allDone(): void {
    if (this.#cancelRequested) {
      for (const child of this.children) if (!child.cancelled()) child.exception(); // looked at
      const last = this.children.at(-1)!;
      this.setException(last.cancelled() ? last._takeCancelled() : cancelledError(undefined));
    } else this.setResult(this.children.map(resultOrError));
  }

  /** @internal */
  override _label(): string {
    return `gather(${this.children.length})`;
  }

  /** @internal */
  override _awaits(): Future<unknown>[] {
    return [...new Set(this.children)];
  }

  override cancel(message?: string): boolean {
    if (this.done()) return false;
    let any = false;
    for (const child of this.children) if (child.cancel(message)) any = true;
    if (any) this.#cancelRequested = true;
    return any;
  }
}

/**
 * Runs all of `aws` concurrently and gives their results in the order in which they were given, whichever
 * finishes first.
 *
 * The first error fails the returned future at once and **leaves the others running**, as in CPython; a
 * TaskGroup cancels them. Cancelling the returned future cancels all children; a child that is cancelled
 * otherwise counts as one that failed with CancelledError.
 *
 * @param aws Coroutines, futures, promises, or functions that make one; each becomes a future, the same
 * one given twice becomes one.
 * @param options `returnExceptions`: errors are results.
 * @returns A future of the results.
 * @throws {TypeError} When it is no array, or one of them cannot be started.
 *
 * @example
 * ```ts
 * import { gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const results = await run(() => gather([sleep(3, "slow"), sleep(1, 1)]));
 * assertEquals(results, ["slow", 1]);
 * ```
 */
export function gather<const A extends readonly Startable<unknown>[]>(
  aws: A,
  options?: { returnExceptions?: false },
): Future<ResultsOf<A>>;
/**
 * As above, with errors among the results: no child fails the future, and it ends when all have.
 *
 * @param aws Coroutines, futures, promises, or functions that make one.
 * @param options `returnExceptions: true`, or whether.
 * @returns A future of the results and errors.
 * @throws {TypeError} When it is no array, or one of them cannot be started.
 *
 * @example
 * ```ts
 * import { gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const fail = () => {
 *   throw new Error("no");
 * };
 * const [done, failed] = await run(() => gather([sleep(1, "yes"), fail], { returnExceptions: true }));
 * assertEquals([done, String(failed)], ["yes", "Error: no"]);
 * ```
 */
export function gather<const A extends readonly Startable<unknown>[]>(
  aws: A,
  options: { returnExceptions: boolean },
): Future<ResultsOrErrorsOf<A>>;
export function gather(
  aws: readonly Startable<unknown>[],
  options: GatherOptions = {},
): Future<unknown> {
  checkArray(aws, "gather");
  const children = startFutures(aws, someTwice(aws));
  const loop = children.length > 0 ? children[0]!.getLoop() : getEventLoop();
  const outer = new GatheringFuture(children, options.returnExceptions ?? false, loop);
  const { _debug: debug } = outer._loop!;
  if (debug !== null) {
    debug.madeHere(outer);
    outer.started = children.filter((_, i) => !isFuture(aws[i]));
  }
  outer.listen();
  return outer;
}

function resultOrError(child: Future<unknown>): unknown {
  if (child._state === "finished") return child._value;
  if (child.cancelled()) return child._copyCancelled();
  return child.exception();
}
