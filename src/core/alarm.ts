// A future that time sets: the future of a sleep and its timer in one object, because a million parked
// tasks have a million of them.

import type { EventLoop } from "./event_loop.ts";
import type { Timed } from "./timer_heap.ts";
import { Future } from "./future.ts";

/** Set with `result` when it is due; cancelling it drops the timer. */
export class Alarm<T> extends Future<T> implements Timed {
  /** @internal */
  declare readonly _when: number;
  /** @internal */
  declare readonly _seq: number;
  /** @internal */
  declare _waiting: boolean;
  declare private readonly _result: T;

  /** @internal */
  constructor(loop: EventLoop, when: number, seq: number, result: T) {
    super();
    this._loop = loop;
    this._when = when;
    this._seq = seq;
    this._waiting = true;
    this._result = result;
  }

  /** Called by the loop when it is due. */
  run(): void {
    if (this._state === "pending") this._finish("finished", this._result);
  }

  /** @internal */
  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false;
    if (this._waiting) this._loop!._timers.cancelled(this);
    return true;
  }
}
