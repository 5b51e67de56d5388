// What is wrong with a time that somebody gave us. All times are in milliseconds.

import { describe } from "./errors.ts";

/**
 * Refuses what is no finite number.
 *
 * @param what As in "Cannot <what>".
 */
export function checkFinite(ms: unknown, what: string): void {
  if (!Number.isFinite(ms)) throw badTime(ms, what, "a finite number");
}

/** Refuses what is neither a number nor null; Infinity is one more word for "never". */
export function checkLimit(ms: unknown, what: string): void {
  if (ms === null) return;
  if (typeof ms !== "number" || Number.isNaN(ms)) throw badTime(ms, what, "a number or null");
}

/** The same for one that may be left out. */
export function checkLimitIfAny(ms: unknown, what: string): void {
  if (ms !== undefined) checkLimit(ms, what);
}

function badTime(ms: unknown, what: string, expected: string): Error {
  const message = `Cannot ${what}: the time is ${describe(ms)}, expected ${expected}`;
  return typeof ms === "number" ? new RangeError(message) : new TypeError(message);
}
