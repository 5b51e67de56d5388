// What locks, semaphores and limiters share: to acquire, hold and release.

import type { AsyncContextManager } from "../context_manager.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { Immediate, noteMade } from "../core/coroutine.ts";
import { Primitive } from "./primitive.ts";
import { DONE, DONE_TRUE, Turn, WATCHED } from "../core/turn.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/**
 * Something that a task acquires, has for a while and releases. Who comes first is served first, and
 * nobody who comes later overtakes: neither while others wait, nor while one who was called is on the
 * way.
 */
export abstract class Acquirable extends Primitive implements AsyncContextManager<void> {
  /** @internal Who waits for it. */
  readonly _line: WaitQueue = new WaitQueue(
    () => `${this._title()}.acquire()`,
    () => this._holders(),
  );

  /** True when acquiring would have to wait. */
  abstract locked(): boolean;

  /**
   * Acquires it. It suspends only when it has to wait. Cancelled here, it is not acquired, and the next
   * in line is served.
   *
   * @returns True.
   */
  acquire(): Coroutine<true> {
    return new Acquire(this, DONE_TRUE);
  }

  /**
   * Acquires it for a block: `using _ = await lock.hold()`, or with `yield*`. Suspends as `acquire` does.
   *
   * @returns What releases it when it is disposed of; once, however often that happens.
   */
  hold(): Coroutine<Disposable> {
    return new Acquire(this, { done: true, value: new Held(this) });
  }

  /** Acquires it, for `asyncWith`. Suspends as `acquire` does. */
  enter(): Coroutine<void> {
    return new Acquire(this, DONE);
  }

  /** Releases it, for `asyncWith`. Never suspends. */
  exit(): Coroutine<void> {
    return new Immediate(`${this._title()}.exit()`, () => this.release());
  }

  /** Releases it: the first in line goes on in the next iteration. */
  abstract release(): void;

  /** @internal Acquires it, if that needs no wait. */
  abstract _acquireNow(): boolean;
  /** @internal Acquires it for one who was called. */
  abstract _called(): void;
  /** @internal The tasks that have it, as far as that is known: who waits for it waits for them. */
  _holders(): Iterable<Future<unknown>> {
    return [];
  }
  /** @internal One who waited ends with an error. `called`: it was its turn. */
  abstract _gaveUp(called: boolean): void;
}

class Acquire<R> extends Turn<R> {
  readonly #from: Acquirable;
  readonly #result: IteratorReturnResult<R>;

  constructor(from: Acquirable, result: IteratorReturnResult<R>) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#from = from;
    this.#result = result;
  }

  override get name(): string {
    return this.#from._line.name;
  }

  get awaits(): Iterable<Future<unknown>> {
    return this.#from._line.awaits;
  }

  override [Symbol.iterator](): CoroutineGenerator<R> {
    if (this._place !== undefined) this.checkNew();
    this._place = null;
    return this as unknown as CoroutineGenerator<R>;
  }

  override next(): IteratorResult<Future<unknown>, R> {
    if (this._place !== null) return this.goOn();
    if (!this.#from._acquireNow()) return this.wait(this.#from._line);
    return this.#result;
  }

  protected override called(): IteratorResult<Future<unknown>, R> {
    this.#from._called();
    return this.#result;
  }

  protected override gaveUp(called: boolean): void {
    this.#from._gaveUp(called);
  }
}

/** Releases what was acquired, once. */
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
