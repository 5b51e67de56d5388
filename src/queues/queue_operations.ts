// What suspends at a queue. Each tries at once; only one who has to wait takes a place in line.

import type { Future } from "../core/future.ts";
import type { Queue } from "./queue.ts";
import { Turn } from "../core/turn.ts";

/** Takes an item. */
export class Get<T> extends Turn<T> {
  readonly #queue: Queue<T>;

  constructor(queue: Queue<T>) {
    super();
    this.#queue = queue;
  }

  override get name(): string {
    return `${this.#queue._title()}.get()`;
  }

  override next(): IteratorResult<Future<unknown>, T> {
    return this.inLine ? this.goOn() : this.#tryOrWait();
  }

  protected override called(): IteratorResult<Future<unknown>, T> {
    try {
      return this.#tryOrWait();
    } catch (error) {
      this.gaveUp(true); // an order of the user's can throw, and the item is still there
      throw error;
    }
  }

  protected override gaveUp(called: boolean): void {
    if (called && !this.#queue.empty()) this.#queue._getters.wakeOne();
  }

  #tryOrWait(): IteratorResult<Future<unknown>, T> {
    const queue = this.#queue;
    if (queue._items.length === 0 && !queue._isShutDown) return this.wait(queue._getters);
    return { done: true, value: queue.getNowait() };
  }
}

/** Adds an item. */
export class Put<T> extends Turn<void> {
  readonly #queue: Queue<T>;
  readonly #item: T;

  constructor(queue: Queue<T>, item: T) {
    super();
    this.#queue = queue;
    this.#item = item;
  }

  override get name(): string {
    return `${this.#queue._title()}.put()`;
  }

  override next(): IteratorResult<Future<unknown>, void> {
    return this.inLine ? this.goOn() : this.#tryOrWait();
  }

  protected override called(): IteratorResult<Future<unknown>, void> {
    try {
      return this.#tryOrWait();
    } catch (error) {
      this.gaveUp(true); // an order of the user's can throw, and the room is still there
      throw error;
    }
  }

  protected override gaveUp(called: boolean): void {
    if (called && !this.#queue.full()) this.#queue._putters.wakeOne();
  }

  #tryOrWait(): IteratorResult<Future<unknown>, void> {
    const queue = this.#queue;
    if (queue._items.length >= queue._limit && !queue._isShutDown) {
      return this.wait(queue._putters);
    }
    queue.putNowait(this.#item);
    return { done: true, value: undefined };
  }
}

/** Waits for all items to be done. */
export class Join extends Turn<void> {
  readonly #queue: Queue<unknown>;

  constructor(queue: Queue<unknown>) {
    super();
    this.#queue = queue;
  }

  override get name(): string {
    return `${this.#queue._title()}.join()`;
  }

  override next(): IteratorResult<Future<unknown>, void> {
    if (this.inLine) return this.goOn();
    if (this.#queue._unfinished > 0) return this.wait(this.#queue._joiners);
    return this.called();
  }

  protected override called(): IteratorResult<Future<unknown>, void> {
    return { done: true, value: undefined };
  }

  protected override gaveUp(): void {}
}
