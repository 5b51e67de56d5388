// Results in the order in which they come.

import type { Coroutine } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { ResultOf } from "./gather.ts";
import type { Runnable } from "../core/ready_queue.ts";
import type { Startable } from "../core/awaitable.ts";
import type { TimerHandle } from "../core/handle.ts";
import { checkLimitIfAny } from "../core/time_argument.ts";
import { describe, TimeoutError } from "../core/errors.ts";
import { doneWith, Turn, WATCHED } from "../core/turn.ts";
import { getEventLoop, running } from "../core/current.ts";
import { isThenable } from "../core/awaitable.ts";
import { noteMade } from "../core/coroutine.ts";
import { someTwice, startFutures } from "./start_future.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** How long `asCompleted` waits. */
export interface AsCompletedOptions {
  /**
   * For all of them together, in milliseconds.
   *
   * @default {for ever}
   */
  timeoutMs?: number;
}

/**
 * Runs all of `aws` concurrently and gives them in the order in which they finish.
 *
 * A plain `for` gives coroutines, each of which waits for the next result: `yield*` or `await` it before
 * the next turn. `for await` gives the futures themselves, done: those that were passed in, or the tasks
 * that were made for the others. Leaving the loop early cancels nothing.
 *
 * @param aws Coroutines, futures, promises, or functions that make one.
 * @param options `timeoutMs` for all of them together.
 * @returns Iterable both ways, once.
 * @throws {TypeError} When `aws` is not an iterable of them.
 * @throws {TimeoutError} From the iteration, when time is up first.
 *
 * @example
 * ```ts
 * import { asCompleted, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const order: string[] = [];
 * await run(function* () {
 *   for (const next of asCompleted([sleep(6, "b"), sleep(1, "a")])) order.push(yield* next);
 * });
 * assertEquals(order, ["a", "b"]);
 * ```
 */
export function asCompleted<T>(
  aws: Iterable<Startable<T>>,
  options?: AsCompletedOptions,
): Iterable<Coroutine<T>> & AsyncIterable<Future<T>>;
/**
 * As above, for awaitables of several kinds.
 *
 * @param aws Coroutines, futures, promises, or functions that make one.
 * @param options `timeoutMs` for all of them together.
 * @returns Iterable both ways, once.
 * @throws {TypeError} When `aws` is not an iterable of them.
 * @throws {TimeoutError} From the iteration, when time is up first.
 *
 * @example
 * ```ts
 * import { asCompleted, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const order: (string | number)[] = [];
 * await run(async () => {
 *   for await (const done of asCompleted([sleep(6, "b"), () => 5])) order.push(done.result());
 * });
 * assertEquals(order, [5, "b"]);
 * ```
 */
export function asCompleted<S extends Startable<unknown>>(
  aws: Iterable<S>,
  options?: AsCompletedOptions,
): Iterable<Coroutine<ResultOf<S>>> & AsyncIterable<Future<ResultOf<S>>>;
export function asCompleted<T>(
  aws: Iterable<Startable<T>>,
  options: AsCompletedOptions = {},
): Iterable<Coroutine<T>> & AsyncIterable<Future<T>> {
  const given: unknown = aws;
  if (
    typeof given !== "object" || given === null || !(Symbol.iterator in given) || isThenable(given)
  ) {
    throw new TypeError(`Cannot iterate ${describe(given)}: expected a list of awaitables`);
  }
  return new AsCompleted(aws, options);
}

class AsCompleted<T> implements Iterable<Coroutine<T>>, AsyncIterable<Future<T>> {
  readonly #children: Child<T>[];
  /** Finished and not given yet; null stands for one that the timeout has replaced. */
  readonly #finished: (Future<T> | null)[] = [];
  readonly #waiting = new WaitQueue(() => "asCompleted", () => this.#pending());
  #given = 0;
  #left: number;
  #timer: TimerHandle | null = null;

  constructor(aws: Iterable<Startable<T>>, options: AsCompletedOptions) {
    const { timeoutMs } = options;
    checkLimitIfAny(timeoutMs, "wait");
    const loop = getEventLoop();
    const starts = [...aws];
    const twice = someTwice(starts);
    const futures = startFutures(starts, twice, loop);
    this.#children = (twice ? [...new Set(futures)] : futures)
      .map((future) => new Child(this, future));
    this.#left = this.#children.length;
    for (const child of this.#children) child.future._addWaiter(child);
    if (this.#left > 0 && timeoutMs !== undefined && timeoutMs !== Infinity) {
      this.#timer = loop.callLater(timeoutMs, () => this.#timeUp());
    }
  }

  *[Symbol.iterator](): Iterator<Coroutine<T>> {
    while (this.#left > 0) {
      this.#left--;
      yield new NextResult(this);
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<Future<T>> {
    return {
      next: async (): Promise<IteratorResult<Future<T>>> => {
        if (this.#left === 0) return { done: true, value: undefined };
        this.#left--;
        return await new NextStep(this);
      },
    };
  }

  /** Who waits for the next to finish. */
  get line(): WaitQueue {
    return this.#waiting;
  }

  /** The next that has finished; undefined when none has. */
  take(): Future<T> | undefined {
    if (this.#given === this.#finished.length) return undefined;
    const future = this.#finished[this.#given++]!;
    if (future === null) throw new TimeoutError("Time is up: not all have completed");
    return future;
  }

  /** Called by every child once; null when time was up first. */
  finished(future: Future<T> | null): void {
    this.#finished.push(future);
    if (this.#finished.length === this.#children.length) this.#timer?.cancel();
    this.#waiting.wakeOne();
  }

  #timeUp(): void {
    for (const child of this.#children) child.drop();
  }

  #pending(): Future<T>[] {
    return this.#children.filter((child) => child.waits).map(({ future }) => future);
  }
}

/** Waits for one future, and tells which it was. */
class Child<T> implements Runnable {
  readonly future: Future<T>;
  /** Null once it was told, or time was up. */
  #parent: AsCompleted<T> | null;

  constructor(parent: AsCompleted<T>, future: Future<T>) {
    this.future = future;
    this.#parent = parent;
  }

  get waits(): boolean {
    return this.#parent !== null;
  }

  run(): void {
    running.task = null;
    this.#tell(this.future);
  }

  drop(): void {
    this.future._removeWaiters((waiter) => waiter === this);
    this.#tell(null);
  }

  #tell(future: Future<T> | null): void {
    const parent = this.#parent;
    this.#parent = null;
    parent?.finished(future);
  }
}

/** Takes the next that finishes, in its turn. */
abstract class Next<T, R> extends Turn<R> {
  readonly #from: AsCompleted<T>;

  constructor(from: AsCompleted<T>) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#from = from;
  }

  override get name(): string {
    return "asCompleted";
  }

  override next(): IteratorResult<Future<unknown>, R> {
    return this.inLine ? this.goOn() : this.called();
  }

  protected override called(): IteratorResult<Future<unknown>, R> {
    const future = this.#from.take();
    return future === undefined ? this.wait(this.#from.line) : doneWith(this.give(future));
  }

  protected override gaveUp(called: boolean): void {
    if (called) this.#from.line.wakeOne();
  }

  protected abstract give(future: Future<T>): R;
}

class NextResult<T> extends Next<T, T> {
  protected override give(future: Future<T>): T {
    return future.result();
  }
}

/** In an object, because awaiting a coroutine that returns a future would await that too. */
class NextStep<T> extends Next<T, IteratorResult<Future<T>>> {
  protected override give(future: Future<T>): IteratorResult<Future<T>> {
    return { done: false, value: future };
  }
}
