// What locks, semaphores and limiters share: to acquire, hold and release.

import type { AsyncContextManager } from "../async_with.ts";
import type { Coroutine } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { Immediate } from "../core/coroutine.ts";
import { Turn } from "../core/turn.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** Something that a task acquires, has for a while, and releases: first come, first served. */
export abstract class Acquirable implements AsyncContextManager<void> {
  /** Who waits for it. @internal */
  readonly _line: WaitQueue = new WaitQueue();

  acquire(): Coroutine<true> {
    return new Acquire(this, true);
  }

  hold(): Coroutine<Disposable> {
    return new Acquire(this, new Held(this));
  }

  enter(): Coroutine<void> {
    return new Acquire(this, undefined);
  }

  exit(): Coroutine<void> {
    return new Immediate(`${this.constructor.name}.exit()`, () => this.release());
  }

  abstract release(): void;

  /** Acquires it if that needs no wait. @internal */
  abstract _acquireNow(): boolean;
  /** Acquires it for one who was called. @internal */
  abstract _called(): void;
  /** One who waited ends with an error. @internal */
  abstract _gaveUp(called: boolean): void;
}

class Acquire<R> extends Turn<R> {
  readonly #from: Acquirable;
  readonly #result: R;

  constructor(from: Acquirable, result: R) {
    super();
    this.#from = from;
    this.#result = result;
  }

  override get name(): string {
    return `${this.#from.constructor.name}.acquire()`;
  }

  override next(): IteratorResult<Future<unknown>, R> {
    if (this.inLine) return this.goOn();
    if (!this.#from._acquireNow()) return this.wait(this.#from._line);
    return { done: true, value: this.#result };
  }

  protected override called(): IteratorResult<Future<unknown>, R> {
    this.#from._called();
    return { done: true, value: this.#result };
  }

  protected override gaveUp(called: boolean): void {
    this.#from._gaveUp(called);
  }
}

class Held implements Disposable {
  #held: Acquirable | null;

  constructor(held: Acquirable) {
    this.#held = held;
  }

  [Symbol.dispose](): void {
    const held = this.#held;
    this.#held = null;
    held?.release();
  }
}
