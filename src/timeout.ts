// A deadline for a block: the task is cancelled when time is up, and the cancellation becomes a
// TimeoutError where the block is left.

import type { AsyncContextManager, BodyError } from "./context_manager.ts";
import type { Coroutine } from "./core/coroutine.ts";
import type { Handle } from "./core/handle.ts";
import type { Task } from "./core/task.ts";
import type { TimerPlan } from "./core/event_loop.ts";
import { CancelledError, RuntimeError, TimeoutError } from "./core/errors.ts";
import { checkLimit } from "./core/time_argument.ts";
import { Immediate } from "./core/coroutine.ts";
import { currentTask, getRunningLoop } from "./core/current.ts";

type TimeoutState = "created" | "active" | "expiring" | "expired" | "finished";

/**
 * A deadline for the body of `asyncWith`. Made by `timeout`, `timeoutAt` and `moveOnAfter`.
 *
 * @example
 * ```ts
 * import { asyncWith, run, sleep, timeout, TimeoutError } from "@taskloop/asyncio";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => run(() => asyncWith(timeout(1), () => sleep(1000))),
 *   TimeoutError,
 * );
 * ```
 */
export class Timeout implements AsyncContextManager<Timeout> {
  readonly #quiet: boolean;
  #state: TimeoutState = "created";
  #when: number | null;
  #timer: Handle | null = null;
  #task: Task<unknown> | null = null;
  #cancellingBefore = 0;
  /** Of a timer that is not set yet. */
  #plan: TimerPlan | null = null;

  /** @internal */
  constructor(when: number | null, quiet: boolean) {
    checkLimit(when, "set a timeout");
    this.#when = when;
    this.#quiet = quiet;
  }

  /** The deadline in milliseconds on the loop's clock, or null for none. */
  when(): number | null {
    return this.#when;
  }

  /**
   * Sets another deadline.
   *
   * @param when In milliseconds on the loop's clock; null for none; in the past for the next iteration.
   * @throws {RangeError} When `when` is NaN.
   * @throws {RuntimeError} Before the block was entered and after it was left or has expired.
   */
  reschedule(when: number | null): void {
    if (this.#state !== "active") {
      throw new RuntimeError(`Cannot reschedule ${this}: it is ${this.#state}, expected it active`);
    }
    checkLimit(when, "reschedule a timeout");
    this.#when = when;
    this.#stopTimer();
    if (when === null || when === Infinity) return;
    const loop = getRunningLoop();
    const expire = () => this.#expire();
    this.#timer = when <= loop.time() ? loop.callSoon(expire) : loop.callAt(when, expire);
  }

  /** True when time was up before the block was left. */
  expired(): boolean {
    return this.#state === "expiring" || this.#state === "expired";
  }

