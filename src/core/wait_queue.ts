// Where tasks wait in line. Every primitive parks through this one queue: first come, first served.
//
// A place stays in line until the task that took it goes on, as in CPython, so that a primitive can ask
// whether somebody was called and has not come yet, and let nobody overtake him:
//
// | place     | future    | next                                    |
// | --------- | --------- | --------------------------------------- |
// | waiting   | pending   | called, cancelled, left (closed)        |
// | called    | finished  | left: the task goes on, or is cancelled |
// | cancelled | cancelled | left                                    |
//
// Making futures is what a wait costs most, so a line keeps one place that was left, for the next to come.

import type { Coroutine } from "./coroutine.ts";
import type { Runnable } from "./ready_queue.ts";
import { noteMade } from "./coroutine.ts";
import { Future, type Maker } from "./future.ts";
import { keepShapes } from "./shapes.ts";
import { running } from "./current.ts";
import { DONE, Turn, WATCHED } from "./turn.ts";

/** A place in line: the future that its task waits for. */
export class Place extends Future<void> {
  /** @internal Neighbours. */
  declare _before: Place | null;
  /** @internal */
  declare _after: Place | null;
  /** The line that it is a place in. */
  declare readonly line: WaitQueue;

  /** @internal */
  constructor(line: WaitQueue) {
    super();
    this.line = line;
    this._before = this._after = null;
  }

  /** Ends the wait, for a task that is cancelled. */
  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false;
    this.line._cancelled();
    return true;
  }

  /** @internal */
  override _addWaiter(waiter: Runnable): void {
    if (this._waiters === null && this._state === "pending") this._waiters = waiter;
    else super._addWaiter(waiter);
  }

  /** @internal */
  override _maker(): Maker | undefined {
    return super._maker() ?? (this._state === "pending" ? this.line : undefined);
  }

  /** @internal `_finish`, for the one task that waits here nearly always. */
  _call(): void {
    const { _waiters: waiter, _loop: loop } = this;
    if (waiter === null || Array.isArray(waiter) || loop!._instruments !== null) {
      return this._finish("finished", undefined);
    }
    this._state = "finished";
    this._value = undefined;
    this._waiters = null;
    loop!._enqueue(waiter);
  }
}

/** A line of waiting tasks. Every operation is O(1), so a line of 100,000 is as fast as one of ten. */
export class WaitQueue implements Maker {
  readonly #name: () => string;
  readonly #awaits: () => Iterable<Future<unknown>>;
  #first: Place | null = null;
  #last: Place | null = null;
  /** Nobody before it waits; null when nobody waits at all. */
  #next: Place | null = null;
  #waiting = 0;
  #called = 0;
  #spare: Place | null = null;

  /**
   * Makes a line. The parameters are for diagnostics.
   *
   * @param name What its tasks wait for, as `Lock.acquire()`.
   * @param awaits The futures one of which will call them, as far as that is known.
   */
  constructor(name: () => string, awaits: () => Iterable<Future<unknown>> = () => []) {
    this.#name = name;
    this.#awaits = awaits;
  }

  /** What its tasks wait for. */
  get name(): string {
    return this.#name();
  }

  /** The futures one of which will call them, as far as that is known. */
  get awaits(): Iterable<Future<unknown>> {
    return this.#awaits();
  }

  /** How many wait and have not been called. */
  get size(): number {
    return this.#waiting;
  }

  /** True when nobody waits and nobody was called who has not gone on yet. */
  get clear(): boolean {
    return this.#waiting === 0 && this.#called === 0;
  }

  /** Waits in line. Cancelled after it was called, it calls the next before it throws. */
  park(): Coroutine<void> {
    return new Park(this);
  }

  /** Takes a place at the end of the line, for `maker`. */
  join(maker: Maker): Place {
    let place = this.#spare;
    if (place === null || place._loop !== running.loop) place = new Place(this);
    else {
      this.#spare = null;
      place._state = "pending";
    }
    // Only to find where it was made: the store is an old object's to a young one, which costs 10 ns.
    if (place._loop!._debug !== null) place._value = maker;
    const last = this.#last;
    this.#last = place;
    if (last === null) this.#first = place;
    else {
      last._after = place;
      place._before = last;
    }
    if (this.#next === null) this.#next = place;
    this.#waiting++;
    return place;
  }

  /** Gives up a place, for who goes on or does not wait any more. */
  leave(place: Place): void {
    if (place._state === "pending") this.#waiting--;
    else if (place._state === "finished") this.#called--;
    const { _before: before, _after: after } = place;
    if (before === null) this.#first = after;
    else before._after = after;
    if (after === null) this.#last = before;
    else after._before = before;
    if (this.#next === place) this.#next = after;
    place._before = place._after = null;
  }

  /** `leave`, for one who was called. The place is kept, unless instruments may have seen and kept it. */
  leaveCalled(place: Place): void {
    if (place === this.#first && place === this.#last) {
      this.#called--;
      this.#first = this.#last = null;
    } else this.leave(place);
    if (place._loop!._instruments === null) this.#spare = place;
  }

  /** Calls the first who waits. Returns false when nobody does. */
  wakeOne(): boolean {
    let place = this.#next;
    if (place === null) return false;
    while (place !== null && place._state !== "pending") place = place._after;
    if (place === null) {
      this.#next = null;
      return false;
    }
    this.#next = place._after;
    this.#waiting--;
    this.#called++;
    place._call();
    return true;
  }

  /** Calls the very first in line, unless he was called, or cancelled, and has not gone on yet. */
  wakeFirst(): void {
    if (this.#first?._state === "pending") this.wakeOne();
  }

  /** Calls everybody. */
  wakeAll(): void {
    while (this.wakeOne());
  }

  /** @internal */
  _cancelled(): void {
    this.#waiting--;
  }
}

class Park extends Turn<void> implements Maker {
  readonly #line: WaitQueue;

  constructor(line: WaitQueue) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#line = line;
  }

  override get name(): string {
    return this.#line.name;
  }

  get awaits(): Iterable<Future<unknown>> {
    return this.#line.awaits;
  }

  override next(): IteratorResult<Future<unknown>, void> {
    return this.inLine ? this.goOn() : this.wait(this.#line);
  }

  protected override called(): IteratorResult<Future<unknown>, void> {
    return DONE;
  }

  protected override gaveUp(called: boolean): void {
    if (called) this.#line.wakeOne();
  }
}

keepShapes(() => [new Place(new WaitQueue(() => "spare"))]);
