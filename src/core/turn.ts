// The shape of every operation that tries at once and waits in line when it has to: `acquire`, `get`,
// `put`, `wait`. The uncontended way is one small object and no wait.
//
// | state   | `_place`  | what happens               | next           |
// | ------- | --------- | -------------------------- | -------------- |
// | new     | undefined | nothing                    | begun          |
// | watched | WATCHED   | nothing, in debug mode     | begun          |
// | begun   | null      | `next` tries, or is done   | in line        |
// | in line | a place   | its task waits for it      | begun          |
//
// A kind of operation writes its own `next`, because benches ask about it:
// `return this.inLine ? this.goOn() : (done at once, or this.wait(line))`.

import type { Future } from "./future.ts";
import type { Place, WaitQueue } from "./wait_queue.ts";
import { Coroutine, type CoroutineGenerator, noteUsed, usedBefore } from "./coroutine.ts";
import { PARK } from "./park.ts";

/** What an operation without a result gives. */
export const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };
/** What one gives whose result is that it succeeded. */
export const DONE_TRUE: IteratorReturnResult<true> = { done: true, value: true };

/** Used for every result that `doneWith` gives. `yield*` reads it at once, and nobody else sees it. */
const done: IteratorReturnResult<unknown> = { done: true, value: undefined };

/** A result, without making an object for it. */
export function doneWith<T>(value: T): IteratorReturnResult<T> {
  done.value = value;
  return done as IteratorReturnResult<T>;
}

/**
 * The place of a new one whose use is watched for. A constructor writes
 * `this._place = noteMade(this) ? WATCHED : undefined`: not here, where the write would meet every kind.
 */
export const WATCHED: unique symbol = Symbol("watched");

/** An operation that may have to wait for its turn. */
export abstract class Turn<T> extends Coroutine<T> {
  /** @internal */
  declare _place: Place | null | undefined | typeof WATCHED;

  /** Its turn has come: the result, or another wait. */
  protected abstract called(): IteratorResult<Future<unknown>, T>;

  /** It ends with an error. `called`: its turn had come, and is somebody else's now. */
  protected abstract gaveUp(called: boolean): void;

  /** @internal */
  abstract next(): IteratorResult<Future<unknown>, T>;

  /** The hottest kinds write this anew: with their own, the queue and lock benches take a fifth less. */
  override [Symbol.iterator](): CoroutineGenerator<T> {
    if (this._place !== undefined) this.checkNew();
    this._place = null;
    return this as unknown as CoroutineGenerator<T>;
  }

  override close(): void {
    if (this._place === undefined || this._place === WATCHED) this._place = null;
    noteUsed(this);
  }

  /** One that is not plainly new: watched, or used before. */
  protected checkNew(): void {
    if (this._place !== WATCHED) throw usedBefore(this);
    noteUsed(this);
  }

  /** True when `next` is to be answered by `goOn`. */
  protected get inLine(): boolean {
    return this._place !== null;
  }

  /** Takes a place in line and waits there. */
  protected wait(line: WaitQueue): IteratorResult<Future<unknown>, T> {
    const place = line.join(this);
    this._place = place;
    PARK.value = place as Future<unknown>;
    done.value = undefined; // keep nothing of a program that waits
    return PARK as unknown as IteratorResult<Future<unknown>, T>;
  }

  /** Its task goes on: the place is done. */
  protected goOn(): IteratorResult<Future<unknown>, T> {
    const place = this._place as Place;
    this._place = null;
    const { line } = place;
    if (place._state === "finished") {
      line.leaveCalled(place);
      return this.called();
    }
    line.leave(place);
    this.gaveUp(false);
    throw place._takeCancelled();
  }

  /** @internal */
  throw(error: unknown): never {
    this._abandon();
    throw error;
  }

  /** @internal */
  return<V>(value: V): { done: true; value: V } {
    this._abandon();
    return { done: true, value };
  }

  private _abandon(): void {
    if (this._place) this.gaveUp(this._leave()._state === "finished");
  }

  private _leave(): Place {
    const place = this._place as Place;
    this._place = null;
    place.line.leave(place);
    return place;
  }
}
