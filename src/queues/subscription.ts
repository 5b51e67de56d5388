// A subscriber's end of a broadcast channel: a queue that others fill.

import type { Coroutine } from "../core/coroutine.ts";
import { Primitive } from "../sync/primitive.ts";
import { Queue } from "./queue.ts";

/** Told how a subscription stands. */
export interface SubscriptionWatch {
  /** It has no more room. */
  filled(): void;
  /** It has room again, or was closed. */
  drained(): void;
  /** It was closed. */
  closed(): void;
}

/**
 * What `Broadcast.subscribe` gives: the items that were put since, in order.
 *
 * @example
 * ```ts
 * import { broadcast } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const numbers = broadcast<number>();
 * {
 *   using subscription = numbers.subscribe();
 *   numbers.putNowait(1);
 *   assertEquals(subscription.qsize(), 1);
 * }
 * assertEquals(numbers.statistics().subscriptions, 0);
 * ```
 */
export class Subscription<T> extends Primitive implements AsyncIterable<T>, Disposable {
  readonly #inbox: Inbox<T>;
  readonly #watch: SubscriptionWatch;
  #isClosed = false;

  /** @internal */
  constructor(maxsize: number, watch: SubscriptionWatch) {
    super();
    this.#inbox = new Inbox(maxsize, watch);
    this.#watch = watch;
  }

  /** How many items wait here. */
  qsize(): number {
    return this.#inbox.qsize();
  }

  /** True when no item waits here. */
  empty(): boolean {
    return this.#inbox.empty();
  }

  /** True when there is no room for another. */
  full(): boolean {
    return this.#inbox.full();
  }

  /**
   * Removes the next item. It suspends only while there is none. Cancelled here, no item is lost.
   *
   * @returns The item.
   * @throws {QueueShutDown} When there is none and the channel was shut down or this was closed.
   */
  get(): Coroutine<T> {
    return this.#inbox.get();
  }

  /**
   * Removes the next item at once.
   *
   * @returns The item.
   * @throws {QueueEmpty} When there is none.
   * @throws {QueueShutDown} When there is none and the channel was shut down or this was closed.
   */
  getNowait(): T {
    return this.#inbox.getNowait();
  }

  /** Iterates over the items as they come, until the channel is shut down, as over a Queue. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.#inbox[Symbol.asyncIterator]();
  }

  /** Wants no more items: those that wait here are dropped. Without effect the second time. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const wasFull = this.full();
    this.#watch.closed();
    this.#inbox.shutdown(true);
    if (wasFull) this.#watch.drained();
  }

  /** As `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal */
  override _describe(): string[] {
    return [...this.#inbox._describe().filter((word) => !word.startsWith("unfinished"))];
  }

  /** @internal Only when there is room. */
  _deliver(item: T): void {
    this.#inbox._add(item);
  }

  /** @internal */
  _shutdown(immediate: boolean): void {
    this.#inbox.shutdown(immediate);
  }
}

class Inbox<T> extends Queue<T> {
  readonly #watch: SubscriptionWatch;

  constructor(maxsize: number, watch: SubscriptionWatch) {
    super(maxsize);
    this.#watch = watch;
  }

  override _title(): string {
    return "Subscription";
  }

  override _add(item: T): void {
    super._add(item);
    if (this.full()) this.#watch.filled();
  }

  override _take(): T {
    const wasFull = this.full();
    const item = super._take();
    if (wasFull) this.#watch.drained();
    return item;
  }
}
