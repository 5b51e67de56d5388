// Errors as data and back: structured clone keeps of an error little more than its message.

import { checkCloneable } from "./cloneable.ts";
import { describe } from "../core/errors.ts";
import { type ErrorClass, findErrorClass, RemoteError } from "./error_classes.ts";

/** An error as it travels. What is no error travels as `value`. */
export interface EncodedError {
  /** The class, and the name if it is another. */
  readonly type?: string;
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: EncodedError;
  readonly errors?: readonly EncodedError[];
  /** Its own data. */
  readonly own?: Readonly<Record<string, unknown>>;
  /** What the job's module exports its class as. */
  readonly exportName?: string;
  /** What was thrown, when that is no error. */
  readonly value?: unknown;
}

/** How far causes and members are followed; a circle of causes ends here. */
const DEEPEST = 8;

const NOT_OWN: ReadonlySet<string> = new Set([
  ...["name", "message", "stack", "cause", "errors"],
  ...["__proto__", "constructor", "prototype"],
]);

/**
 * Makes data of what was thrown.
 *
 * @param exports Of the job's module, where its error classes may be found.
 */
export function encodeError(
  thrown: unknown,
  exports: Readonly<Record<string, unknown>> | null = null,
  depth = 0,
): EncodedError {
  if (!(thrown instanceof Error)) return { value: sendable(thrown) };
  const encodeInner = (inner: unknown) => encodeError(inner, exports, depth + 1);
  const { constructor: errorClass, name, message, stack, cause } = thrown;
  const encoded: { -readonly [K in keyof EncodedError]: EncodedError[K] } = {
    type: thrown instanceof DOMException ? "DOMException" : errorClass?.name ?? "Error",
    name: String(name),
    message: String(message),
    stack: ownFrames(String(stack)),
  };
  if (cause !== undefined && depth < DEEPEST) encoded.cause = encodeInner(cause);
  const { errors } = thrown as { errors?: unknown };
  if (Array.isArray(errors) && depth < DEEPEST) encoded.errors = errors.map(encodeInner);
  const own = Object.entries(thrown).filter(([key]) => !NOT_OWN.has(key));
  if (own.length > 0) {
    encoded.own = Object.fromEntries(own.map(([key, value]) => [key, sendable(value)]));
  }
  for (const key in exports) {
    if (exports[key] === errorClass) encoded.exportName = key;
  }
  return encoded;
}

/** A stack without what lies below the job on every stack: its runner, and the worker's event loop. */
function ownFrames(stack: string): string {
  const lines = stack.split("\n");
  const runner = import.meta.url.replace("error_codec", "run_job");
  const end = lines.findIndex((line) => line.includes(runner));
  return end === -1 ? stack : lines.slice(0, end).join("\n");
}

/** The value, or what it is when it cannot be sent. */
function sendable(value: unknown): unknown {
  try {
    checkCloneable(value, "error");
    return value;
  } catch (error) {
    if (error instanceof DOMException) return `[${describe(value)}]`;
    throw error;
  }
}

/**
 * Makes an error of data that may come from anybody.
 *
 * @param exported The class that the job's module exports, if the error names one.
 */
export function decodeError(
  encoded: EncodedError,
  exported: ErrorClass | null = null,
  depth = 0,
): unknown {
  if (typeof encoded?.type !== "string" || typeof encoded.message !== "string") {
    return encoded?.value;
  }
  const error = rebuild(encoded, exported, depth);
  const define = (key: string, value: unknown) =>
    Object.defineProperty(error, key, { value, writable: true, configurable: true });
  if (typeof encoded.name === "string" && encoded.name !== error.name) define("name", encoded.name);
  if (typeof encoded.stack === "string") define("stack", encoded.stack);
  if (encoded.cause !== undefined && depth < DEEPEST) {
    define("cause", decodeError(encoded.cause, null, depth + 1));
  }
  for (const [key, value] of Object.entries(encoded.own ?? {})) {
    if (NOT_OWN.has(key)) continue;
    Object.defineProperty(error, key, {
      value,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
  return error;
}

/** An error of the right class, made without its constructor, which may want anything. */
function rebuild(encoded: EncodedError, exported: ErrorClass | null, depth: number): Error {
  const { type, name, message } = encoded;
  if (type === "DOMException") return new DOMException(message, name);
  const errorClass = exported ?? findErrorClass(type!) ?? RemoteError;
  if (Array.isArray(encoded.errors) && depth < DEEPEST) {
    const errors = encoded.errors.map((inner) => decodeError(inner, null, depth + 1));
    const target = errorClass.prototype instanceof AggregateError ? errorClass : AggregateError;
    return Reflect.construct(AggregateError, [errors, message], target as typeof AggregateError);
  }
  return Reflect.construct(Error, [message], errorClass as typeof Error);
}

/**
 * The worker's stack, and below it where the job was submitted. They are put together when somebody reads
 * them: most errors are caught by their class, and writing a stack takes as long as the job's whole way.
 */
export function spliceStack(error: unknown, submitted: Error): void {
  if (!(error instanceof Error)) return;
  const { stack } = error;
  const define = (value: unknown) =>
    Object.defineProperty(error, "stack", { value, writable: true, configurable: true });
  Object.defineProperty(error, "stack", {
    get() {
      const spliced = `${stack}\n    at --- submitted by ---\n${framesOf(submitted).join("\n")}`;
      define(spliced);
      return spliced;
    },
    set: define,
    configurable: true,
  });
}

/** Only what somebody who reads them has written: not how a job is submitted, nor what drives a task. */
function framesOf({ stack = "" }: Error): string[] {
  const folders = [".", "../distributed/", "../core/"].map((path) =>
    new URL(path, import.meta.url).href
  );
  const isTheirs = (line: string) =>
    !/\b(ext|node):/.test(line) && !folders.some((folder) => line.includes(folder));
  return stack.split("\n").slice(1).filter(isTheirs);
}