  /** `<Timeout active when=1000>` */
  toString(): string {
    return `<Timeout ${this.#state}${this.#when === null ? "" : ` when=${this.#when}`}>`;
  }

  /**
   * Starts the clock. Never suspends.
   *
   * @returns This timeout.
   * @throws {RuntimeError} The second time, and outside of a task.
   */
  enter(): Coroutine<Timeout> {
    return new Immediate("Timeout.enter()", () => {
      this.#begin();
      this.reschedule(this.#when);
      return this;
    });
  }

  /**
   * Stops the clock. A cancellation that was this timeout's own becomes a TimeoutError. Never suspends.
   *
   * @param error What left the body.
   * @returns True when the body was left by `moveOnAfter`.
   * @throws {TimeoutError} When time was up.
   */
  exit(error: BodyError | null): Coroutine<boolean> {
    return new Immediate("Timeout.exit()", () => this._exit(error));
  }

  /**
   * Enters it late, when the body has begun to wait, as if it had been entered before.
   * @internal
   */
  static _entered(task: Task<unknown>, plan: TimerPlan, cancellingBefore: number): Timeout {
    const timeout = new Timeout(plan.when, false);
    timeout.#state = "active";
    timeout.#task = task;
    timeout.#cancellingBefore = cancellingBefore;
    timeout.#timer = task.getLoop()._setPlanned(plan, () => timeout.#expire());
    return timeout;
  }

  /** @internal Enters it. A deadline that lies ahead is set only when the body waits. */
  _enterLate(): void {
    this.#begin();
    const when = this.#when;
    if (when === null || when === Infinity) return;
    const loop = this.#task!.getLoop();
    if (when <= loop._timeForTimer()) this.reschedule(when);
    else this.#plan = loop._planTimer(when);
  }

  /** @internal The body waits for the first time. */
  _bodyWaits(): void {
    const plan = this.#plan;
    if (plan !== null) this.#timer = this.#task!.getLoop()._setPlanned(plan, () => this.#expire());
    this.#plan = null;
  }

  #begin(): void {
    if (this.#state !== "created") {
      throw new RuntimeError(`Cannot enter ${this}: it is ${this.#state}, expected a new one`);
    }
    const task = currentTask();
    if (task === null) throw new RuntimeError(`Cannot enter ${this}: expected to be in a task`);
    this.#state = "active";
    this.#task = task;
    this.#cancellingBefore = task.cancelling();
  }

  /** @internal */
  _exit(body: BodyError | null): boolean {
    this.#stopTimer();
    this.#task?._loop?._debug?.checkTask(this, this.#task, currentTask());
    if (this.#state === "active") this.#state = "finished";
    if (this.#state !== "expiring") return false;
    this.#state = "expired";
    // With more requests than before, somebody else has cancelled the task too: leave it cancelled.
    const ours = this.#task!.uncancel() <= this.#cancellingBefore;
    if (!ours || !(body?.error instanceof CancelledError)) return false;
    if (this.#quiet) return true;
    throw new TimeoutError(
      `Time is up: the deadline was ${Math.round(this.#when!)} ms on the loop's clock`,
      { cause: body.error },
    );
  }

  #stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#plan = null;
  }

  #expire(): void {
    this.#task!.cancel();
    this.#state = "expiring";
    this.#timer = null;
  }
}

/**
 * A deadline `ms` from now, for `asyncWith`: the body is cancelled then, and TimeoutError is thrown when
 * its cleanup has ended. A body that never waits is not interrupted.
 *
 * @param ms In milliseconds from now; 0 and below expire at once; null for no deadline.
 * @returns The timeout.
 * @throws {RangeError} When `ms` is NaN.
 * @throws {RuntimeError} Outside of a loop.
 *
 * @example
 * ```ts
 * import { asyncWith, run, sleep, timeout } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const result = await run(async () =>
 *   await asyncWith(timeout(1000), async (deadline) => {
 *     deadline.reschedule(null);
 *     return await sleep(1, "in time");
 *   })
 * );
 * assertEquals(result, "in time");
 * ```
 */
export function timeout(ms: number | null): Timeout {
  return new Timeout(fromNow(ms), false);
}

/**
 * As `timeout`, with an absolute time.
 *
 * @param when In milliseconds on the loop's clock; a time in the past expires at once; null for no
 * deadline.
 * @returns The timeout.
 * @throws {RangeError} When `when` is NaN.
 *
 * @example
 * ```ts
 * import { asyncWith, getRunningLoop, run, sleep, timeoutAt } from "@taskloop/asyncio";
 *
 * await run(function* () {
 *   const when = getRunningLoop().time() + 1000;
 *   yield* asyncWith(timeoutAt(when), () => sleep(1));
 * });
 * ```
 */
export function timeoutAt(when: number | null): Timeout {
  return new Timeout(when, false);
}

/**
 * As `timeout`, but the body is left quietly when time is up, and `asyncWith` gives undefined: ask
 * `expired()`.
 *
 * @param ms In milliseconds from now; 0 and below expire at once; null for no deadline.
 * @returns The timeout.
 * @throws {RangeError} When `ms` is NaN.
 * @throws {RuntimeError} Outside of a loop.
 *
 * @example
 * ```ts
 * import { asyncWith, moveOnAfter, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const scope = moveOnAfter(1);
 *   yield* asyncWith(scope, () => sleep(1000));
 *   assertEquals(scope.expired(), true);
 * });
 * ```
 */
export function moveOnAfter(ms: number | null): Timeout {
  return new Timeout(fromNow(ms), true);
}

function fromNow(ms: number | null): number | null {
  checkLimit(ms, "set a timeout");
  return ms === null ? null : getRunningLoop()._timeForTimer() + ms;
}
