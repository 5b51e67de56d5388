// One to many: every subscriber sees every item, each through a queue of its own.

import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { Lock } from "../sync/lock.ts";
import { Primitive, waitingWord } from "../sync/primitive.ts";
import { QueueFull, QueueShutDown } from "../core/errors.ts";
import { Subscription } from "./subscription.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** What a broadcast channel is doing. */
export interface BroadcastStatistics {
  /** How many subscribe to it. */
  readonly subscriptions: number;
  /** How many subscribers have no room for another item. */
  readonly full: number;
  /** How many tasks wait to put. */
  readonly puttersWaiting: number;
  /** Whether it was shut down. */
  readonly shutDown: boolean;
}

/**
 * A channel whose every subscriber sees every item that is put after it subscribed, in the same order.
 * Each has a bound of its own, and a put waits for the slowest; a subscriber that has seen enough closes
 * its subscription, so that nobody waits for it. Without subscribers items are gone.
 *
 * An item costs as much as there are subscribers.
 *
 * @example
 * ```ts
 * import { broadcast, gather, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const news = broadcast<string>();
 * async function read(log: string[]) {
 *   for await (const line of news.subscribe(1)) log.push(line);
 * }
 * const a: string[] = [];
 * const b: string[] = [];
 * await run(() =>
 *   gather([
 *     () => read(a),
 *     () => read(b),
 *     async () => {
 *       await news.put("one");
 *       await news.put("two");
 *       news.shutdown();
 *     },
 *   ])
 * );
 * assertEquals([a, b], [["one", "two"], ["one", "two"]]);
 * ```
 */
export class Broadcast<T> extends Primitive {
  readonly #subscriptions = new Set<Subscription<T>>();
  /** Whose turn it is to put: one waits for room, the others for him. */
  readonly #turn = new Lock();
  readonly #room = new WaitQueue(() => this.#putName());
  #full = 0;
  #isShutDown = false;

  /**
   * Subscribes to what is put from now on.
   *
   * @param maxsize How many items may wait here, a whole number; 0 and below, or Infinity, for any number.
   * @returns The subscription, to be closed when no more items are wanted.
   * @throws {QueueShutDown} When the channel was shut down.
   * @throws {RangeError} When `maxsize` is a fraction or NaN.
   * @throws {TypeError} When it is no number.
   */
  subscribe(maxsize = 0): Subscription<T> {
    this.#checkOpen("subscribe to");
    const subscription = new Subscription<T>(maxsize, {
      filled: () => void this.#full++,
      drained: () => {
        this.#full--;
        this.#room.wakeOne();
      },
      closed: () => void this.#subscriptions.delete(subscription),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /**
   * Gives an item to every subscriber. It suspends while some subscriber has no room; others who put wait
   * their turn. Cancelled here, nobody sees the item.
   *
   * @param item Anything.
   * @throws {QueueShutDown} When the channel was shut down, also while this waits.
   */
  put(item: T): Coroutine<void> {
    return new GeneratorCoroutine(this.#put(item), this.#putName());
  }

  /**
   * Gives an item to every subscriber at once.
   *
   * @param item Anything.
   * @throws {QueueFull} When some subscriber has no room, or others wait to put.
   * @throws {QueueShutDown} When the channel was shut down.
   */
  putNowait(item: T): void {
    this.#checkOpen("put into");
    if (this.#full > 0 || this.#turn.locked()) {
      throw new QueueFull(`Cannot put into ${this}: expected room at every subscriber`);
    }
    this.#deliver(item);
  }

  /**
   * Ends it: no more items come in. Who waits to put fails with QueueShutDown; subscribers do once they
   * have seen all items, and iterations end.
   *
   * @param immediate Drops the items that they have not taken yet; by default false.
   */
  shutdown(immediate = false): void {
    this.#isShutDown = true;
    for (const subscription of this.#subscriptions) subscription._shutdown(immediate);
    if (immediate) this.#full = 0;
    this.#room.wakeAll();
  }

  /** A snapshot of what it is doing. */
  statistics(): BroadcastStatistics {
    return {
      subscriptions: this.#subscriptions.size,
      full: this.#full,
      puttersWaiting: this.#turn.statistics().tasksWaiting + this.#room.size,
      shutDown: this.#isShutDown,
    };
  }

  /** @internal */
  override _describe(): string[] {
    const { puttersWaiting } = this.statistics();
    return [
      `subscriptions=${this.#subscriptions.size}`,
      waitingWord("full", this.#full),
      waitingWord("putters", puttersWaiting),
      this.#isShutDown ? "shut down" : "",
    ];
  }

  *#put(item: T): CoroutineGenerator<void> {
    yield* this.#turn.acquire();
    try {
      while (this.#full > 0 && !this.#isShutDown) yield* this.#room.park();
      this.#checkOpen("put into");
      this.#deliver(item);
    } finally {
      this.#turn.release();
    }
  }

  #deliver(item: T): void {
    for (const subscription of this.#subscriptions) subscription._deliver(item);
  }

  #checkOpen(what: string): void {
    if (this.#isShutDown) throw new QueueShutDown(`Cannot ${what} ${this}: it was shut down`);
  }

  #putName(): string {
    return `${this._title()}.put()`;
  }
}

/**
 * Makes a channel whose every subscriber sees every item.
 *
 * @returns The channel.
 *
 * @example
 * ```ts
 * import { broadcast } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const numbers = broadcast<number>();
 * const a = numbers.subscribe();
 * const b = numbers.subscribe();
 * numbers.putNowait(1);
 * assertEquals([a.getNowait(), b.getNowait()], [1, 1]);
 * ```
 */
export function broadcast<T>(): Broadcast<T> {
  return new Broadcast();
}
