// A future that time sets: the iterator of a sleep, its future and its timer in one object, because a
// million parked tasks have a million of them. What it is to give, it asks its sleep.

import type { Maker } from "./future.ts";
import type { Timed } from "./timer_heap.ts";
import { Future } from "./future.ts";
import { getRunningLoop } from "./current.ts";

/** What an alarm is made by. */
export interface AlarmMaker<T> extends Maker {
  /** @internal From its first step on, in milliseconds. */
  readonly _ms: number;
  /** @internal What it gives. */
  readonly _result: T;
}

/** Set in its first step, finished when it is due; cancelling it drops the timer. */
export class Alarm<T> extends Future<T> implements Timed {
  /** @internal Null before its first step. */
  declare _waiting: boolean | null;

  /** @internal */
  constructor(maker: AlarmMaker<T>) {
    super();
    this._value = maker;
    this._waiting = null;
  }

  /** Called by the loop when it is due. */
  run(): void {
    if (this._state === "pending") {
      this._finish("finished", (this._value as AlarmMaker<T>)._result);
    }
  }

  /** @internal */
  override next(): IteratorResult<Future<unknown>, T> {
    if (this._waiting === null) this._set();
    return super.next();
  }

  /** @internal */
  override throw(error: unknown): never {
    this.cancel();
    throw error;
  }

  /** @internal */
  override return<V>(value: V): { done: true; value: V } {
    this.cancel();
    return { done: true, value };
  }

  /** @internal */
  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false;
    if (this._waiting === true) this._loop!._timers.cancelled(this);
    return true;
  }

  /** @internal */
  private _set(): void {
    this._waiting = true;
    this._loop = getRunningLoop();
    this._loop._setAlarm(this, (this._value as AlarmMaker<T>)._ms);
  }
}
