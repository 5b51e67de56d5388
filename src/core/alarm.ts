// A future that time sets: the iterator of a sleep, its future and its timer in one object, because a
// million parked tasks have a million of them. What it is to give, it asks its sleep.

import type { Maker } from "./future.ts";
import type { Timed, TimerKeeper } from "./timed.ts";
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
  /** @internal Undefined before its first step. */
  declare _keeper: TimerKeeper | null | undefined;

  /** @internal */
  constructor(maker: AlarmMaker<T>) {
    super();
    this._value = maker;
    this._keeper = undefined;
  }

  /** Called by the loop when it is due. */
  run(): void {
    if (this._state === "pending") {
      this._finish("finished", (this._value as AlarmMaker<T>)._result);
    }
  }

  /** @internal */
  override next(): IteratorResult<Future<unknown>, T> {
    if (this._keeper === undefined) this._set();
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
    this._keeper?.cancelled(this);
    return true;
  }

  /** @internal */
  private _set(): void {
    this._loop = getRunningLoop();
    this._loop._setAlarm(this, (this._value as AlarmMaker<T>)._ms);
  }
}
