// A queue between tasks: who takes from an empty one waits, and who puts into a full one.
//
// A put calls the first who waits to take, a take the first who waits to put. Who was called looks again
// when he comes: another may have been quicker, and then he waits again, at the end, as in CPython.

import type { Coroutine } from "../core/coroutine.ts";
import { keepShapes } from "../core/shapes.ts";
import { describe, QueueEmpty, QueueFull, QueueShutDown } from "../core/errors.ts";
import { Deque, type Items } from "./deque.ts";
import { Get, Join, Put } from "./queue_operations.ts";
import { NextItem } from "./iteration.ts";
import { Primitive, waitingWord } from "../sync/primitive.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** What a queue is doing. */
export interface QueueStatistics {
  /** How many items it holds. */
  readonly size: number;
  /** How many it may hold; Infinity when there is no bound. */
  readonly maxsize: number;
  /** How many tasks wait for an item. */
  readonly gettersWaiting: number;
  /** How many tasks wait for room. */
  readonly puttersWaiting: number;
  /** How many items were put for which `taskDone` was not called yet. */
  readonly unfinished: number;
  /** Whether it was shut down. */
  readonly shutDown: boolean;
}

/**
 * A queue between tasks, first in, first out. With a bound, producers wait for consumers.
 *
 * Every operation costs the same however many items there are and however many tasks wait.
 *
 * @example
 * ```ts
 * import { createTask, Queue, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const queue = new Queue<number>(2);
 * const seen: number[] = [];
 * await run(function* () {
 *   const producer = createTask(function* () {
 *     for (let i = 0; i < 5; i++) yield* queue.put(i);
 *     queue.shutdown();
 *   });
 *   yield* createTask(async () => {
 *     for await (const item of queue) seen.push(item); // ends with the shutdown
 *   });
 *   yield* producer;
 * });
 * assertEquals(seen, [0, 1, 2, 3, 4]);
 * ```
 */
