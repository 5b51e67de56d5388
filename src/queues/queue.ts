import type { Coroutine } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { QueueEmpty, QueueFull, QueueShutDown } from "../core/errors.ts";
import { Turn } from "../core/turn.ts";
import { WaitQueue } from "../core/wait_queue.ts";
import { Deque } from "./deque.ts";

export class Queue<T> {
  /** @internal */
  _items: Deque<T> = new Deque<T>();
  readonly _getters: WaitQueue = new WaitQueue();
  readonly _putters: WaitQueue = new WaitQueue();
  readonly maxsize: number;
  readonly _limit: number;
  _unfinished = 0;
  _isShutDown = false;
  constructor(maxsize = 0) {
    this.maxsize = maxsize;
    this._limit = maxsize > 0 ? maxsize : Infinity;
  }
  empty(): boolean {
    return this._items.length === 0;
  }
  full(): boolean {
    return this._items.length >= this._limit;
  }
  put(item: T): Coroutine<void> {
    return new Put(this, item);
  }
  get(): Coroutine<T> {
    return new Get(this);
  }
  putNowait(item: T): void {
    if (this._isShutDown) throw new QueueShutDown();
    if (this.full()) throw new QueueFull();
    this._items.push(item);
    this._unfinished++;
    this._getters.wakeOne();
  }
  getNowait(): T {
    if (this.empty()) {
      if (this._isShutDown) throw new QueueShutDown();
      throw new QueueEmpty();
    }
    const item = this._items.take();
    this._putters.wakeOne();
    return item;
  }
}
class Get<T> extends Turn<T> {
  readonly #queue: Queue<T>;
  constructor(queue: Queue<T>) {
    super();
    this.#queue = queue;
  }
  override get name(): string {
    return `${this.#queue.constructor.name}.get()`;
  }
  override next(): IteratorResult<Future<unknown>, T> {
    if (this.inLine) return this.goOn();
    return this.called();
  }
  protected override called(): IteratorResult<Future<unknown>, T> {
    const queue = this.#queue;
    if (queue.empty() && !queue._isShutDown) return this.wait(queue._getters);
    return { done: true, value: queue.getNowait() };
  }
  protected override gaveUp(called: boolean): void {
    if (called && !this.#queue.empty()) this.#queue._getters.wakeOne();
  }
}
class Put<T> extends Turn<void> {
  readonly #queue: Queue<T>;
  readonly #item: T;
  constructor(queue: Queue<T>, item: T) {
    super();
    this.#queue = queue;
    this.#item = item;
  }
  override get name(): string {
    return `${this.#queue.constructor.name}.put()`;
  }
  override next(): IteratorResult<Future<unknown>, void> {
    if (this.inLine) return this.goOn();
    return this.called();
  }
  protected override called(): IteratorResult<Future<unknown>, void> {
    const queue = this.#queue;
    if (queue.full() && !queue._isShutDown) return this.wait(queue._putters);
    queue.putNowait(this.#item);
    return { done: true, value: undefined };
  }
  protected override gaveUp(called: boolean): void {
    if (called && !this.#queue.full()) this.#queue._putters.wakeOne();
  }
}
