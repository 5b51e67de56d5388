/**
 * Operations are written once, as generators that yield what they wait for and are given its result
 * (or its error, thrown). The two styles differ only in who runs them: see `styles.ts`.
 */

import type { Startable } from "./library.ts";
import type { Json } from "./program.ts";
import { InterpreterError } from "./errors.ts";

/** Handed out by a DSL generator, instead of something to wait for. */
export class Emit {
  constructor(readonly value: Json) {}
}

export type Steps<T> = Generator<Startable<unknown> | Emit, T, unknown>;

/** How a body ended that did not run to its end. */
export class Return {
  constructor(readonly value: Json) {}
}
export type Completion = Return | undefined;

/**
 * Thrown into the operations of a generator that is being closed. No catch kind matches it, so that
 * only `finally` bodies run.
 */
export class Closing extends Error {
  override readonly name = "Closing";
}

/** Runs steps that may not wait: those of callbacks. */
export function runNow<T>(steps: Steps<T>): T {
  const step = steps.next();
  if (!step.done) throw new InterpreterError("Cannot wait in a callback: not a task");
  return step.value;
}