export class Queue<T> extends Primitive implements AsyncIterable<T> {
  static readonly #spare: void = /* @__PURE__ */ keepShapes(() => {
    const spare = new Queue<unknown>();
    return [spare, spare.get(), spare.put(0)];
  });
  /** How many items it may hold; 0 and below for any number. */
  readonly maxsize: number;
  /** @internal */
  _items: Items<T> = new Deque<T>();
  /** @internal How many items it takes: the bound, Infinity for none, 0 once it was shut down. */
  _room: number;
  /** @internal Who waits for an item. */
  readonly _getters: WaitQueue = new WaitQueue(() => `${this._title()}.get()`);
  /** @internal Who waits for room. */
  readonly _putters: WaitQueue = new WaitQueue(() => `${this._title()}.put()`);
  /** @internal Who waits for all items to be done. */
  readonly _joiners: WaitQueue = new WaitQueue(() => `${this._title()}.join()`);
  /** @internal */
  _unfinished = 0;
  /** @internal */
  _isShutDown = false;

  /**
   * Makes a queue.
   *
   * @param maxsize How many items it may hold, a whole number; 0 and below, or Infinity, for any number.
   * @throws {RangeError} When `maxsize` is a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  constructor(maxsize = 0) {
    super();
    this.maxsize = checkMaxsize(maxsize);
    this._room = this.#limit();
  }

  /** How many items it holds. */
  qsize(): number {
    return this._items.length;
  }

  /** True when it holds no item. */
  empty(): boolean {
    return this._items.length === 0;
  }

  /** True when it holds as many items as it may. */
  full(): boolean {
    return this._items.length >= this.#limit();
  }

  /**
   * Adds an item. It suspends only while the queue is full. Cancelled here, the item is not added.
   *
   * @param item Anything.
   * @throws {QueueShutDown} When the queue was shut down, also while this waits.
   */
  put(item: T): Coroutine<void> {
    return new Put(this, item);
  }

  /**
   * Adds an item at once.
   *
   * @param item Anything.
   * @throws {QueueFull} When there is no room.
   * @throws {QueueShutDown} When the queue was shut down.
   */
  putNowait(item: T): void {
    if (this._items.length < this._room) return this._add(item);
    if (this._isShutDown) throw this._shutDownError("put into");
    throw new QueueFull(`Cannot put into ${this}: it is full, expected room`);
  }

  /**
   * Removes the next item. It suspends only while the queue is empty. Cancelled here, no item is lost.
   *
   * @returns The item.
   * @throws {QueueShutDown} When the queue was shut down and is empty, also while this waits.
   */
  get(): Coroutine<T> {
    return new Get(this);
  }

  /**
   * Removes the next item at once.
   *
   * @returns The item.
   * @throws {QueueEmpty} When there is none.
   * @throws {QueueShutDown} When there is none and the queue was shut down.
   */
  getNowait(): T {
    if (this._items.length > 0) return this._take();
    if (this._isShutDown) throw this._shutDownError("get from");
    throw new QueueEmpty(`Cannot get from ${this}: it is empty, expected an item`);
  }

  /**
   * Says that an item that was taken is dealt with. `join` waits for that.
   *
   * @throws {RangeError} When it was said for all items already.
   */
  taskDone(): void {
    if (this._unfinished === 0) {
      throw new RangeError(`Cannot call taskDone of ${this}: every item is done already`);
    }
    this._unfinished--;
    this.#checkFinished();
  }

  /**
   * Waits until `taskDone` was called for every item. It suspends only when that is not so. Cancelled
   * here, nothing is left behind.
   */
  join(): Coroutine<void> {
    return new Join(this);
  }

  /**
   * Ends it: no more items come in. Who waits to put fails with QueueShutDown; who gets does so once the
   * queue is empty, and iterations end.
   *
   * @param immediate Drops the items that are left, as if they were done; by default false.
   */
  shutdown(immediate = false): void {
    this._isShutDown = true;
    this._room = 0;
    if (immediate) {
      while (this._items.length > 0) {
        this._items.take();
        if (this._unfinished > 0) this._unfinished--;
      }
      this.#checkFinished();
    }
    this._getters.wakeAll();
    this._putters.wakeAll();
  }

  /**
   * Iterates over the items as they come, until the queue is shut down and empty: `for await`, or
   * `forEach`. Leaving the loop early loses no item. Several tasks may iterate: each item goes to one of
   * them. It says nothing to `join`; call `taskDone` in the loop where that matters.
   */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return { next: () => new NextItem(this) };
  }

  /** A snapshot of what it is doing. */
  statistics(): QueueStatistics {
    return {
      size: this._items.length,
      maxsize: this.#limit(),
      gettersWaiting: this._getters.size,
      puttersWaiting: this._putters.size,
      unfinished: this._unfinished,
      shutDown: this._isShutDown,
    };
  }

  /** @internal */
  override _describe(): string[] {
    return [
      `size=${this._items.length}`,
      this.#limit() === Infinity ? "" : `maxsize=${this.maxsize}`,
      waitingWord("getters", this._getters.size),
      waitingWord("putters", this._putters.size),
      waitingWord("unfinished", this._unfinished),
      this._isShutDown ? "shut down" : "",
    ];
  }

  /** @internal Adds an item when there is room. */
  _add(item: T): void {
    this._items.push(item);
    this._unfinished++;
    this._getters.wakeOne();
  }

  /** @internal Removes an item when there is one. */
  _take(): T {
    const item = this._items.take();
    this._putters.wakeOne();
    return item;
  }

  /** @internal */
  _shutDownError(what: string): QueueShutDown {
    return new QueueShutDown(`Cannot ${what} ${this}: it was shut down`);
  }

  #limit(): number {
    return this.maxsize > 0 ? this.maxsize : Infinity;
  }

  #checkFinished(): void {
    if (this._unfinished === 0) this._joiners.wakeAll();
  }
}

function checkMaxsize(maxsize: number): number {
  if (typeof maxsize !== "number") {
    throw new TypeError(`Cannot bound a queue by ${describe(maxsize)}: expected a number`);
  }
  if (maxsize === Infinity || Number.isInteger(maxsize)) return maxsize;
  throw new RangeError(`Cannot bound a queue by ${maxsize}: expected a whole number`);
}
