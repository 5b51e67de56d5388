// Where a loop's time comes from. A loop asks `now()` and, when it has nothing to run, asks to be woken.

import { describe } from "./errors.ts";
import { hostTimer } from "./host.ts";

/** A source of time for an event loop. */
export interface Clock {
  /** The time in milliseconds. It may start anywhere; it should not go backwards. */
  now(): number;
  /**
   * Arranges for `wake` to be called once, at `when` or soon after.
   *
   * @param when In milliseconds on this clock.
   * @param wake To be called from outside of any task.
   * @returns Takes the request back; harmless after the call.
   */
  schedule(when: number, wake: () => void): () => void;
  /**
   * Told by a loop that has neither anything to run nor a timer. A clock that knows that nothing else
   * can happen calls `stuck`; a real clock has no such method.
   *
   * @param stuck Ends the run with an error, unless foreign work is pending.
   * @returns Takes the notice back.
   */
  blocked?(stuck: () => void): () => void;
  /**
   * Told by a loop that lets the host have a turn although it has more to run. A clock that moves by
   * itself stands still meanwhile; a real clock has no such method.
   *
   * @returns Called when the loop goes on.
   */
  busy?(): () => void;
}

/** The host's monotonic clock: milliseconds since the process started. */
export const monotonicClock: Clock = {
  now: () => performance.now(),
  schedule: (when, wake) => hostTimer(when - performance.now(), wake),
};

/** A mistake here would be an error in the loop's own first step, where nobody catches it. */
export function checkClock(clock: Clock): Clock {
  if (typeof clock.now === "function" && typeof clock.schedule === "function") return clock;
  const guess = typeof clock === "function" ? ", did you mean an instance of it?" : "";
  throw new TypeError(`Cannot take the time from ${describe(clock)}: expected a clock${guess}`);
}
