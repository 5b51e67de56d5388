// What suspends at a queue. Each tries at once; only one who has to wait takes a place in line.

import type { CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import type { Queue } from "./queue.ts";
import { DONE, doneWith, Turn, WATCHED } from "../core/turn.ts";
import { noteMade } from "../core/coroutine.ts";

/** Takes an item. */
export class Get<T> extends Turn<T> {
  readonly #queue: Queue<T>;

  constructor(queue: Queue<T>) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#queue = queue;
  }

  override get name(): string {
    return this.#queue._getters.name;
  }

  override [Symbol.iterator](): CoroutineGenerator<T> {
    if (this._place !== undefined) this.checkNew();
    this._place = null;
    return this as unknown as CoroutineGenerator<T>;
  }

  override next(): IteratorResult<Future<unknown>, T> {
    return this._place === null ? this.attempt() : this.goOn();
  }

  protected override called(): IteratorResult<Future<unknown>, T> {
    try {
      return this.attempt();
    } catch (error) {
      this.gaveUp(true); // an order of the user's can throw, and the item is still there
      throw error;
    }
  }

  protected override gaveUp(called: boolean): void {
    if (called && !this.#queue.empty()) this.#queue._getters.wakeOne();
  }

  /** No private method: its brand would be one more field of every operation. */
  private attempt(): IteratorResult<Future<unknown>, T> {
    const queue = this.#queue;
    if (queue._items.length > 0) return doneWith(queue._take());
    if (queue._isShutDown) throw queue._shutDownError("get from");
    return this.wait(queue._getters);
  }
}

/** Adds an item. */
export class Put<T> extends Turn<void> {
  readonly #queue: Queue<T>;
  readonly #item: T;

  constructor(queue: Queue<T>, item: T) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#queue = queue;
    this.#item = item;
  }

  override get name(): string {
    return this.#queue._putters.name;
  }

  override [Symbol.iterator](): CoroutineGenerator<void> {
    if (this._place !== undefined) this.checkNew();
    this._place = null;
    return this as unknown as CoroutineGenerator<void>;
  }

  override next(): IteratorResult<Future<unknown>, void> {
    return this._place === null ? this.attempt() : this.goOn();
  }

  protected override called(): IteratorResult<Future<unknown>, void> {
    try {
      return this.attempt();
    } catch (error) {
      this.gaveUp(true); // an order of the user's can throw, and the room is still there
      throw error;
    }
  }

  protected override gaveUp(called: boolean): void {
    if (called && !this.#queue.full()) this.#queue._putters.wakeOne();
  }

  private attempt(): IteratorResult<Future<unknown>, void> {
    const queue = this.#queue;
    if (queue._items.length < queue._room) {
      queue._add(this.#item);
      return DONE;
    }
    if (queue._isShutDown) throw queue._shutDownError("put into");
    return this.wait(queue._putters);
  }
}

/** Waits for all items to be done. */
export class Join extends Turn<void> {
  readonly #queue: Queue<unknown>;

  constructor(queue: Queue<unknown>) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#queue = queue;
  }

  override get name(): string {
    return this.#queue._joiners.name;
  }

  override next(): IteratorResult<Future<unknown>, void> {
    if (this.inLine) return this.goOn();
    return this.#queue._unfinished > 0 ? this.wait(this.#queue._joiners) : DONE;
  }

  protected override called(): IteratorResult<Future<unknown>, void> {
    return DONE;
  }

  protected override gaveUp(): void {}
}
