// Every error class of the library, but for the group of several. Misuse that JavaScript has a class for
// is a TypeError (wrong kind) or a RangeError (out of range, NaN; where CPython raises ValueError); the
// rest is here.

/**
 * Thrown at the point where a cancelled task waits.
 *
 * Catch it to clean up, then throw it again: a task that swallows it goes on as if nothing had been
 * asked. One that the library throws carries no stack frames, because recording them would cost more
 * than the whole rest of a cancellation.
 *
 * @example
 * ```ts
 * import { CancelledError, createTask, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * await run(function* () {
 *   const task = createTask(function* () {
 *     try {
 *       yield* sleep(1000);
 *     } catch (error) {
 *       if (error instanceof CancelledError) events.push(`cleanup: ${error.message}`);
 *       throw error;
 *     }
 *   });
 *   yield* sleep(0);
 *   task.cancel("not needed");
 *   yield* sleep(0);
 *   yield* sleep(0);
 *   events.push(String(task.cancelled()));
 * });
 * assertEquals(events, ["cleanup: not needed", "true"]);
 * ```
 */
export class CancelledError extends Error {
  static {
    this.prototype.name = "CancelledError";
    // Stackless ones answer with their headline; those made with `new` have a stack of their own.
    Object.defineProperty(this.prototype, "stack", {
      get(this: CancelledError): string {
        return headline(this);
      },
      set(this: CancelledError, value: string): void {
        Object.defineProperty(this, "stack", { value, writable: true, configurable: true });
      },
      configurable: true,
    });
    const inspect = function (this: CancelledError): string {
      return this.stack ?? headline(this);
    };
    for (const name of ["Deno.customInspect", "nodejs.util.inspect.custom"]) {
      Object.defineProperty(this.prototype, Symbol.for(name), {
        value: inspect,
        configurable: true,
      });
    }
  }

  /**
   * Makes a cancellation to throw by hand.
   *
   * @param message What `cancel()` was told, if anything.
   */
  constructor(message?: string) {
    super(message);
  }
}

function headline(error: Error): string {
  return error.message === "" ? error.name : `${error.name}: ${error.message}`;
}

const StacklessCancelledError = function (this: CancelledError, message: string): void {
  this.message = message;
} as unknown as new (message: string) => CancelledError;
StacklessCancelledError.prototype = CancelledError.prototype;

/** A CancelledError without stack frames: capturing them costs 3 µs, the object 6 ns. */
export function cancelledError(message: string | undefined): CancelledError {
  return new StacklessCancelledError(message ?? "");
}

/**
 * The state of a future does not allow the operation: result asked too early, or set twice.
 *
 * @example
 * ```ts
 * import { Future, InvalidStateError } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => new Future<number>().result(), InvalidStateError);
 * ```
 */
export class InvalidStateError extends Error {
  static {
    this.prototype.name = "InvalidStateError";
  }
}

/**
 * Time was up, in `timeout()`, `waitFor()`, `asCompleted()` or an executor.
 *
 * @example
 * ```ts
 * import { run, sleep, TimeoutError, waitFor } from "@taskloop/asyncio";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => run(() => waitFor(sleep(1000), 1)), TimeoutError);
 * ```
 */
export class TimeoutError extends Error {
  static {
    this.prototype.name = "TimeoutError";
  }
}

/**
 * The operation cannot be done now or here, whatever its arguments.
 *
 * @example
 * ```ts
 * import { getRunningLoop, RuntimeError } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => getRunningLoop(), RuntimeError); // no task and no callback runs here
 * ```
 */
export class RuntimeError extends Error {
  static {
    this.prototype.name = "RuntimeError";
  }
}

/**
 * A context variable has neither a value nor a default.
 *
 * @example
 * ```ts
 * import { ContextVar, LookupError } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * const user = new ContextVar<string>("user");
 * assertThrows(() => user.get(), LookupError);
 * ```
 */
export class LookupError extends Error {
  static {
    this.prototype.name = "LookupError";
  }
}

/**
 * The program was interrupted with Ctrl-C while `run()` was in charge of the signal.
 *
 * @example
 * ```ts
 * import { KeyboardInterrupt, run, sleep } from "@taskloop/asyncio";
 *
 * try {
 *   await run(() => sleep(1));
 * } catch (error) {
 *   if (!(error instanceof KeyboardInterrupt)) throw error;
 *   console.log("Interrupted"); // what ran was cancelled, and has cleaned up
 * }
 * ```
 */
export class KeyboardInterrupt extends Error {
  static {
    this.prototype.name = "KeyboardInterrupt";
  }
}

/**
 * `getNowait()` on an empty queue.
 *
 * @example
 * ```ts
 * import { Queue, QueueEmpty } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => new Queue().getNowait(), QueueEmpty);
 * ```
 */
export class QueueEmpty extends Error {
  static {
    this.prototype.name = "QueueEmpty";
  }
}

/**
 * `putNowait()` on a full queue, or a job beyond a pool's `maxQueue`.
 *
 * @example
 * ```ts
 * import { Queue, QueueFull } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * const queue = new Queue<number>(1);
 * queue.putNowait(1);
 * assertThrows(() => queue.putNowait(2), QueueFull);
 * ```
 */
export class QueueFull extends Error {
  static {
    this.prototype.name = "QueueFull";
  }
}

/**
 * The queue has been shut down.
 *
 * @example
 * ```ts
 * import { Queue, QueueShutDown } from "@taskloop/asyncio";
 * import { assertThrows } from "@std/assert";
 *
 * const queue = new Queue<number>();
 * queue.shutdown();
 * assertThrows(() => queue.putNowait(1), QueueShutDown);
 * ```
 */
export class QueueShutDown extends Error {
  static {
    this.prototype.name = "QueueShutDown";
  }
}

/**
 * The barrier was aborted or reset while tasks waited for it.
 *
 * @example
 * ```ts
 * import { Barrier, BrokenBarrierError, run } from "@taskloop/asyncio";
 * import { assertRejects } from "@std/assert";
 *
 * const barrier = new Barrier(2);
 * await run(() => barrier.abort());
 * await assertRejects(() => run(() => barrier.wait()), BrokenBarrierError);
 * ```
 */
export class BrokenBarrierError extends RuntimeError {
  static {
    this.prototype.name = "BrokenBarrierError";
  }
}

/** How a value is named in messages: short, and never calling code of the value's own. */
export function describe(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value);
  }
  if (typeof value === "function") {
    return value.name === "" ? "a function" : `function ${value.name}`;
  }
  if (typeof value === "object" && value !== null) {
    // A generator has no constructor of that name, only a tag.
    const name: unknown = value.constructor?.name ||
      (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
    if (typeof name !== "string" || name === "" || name === "Object") return "an object";
    return /^(?!Uint|URL)[AEIOU]/.test(name) ? `an ${name}` : `a ${name}`;
  }
  return String(value);
}
