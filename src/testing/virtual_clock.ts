// Time that a test owns: it stands still while anything can run, and jumps when nothing can.

import type { Clock } from "../core/clock.ts";
import { immediate } from "../core/host.ts";

/** How a virtual clock behaves. */
export interface VirtualClockOptions {
  /** The time at the start, in milliseconds. @default {0} */
  start?: number;
  /** Jump to the next timer by itself when nothing can run. @default {true} */
  autojump?: boolean;
  /** Real milliseconds without anything to run before it jumps, for programs that wait for I/O. @default {0} */
  autojumpThreshold?: number;
}

interface Alarm {
  readonly when: number;
  readonly wake: () => void;
}

/**
 * A clock for tests: a program of ten seconds runs in a millisecond, with exact times.
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
  #looking = false;
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
    await hostTurn();
    for (;;) {
      const next = this.nextDeadline();
      if (next === null || next > when) break;
      this.#jump(next);
      await hostTurn();
    }
    this.#now = when;
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
      this.#changes++;
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
      this.#changes++;
    };
  }

  #changed(): void {
    this.#changes++;
    if (!this.#autojump || this.#looking) return;
    this.#looking = true;
    this.#lookLater();
  }

  /** Looks again after the host has had a turn; a change in between starts the wait anew. */
  #lookLater(): void {
    const before = this.#changes;
    const look = () => {
      if (this.#changes !== before) return this.#lookLater();
      this.#looking = false;
      const next = this.nextDeadline();
      if (next !== null) this.#jump(next);
      else for (const stuck of [...this.#stuck]) stuck();
    };
    if (this.#threshold > 0) setTimeout(look, this.#threshold);
    else immediate(look);
  }

  #jump(to: number): void {
    this.#now = Math.max(this.#now, to);
    for (const alarm of [...this.#alarms]) {
      if (alarm.when > this.#now) continue;
      this.#alarms.delete(alarm);
      this.#changes++;
      alarm.wake();
    }
  }
}

/** Long enough for every microtask, and for what they start. */
function hostTurn(): Promise<void> {
  return new Promise((resolve) => immediate(resolve));
}
