// Many results as one future.

import type { Startable } from "../core/awaitable.ts";
import type { EventLoop } from "../core/event_loop.ts";
import { cancelledError } from "../core/errors.ts";
import { Future, isFuture } from "../core/future.ts";
import { getEventLoop } from "../core/current.ts";
import { startFuture } from "./start_future.ts";

/** How `gather` treats errors. */
export interface GatherOptions {
  /** Give errors as results instead of failing with the first. @default {false} */
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
class GatheringFuture extends Future<unknown[]> {
  cancelRequested = false;

  constructor(readonly children: Future<unknown>[], loop: EventLoop) {
    super();
    this._loop = loop;
  }

  /** @internal */
  override _label(): string {
    return `gather(${this.children.length})`;
  }

  /** @internal */
  override _awaits(): Future<unknown>[] {
    return this.children;
  }

  override cancel(message?: string): boolean {
    if (this.done()) return false;
    let any = false;
    for (const child of this.children) if (child.cancel(message)) any = true;
    if (any) this.cancelRequested = true;
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
 * @throws {TypeError} When one of them cannot be started.
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
/** As above, with errors among the results. */
export function gather<const A extends readonly Startable<unknown>[]>(
  aws: A,
  options: { returnExceptions: true },
): Future<ResultsOrErrorsOf<A>>;
export function gather(
  aws: readonly Startable<unknown>[],
  options: GatherOptions = {},
): Future<unknown> {
  const returnExceptions = options.returnExceptions ?? false;
  const futures = new Map<Startable<unknown>, Future<unknown>>();
  const done: Future<unknown>[] = [];
  let loop: EventLoop | null = null;
  let outer: GatheringFuture | null = null;
  let pending = 0;

  const onDone = (child: Future<unknown>): void => {
    pending--;
    if (outer === null || outer.done()) {
      if (!child.cancelled()) child.exception(); // looked at
      return;
    }
    if (!returnExceptions) {
      if (child.cancelled()) return fail(outer, child._takeCancelled());
      const error = child.exception();
      if (error !== null) return fail(outer, error);
    }
    if (pending > 0) return;
    if (outer.cancelRequested) {
      const last = outer.children.at(-1)!;
      outer.setException(last.cancelled() ? last._takeCancelled() : cancelledError(undefined));
    } else outer.setResult(outer.children.map(resultOrError));
  };

  const fail = (outer: GatheringFuture, error: unknown): void => {
    outer.setException(error);
    const debug = outer._loop!._debug;
    if (debug === null || outer.cancelRequested) return;
    // Nobody else knows those that were started here.
    const orphans = outer.children.filter((child, i) => !isFuture(aws[i]) && !child.done());
    debug.gatherFailed([...new Set(orphans)], error);
  };

  const children = aws.map((aw) => {
    // The same function given twice is started twice: each call is a coroutine of its own.
    const known = typeof aw === "function" ? undefined : futures.get(aw);
    if (known !== undefined) return known;
    const child: Future<unknown> = isFuture(aw) ? aw : startFuture(aw, loop);
    loop ??= child.getLoop();
    futures.set(aw, child);
    pending++;
    if (child.done()) done.push(child);
    else child.addDoneCallback(onDone);
    return child;
  });

  outer = new GatheringFuture(children, loop ?? getEventLoop());
  outer._loop!._debug?.madeHere(outer);
  if (children.length === 0) outer.setResult([]);
  for (const child of done) onDone(child);
  return outer;
}

function resultOrError(child: Future<unknown>): unknown {
  if (child.cancelled()) return child._copyCancelled();
  return child.exception() ?? child.result();
}
