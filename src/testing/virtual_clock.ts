// Time that a test owns: it stands still while anything can run, and jumps when nothing can.

import type { Clock } from "../core/clock.ts";
import { hostTimer, immediate } from "../core/host.ts";

/** How a virtual clock behaves. */
export interface VirtualClockOptions {
  /**
   * The time at the start, in milliseconds.
   *
   * @default {0}
   */
  start?: number;
  /**
   * Jump to the next timer by itself when nothing can run.
   *
   * @default {true}
   */
  autojump?: boolean;
  /**
   * Real milliseconds without anything to run before it jumps, for programs that wait for I/O; Infinity
   * never jumps.
   *
   * @default {0}
   */
  autojumpThreshold?: number;
}

interface Alarm {
  readonly when: number;
  readonly wake: () => void;
}

/**
 * A clock for tests: a program of ten seconds runs in a millisecond, with exact times. Several loops may
 * share one: it moves when none of them can run. When none has a timer either, the runs end with an error
 * that says who waits for whom, except where a foreign promise is awaited or `autojump` is off.
 *
 * @example
 * ```ts
 * import { getRunningLoop, run, sleep, VirtualClock } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const end = await run(function* () {
 *   yield* sleep(10_000);
 *   return getRunningLoop().time();
 * }, { clock: new VirtualClock() });
 * assertEquals(end, 10_000);
 * ```
 */
export class VirtualClock implements Clock {
  #now: number;
  readonly #autojump: boolean;
  readonly #threshold: number;
  readonly #alarms = new Set<Alarm>();
  readonly #stuck = new Set<() => void>();
  /** Loops that have more to run than they could in one turn of the host. */
  #busy = 0;
  /** Calls of `advance` that are under way: they alone move the time meanwhile. */
  #advancing = 0;
  /** Takes back the next look for something to jump to. */
  #stopLooking: (() => void) | null = null;
  #changes = 0;

  /**
   * Makes a clock.
   *
   * @param options Where to start, and whether to jump.
   * @throws {RangeError} When `start` is not finite or `autojumpThreshold` is below 0.
   */
  constructor(options: VirtualClockOptions = {}) {
    const { start = 0, autojump = true, autojumpThreshold = 0 } = options;
    if (!Number.isFinite(start)) throw new RangeError(`Cannot start a clock at ${start}`);
    if (!(autojumpThreshold >= 0)) {
      throw new RangeError(`Cannot wait ${autojumpThreshold} ms before a jump: expected 0 or more`);
    }
    this.#now = start;
    this.#autojump = autojump;
    this.#threshold = autojumpThreshold;
  }

  /** The virtual time in milliseconds. */
  now(): number {
    return this.#now;
  }

  /** When the next loop wants to be woken, or null when none does. */
  nextDeadline(): number | null {
    let next: number | null = null;
    for (const { when } of this.#alarms) if (next === null || when < next) next = when;
    return next;
  }

  /**
   * Moves time on, stopping at every deadline on the way until nothing can run there.
   *
   * @param ms How far, in milliseconds, 0 or more.
   * @returns Settles when the time is reached and nothing can run.
   * @throws {RangeError} When `ms` is negative or not finite.
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0 && Number.isFinite(ms))) {
      throw new RangeError(`Cannot advance by ${ms} ms: expected a finite number, 0 or more`);
    }
    await this.advanceTo(this.#now + ms);
  }

  /**
   * Moves time to `when`, as `advance`.
   *
   * @param when In milliseconds on this clock.
   * @returns Settles when the time is reached and nothing can run.
   * @throws {RangeError} When `when` is in the past or not finite.
   */
  async advanceTo(when: number): Promise<void> {
    if (!(when >= this.#now && Number.isFinite(when))) {
      throw new RangeError(
        `Cannot advance to ${when}: expected a finite time, not before ${this.#now}`,
      );
    }
    this.#advancing++;
    try {
      await this.#quiet();
      for (;;) {
        const next = this.nextDeadline();
        if (next === null || next > when) break;
        this.#jump(next);
        await this.#quiet();
      }
      this.#now = Math.max(this.#now, when);
    } finally {
      this.#advancing--;
      this.#changed();
    }
  }

  /**
   * For loops: see {@linkcode Clock}.
   *
   * @param when In milliseconds on this clock.
   * @param wake Called when the time is reached.
   * @returns Takes the request back.
   */
  schedule(when: number, wake: () => void): () => void {
    const alarm: Alarm = { when, wake };
    this.#alarms.add(alarm);
    this.#changed();
    return () => {
      this.#alarms.delete(alarm);
      this.#changed();
    };
  }

  /**
   * For loops: see {@linkcode Clock}.
   *
   * @param stuck Called when no loop on this clock can go on.
   * @returns Takes the notice back.
   */
  blocked(stuck: () => void): () => void {
    this.#stuck.add(stuck);
    this.#changed();
    return () => {
      this.#stuck.delete(stuck);
      this.#changed();
    };
  }

  /**
   * For loops: see {@linkcode Clock}.
   *
   * @returns Called when the loop goes on.
   */
  busy(): () => void {
    this.#busy++;
    this.#changed();
    return () => {
      this.#busy--;
      this.#changed();
    };
  }

  /** Looks for something to do when nothing else changes for long enough. */
  #changed(): void {
    this.#changes++;
    const idle = this.#busy === 0 && this.#advancing === 0 && this.#waiting > 0;
    if (!idle || !this.#autojump || this.#threshold === Infinity) {
      this.#stopLooking?.();
      this.#stopLooking = null;
    } else if (this.#stopLooking === null) this.#lookLater();
  }

  get #waiting(): number {
    return this.#alarms.size + this.#stuck.size;
  }

  /** Looks again after the host has had a turn; a change in between starts the wait anew. */
  #lookLater(): void {
    const before = this.#changes;
    this.#stopLooking = hostPause(this.#threshold, () => {
      if (this.#changes !== before) return this.#lookLater();
      this.#stopLooking = null;
      const next = this.nextDeadline();
      if (next !== null) this.#jump(next);
      else for (const stuck of [...this.#stuck]) stuck();
    });
  }

  /** Waits until no loop can run. */
  async #quiet(): Promise<void> {
    let before: number;
    do {
      before = this.#changes;
      await new Promise<void>((resolve) => immediate(resolve));
    } while (this.#busy > 0 || this.#changes !== before);
  }

  #jump(to: number): void {
    this.#now = Math.max(this.#now, to);
    for (const alarm of [...this.#alarms]) {
      if (alarm.when > this.#now) continue;
      this.#alarms.delete(alarm);
      alarm.wake();
    }
    // The loop may end now, without another word, while others wait for a later time.
    this.#changed();
  }
}

/** Calls back after `ms`, at the earliest after every microtask and what they start. */
function hostPause(ms: number, fn: () => void): () => void {
  if (ms > 0) return hostTimer(ms, fn);
  let wanted = true;
  immediate(() => {
    if (wanted) fn();
  });
  return () => wanted = false;
}
