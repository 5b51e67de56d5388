/** Errors of the programs, and the one printed form that every kind of error has in a trace. */

import * as asyncio from "./library.ts";
import type { CatchKind, Json, RaiseKind, UserKind } from "./program.ts";

/** What programs raise themselves. */
export class UserError extends Error {
  constructor(readonly kind: UserKind, message: string) {
    super(message);
    this.name = kind;
  }
}

/** A fault of the interpreter or of the program text: no catch kind matches it. */
export class InterpreterError extends Error {
  override readonly name = "InterpreterError";
}

export function makeError(kind: RaiseKind, message = ""): Error {
  if (kind === "cancel") return new asyncio.CancelledError(message);
  if (kind === "timeout") return new asyncio.TimeoutError();
  return new UserError(kind, message);
}

// Subclasses stand before their bases.
const PRINTED: readonly [new (...args: never[]) => Error, string][] = [
  [asyncio.TimeoutError, "Timeout"],
  [asyncio.InvalidStateError, "InvalidState"],
  [asyncio.QueueEmpty, "QueueEmpty"],
  [asyncio.QueueFull, "QueueFull"],
  [asyncio.BrokenBarrierError, "BrokenBarrier"],
  [asyncio.RuntimeError, "RuntimeError"],
  [RangeError, "ValueError"],
  [asyncio.LookupError, "LookupError"],
  [TypeError, "TypeError"],
];

/** The printed form, or null for what is no error of the language, as the closing of a generator. */
export function printKnown(error: unknown): string | null {
  if (error instanceof UserError) return `${error.kind}(${error.message})`;
  if (error instanceof asyncio.CancelledError) {
    return error.message === "" ? "Cancelled" : `Cancelled(${error.message})`;
  }
  if (error instanceof asyncio.ExceptionGroup) return `Group[${error.errors.map(print).join(",")}]`;
  for (const [type, word] of PRINTED) {
    if (error instanceof type) return word;
  }
  return null;
}

/** The printed form; of an error that no reference trace has, whatever it says. */
export function print(error: unknown): string {
  return printKnown(error) ?? `fault: ${error}`;
}

/** Compact JSON, with errors in their printed form. */
export function printValue(value: unknown): string {
  if (value instanceof Error) return print(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(",")}]`;
  return JSON.stringify(value ?? null);
}

/** The state of a task or future, in the words of the traces. */
export function printState(future: asyncio.Future<unknown>): string {
  if (!future.done()) return "pending";
  if (future.cancelled()) return "cancelled";
  const error = future.exception();
  return error === null ? `result ${printValue(future.result())}` : `exception ${print(error)}`;
}

export function matches(kind: CatchKind | undefined, error: unknown): boolean {
  if (kind === undefined || printKnown(error) === null) return false;
  const cancelled = error instanceof asyncio.CancelledError;
  switch (kind) {
    case "any":
      return true;
    case "cancel":
      return cancelled;
    case "error":
      return !cancelled;
    case "timeout":
      return error instanceof asyncio.TimeoutError;
    case "group":
      return error instanceof asyncio.ExceptionGroup;
    default:
      return error instanceof UserError && error.kind === kind;
  }
}

/** Values that a program can store: what a `Json` type says, errors inside lists included. */
export function asJson(value: unknown): Json {
  return value instanceof Error ? null : (value ?? null) as Json;
}
