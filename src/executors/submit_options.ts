// How one job is submitted, checked at the line that submits it.

import type { SubmitOptions } from "../core/executor.ts";
import { checkLimitIfAny } from "../core/time_argument.ts";
import { describe } from "../core/errors.ts";

/**
 * Refuses options that are none.
 *
 * @throws {TypeError} When one is of the wrong kind.
 * @throws {RangeError} When the time limit is NaN.
 */
export function checkSubmitOptions({ signal, timeoutMs, onProgress }: SubmitOptions): void {
  checkLimitIfAny(timeoutMs, "submit a job");
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw wrong("signal", signal, "an AbortSignal");
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw wrong("onProgress", onProgress, "a function");
  }
}

function wrong(option: keyof SubmitOptions, value: unknown, expected: string): TypeError {
  return new TypeError(
    `Cannot submit a job: "${option}" is ${describe(value)}, expected ${expected}`,
  );
}
