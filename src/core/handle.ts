// A callback that the loop will run, and its right to be taken back.

import type { Context } from "./context.ts";
import type { EventLoop } from "./event_loop.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Timed } from "./timer_heap.ts";
import { running } from "./current.ts";

/**
 * Returned by `callSoon`: what can be cancelled before it ran.
 *
 * @example
 * ```ts
 * import { getRunningLoop, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * await run(function* () {
 *   const handle = getRunningLoop().callSoon(() => events.push("never"));
 *   handle.cancel();
 *   yield* sleep(0);
 * });
 * assertEquals(events, []);
 * ```
 */
export class Handle implements Runnable {
  /** @internal */
  declare readonly _loop: EventLoop;
  // TypeScript's private, and nothing initialized outside of the constructor: V8 then builds a timer in
  // one piece, which halves the timer benches.
  declare private _fn: ((...args: unknown[]) => void) | null;
  declare private _args: unknown[] | null;
  declare private readonly _context: Context | null;

  /** @internal */
  constructor(
    loop: EventLoop,
    fn: (...args: unknown[]) => void,
    args: unknown[] | null,
    context: Context | null,
  ) {
    this._loop = loop;
    this._fn = fn;
    this._args = args;
    this._context = context;
  }

  /** Takes the callback back; without effect when it ran already. */
  cancel(): void {
    this._fn = null;
    this._args = null;
  }

  /** True after `cancel()`. */
  cancelled(): boolean {
    return this._fn === null;
  }

  /** `<Handle tick>`; a function without a name is shown as it is written. */
  toString(): string {
    const fn = this._fn;
    const name = fn === null ? "cancelled" : fn.name || fn.toString().split("\n")[0]!.slice(0, 60);
    return `<${this.constructor.name} ${name}>`;
  }

  /** @internal */
  run(): void {
    const fn = this._fn;
    if (fn === null) return;
    const instruments = this._loop._instruments;
    instruments?.callbackStarted(this);
    running.task = null;
    running.context = this._context;
    try {
      const args = this._args;
      if (args === null) fn();
      else fn(...args);
    } catch (error) {
      this._loop.callExceptionHandler({
        message: `Exception in callback ${fn.name === "" ? "(anonymous)" : fn.name}`,
        exception: error,
        handle: this,
      });
    }
    running.context = null;
    instruments?.callbackEnded(this);
  }
}

/**
 * Returned by `callLater` and `callAt`: a Handle with a time.
 *
 * @example
 * ```ts
 * import { getRunningLoop, run, VirtualClock } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const timer = getRunningLoop().callLater(1000, () => {});
 *   assertEquals(timer.when(), 1000);
 *   timer.cancel();
 * }, { clock: new VirtualClock() });
 * ```
 */
export class TimerHandle extends Handle implements Timed {
  /** @internal */
  declare readonly _when: number;
  /** @internal Order among equal times. */
  declare readonly _seq: number;
  /** @internal False once it is due or dropped. */
  declare _waiting: boolean;

  /** @internal */
  constructor(
    loop: EventLoop,
    when: number,
    seq: number,
    fn: (...args: unknown[]) => void,
    args: unknown[] | null,
    context: Context | null,
  ) {
    super(loop, fn, args, context);
    this._when = when;
    this._seq = seq;
    this._waiting = true;
  }

  /** When it is due, in milliseconds on the loop's clock. */
  when(): number {
    return this._when;
  }

  /** Takes the callback back; the timer costs nothing from then on. */
  override cancel(): void {
    if (this.cancelled()) return;
    super.cancel();
    if (this._waiting) this._loop._timers.cancelled(this);
  }
}
