// `async with`: a body between an enter and an exit that is told how the body ended.

import type { AsyncContextManager, BodyError } from "./context_manager.ts";
import type { Awaitable } from "./core/awaitable.ts";
import type { Coroutine, CoroutineGenerator } from "./core/coroutine.ts";
import { call, checkBody, waitResult } from "./core/awaitable.ts";
import { describe } from "./core/errors.ts";
import {
  GeneratorCoroutine,
  isAsyncFunction,
  isLazyFunction,
  isOwnGenerator,
} from "./core/coroutine.ts";
import { GuardedBody } from "./guarded_body.ts";
import { Timeout } from "./timeout.ts";

/**
 * `async with cm as value: body(value)`. It exists because a disposer (`await using`) is never told
 * whether the block threw, and a TaskGroup or a Timeout must know.
 *
 * It suspends where the manager and the body do. Cancelled in the body, the manager's exit sees the
 * CancelledError and is waited for; cancelled in the enter, the body and the exit do not run.
 *
 * @param cm The manager.
 * @param body An async function or a generator function; it runs as a part of the calling task.
 * @returns What the body returns; undefined when the manager swallowed its error.
 * @throws {TypeError} At once, when `cm` is no manager or `body` no function.
 *
 * @example
 * ```ts
 * import { asyncWith, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * const door = {
 *   enter: async () => void events.push("open"),
 *   exit: async () => void events.push("close"),
 * };
 * await run(() => asyncWith(door, () => void events.push("inside")));
 * assertEquals(events, ["open", "inside", "close"]);
 * ```
 */
export function asyncWith<T, R>(
  cm: AsyncContextManager<T>,
  body: (value: T) => Awaitable<R> | R,
): Coroutine<R> {
  checkBody(body, "asyncWith");
  if (cm instanceof Timeout) {
    return new WithTimeout(cm, body as (value: Timeout) => Awaitable<R> | R);
  }
  checkManager(cm);
  return new GeneratorCoroutine(withManager(cm, body), "asyncWith");
}

/**
 * Refuses what cannot be entered.
 *
 * @throws {TypeError} When it has no `enter` or no `exit`.
 */
export function checkManager(cm: unknown): asserts cm is AsyncContextManager<unknown> {
  const given = cm as Partial<AsyncContextManager<unknown>> | null | undefined;
  if (typeof given?.enter === "function" && typeof given.exit === "function") return;
  const isClass = typeof cm === "function" && typeof cm.prototype?.enter === "function";
  const hint = isClass
    ? `, did you mean new ${cm.name}()?`
    : typeof cm === "function"
    ? ", did you mean to call it?"
    : "";
  throw new TypeError(
    `Cannot enter ${describe(cm)}: expected a context manager with enter() and exit()${hint}`,
  );
}

/** Of the managers the one that is used the most: it need not do anything before the body waits. */
class WithTimeout<R> extends GuardedBody<R> {
  readonly #timeout: Timeout;
  readonly #fn: (value: Timeout) => Awaitable<R> | R;

  constructor(timeout: Timeout, fn: (value: Timeout) => Awaitable<R> | R) {
    super();
    this.#timeout = timeout;
    this.#fn = fn;
  }

  override get name(): string {
    return "asyncWith";
  }

  protected override enter(): CoroutineGenerator<R> {
    // The body first: a generator function that cannot take its argument throws when it is called.
    const body = isLazyFunction(this.#fn) ? this.#fn(this.#timeout) : call(this.#fn, this.#timeout);
    this.#timeout._enterLate();
    return isOwnGenerator(body) ? body as CoroutineGenerator<R> : waitResult<R>(body);
  }

  protected override waits(): void {
    this.#timeout._bodyWaits();
  }

  protected override leave(error: BodyError | null): boolean {
    return this.#timeout._exit(error);
  }
}

function* withManager<T, R>(
  cm: AsyncContextManager<T>,
  body: (value: T) => Awaitable<R> | R,
): CoroutineGenerator<R> {
  const value = yield* ask(cm.enter, () => cm.enter());
  let result: R;
  try {
    result = yield* call(body, value as T);
  } catch (error) {
    if ((yield* ask(cm.exit, () => cm.exit({ error }))) === true) return undefined as R;
    throw error;
  }
  yield* ask(cm.exit, () => cm.exit(null));
  return result;
}

/** Calls a method of a manager. An async function has to run as a part of the task, as a body does. */
function ask<R>(method: object, run: () => Awaitable<R>): CoroutineGenerator<R> {
  return isAsyncFunction(method) ? call(run) : waitResult(run());
}
