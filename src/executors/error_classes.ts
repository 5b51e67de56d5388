// The classes that errors of jobs come back with.

import { ExceptionGroup } from "../core/exception_group.ts";
import * as ours from "../core/errors.ts";

/**
 * A pool, or one of its workers, ended while it held the job. What the job has done is not known.
 *
 * @example
 * ```ts
 * import { BrokenExecutor, type Executor, InlineExecutor, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * // For jobs that may well be done twice.
 * async function persistent<T>(pool: Executor, job: () => T) {
 *   try {
 *     return await pool.submit(job);
 *   } catch (error) {
 *     if (!(error instanceof BrokenExecutor)) throw error;
 *     return await pool.submit(job);
 *   }
 * }
 * await run(async () => {
 *   await using pool = new InlineExecutor();
 *   assertEquals(await persistent(pool, () => 42), 42);
 * });
 * ```
 */
export class BrokenExecutor extends ours.RuntimeError {
  static {
    this.prototype.name = "BrokenExecutor";
  }
}

/**
 * An error of a job whose class is not known here. Its `name` is that of the class.
 *
 * @example
 * ```ts
 * import { RemoteError, run, ThreadPoolExecutor } from "@taskloop/asyncio";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * function sell() {
 *   class OutOfStock extends Error {
 *     override name = "OutOfStock";
 *   }
 *   throw new OutOfStock("no apples");
 * }
 * await run(async () => {
 *   await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
 *   const error = await assertRejects(async () => await pool.submit(sell), RemoteError);
 *   assertEquals([error.name, error.message], ["OutOfStock", "no apples"]);
 * });
 * ```
 */
export class RemoteError extends Error {
  static {
    this.prototype.name = "RemoteError";
  }
}

/** A class of errors, whatever its constructor takes. */
export type ErrorClass = { readonly prototype: Error; readonly name: string };

const registered = new Map<string, ErrorClass>();

/**
 * Has errors of this class arrive from workers as what they are. Classes of JavaScript, of this library
 * and those that the module of a module job exports need no registration.
 *
 * @param errorClass A class that extends Error; its name tells it from others. Its constructor is not
 * called when an error arrives.
 * @throws {TypeError} When it is no such class.
 *
 * @example
 * ```ts
 * import { registerError } from "@taskloop/asyncio";
 *
 * class OutOfStock extends Error {}
 * registerError(OutOfStock);
 * ```
 */
export function registerError(errorClass: ErrorClass): void {
  if (!isErrorClass(errorClass as unknown)) {
    throw new TypeError(
      `Cannot register ${ours.describe(errorClass)}: expected a class that extends Error`,
    );
  }
  registered.set(errorClass.name, errorClass);
}

/** True for Error and what extends it. */
export function isErrorClass(value: unknown): value is ErrorClass {
  return value === Error || (typeof value === "function" && value.prototype instanceof Error);
}

let known: Map<string, ErrorClass> | null = null;

/** The class of that name, if it is known here. */
export function findErrorClass(name: string): ErrorClass | null {
  if (known === null) {
    known = new Map();
    const standard = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
    const groups = [AggregateError, ExceptionGroup];
    const all = [Error, BrokenExecutor, RemoteError, ...groups, ...standard];
    for (const item of [...all, ...Object.values(ours)]) {
      if (isErrorClass(item)) known.set(item.name, item);
    }
  }
  return registered.get(name) ?? known.get(name) ?? null;
}
