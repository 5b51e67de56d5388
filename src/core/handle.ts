// A callback that the loop will run, and its right to be taken back.

import type { Context } from "./context.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Timed, TimerKeeper } from "./timed.ts";
import { running } from "./current.ts";

/** What a callback has that most have not: arguments, and context variables that are set. */
interface Bound {
  readonly args: unknown[] | null;
  readonly context: Context | null;
}

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
  // TypeScript's private, and nothing initialized outside of the constructor: V8 then builds a timer in
  // one piece, which halves the timer benches.
  declare private _fn: ((...args: unknown[]) => void) | null;
  declare private _bound: Bound | null;

  /** @internal */
  constructor(
    fn: (...args: unknown[]) => void,
    args: unknown[] | null,
    context: Context | null,
  ) {
    this._fn = fn;
    this._bound = args === null && context === null ? null : { args, context };
  }

  /** Takes the callback back; without effect when it ran already. */
  cancel(): void {
    this._fn = null;
    this._bound = null;
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

  /** @internal Only its loop calls it. */
  run(): void {
    const fn = this._fn;
    if (fn === null) return;
    const loop = running.loop!;
    const instruments = loop._instruments;
    instruments?.callbackStarted(this);
    running.task = null;
    try {
      if (this._bound === null) fn();
      else callBound(fn, this._bound);
    } catch (error) {
      loop.callExceptionHandler({
        message: `Exception in callback ${fn.name === "" ? "(anonymous)" : fn.name}`,
        exception: error,
        handle: this,
      });
    }
    running.context = null;
    instruments?.callbackEnded(this);
  }
}

function callBound(fn: (...args: unknown[]) => void, { args, context }: Bound): void {
  running.context = context;
  if (args === null) fn();
  else fn(...args);
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
  declare private readonly _when: number;
  /** @internal */
  declare _keeper: TimerKeeper | null;

  /** @internal */
  constructor(
    when: number,
    fn: (...args: unknown[]) => void,
    args: unknown[] | null,
    context: Context | null,
  ) {
    super(fn, args, context);
    this._when = when;
    this._keeper = null;
  }

  /** When it is due, in milliseconds on the loop's clock. */
  when(): number {
    return this._when;
  }

  /** Takes the callback back; the timer costs nothing from then on. */
  override cancel(): void {
    if (this.cancelled()) return;
    super.cancel();
    this._keeper?.cancelled(this);
  }
}
