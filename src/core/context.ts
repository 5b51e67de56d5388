// Context variables: values that belong to a task and are inherited by what it starts.
//
// A Context holds an immutable map, so that copying one for every task and callback costs one pointer.

import type { Task } from "./task.ts";
import { describe, LookupError, RuntimeError } from "./errors.ts";
import { running, runningTask } from "./current.ts";

type Values = ReadonlyMap<ContextVar<unknown>, unknown>;

const NOTHING: Values = new Map();
const UNSET: unique symbol = Symbol("unset");

/** What `ContextVar.set` returns, for `reset`. */
export interface Token<T> {
  /** The variable that was set. */
  readonly var: ContextVar<T>;
  /** Its value before, or undefined when it had none. */
  readonly oldValue: T | undefined;
}

class SetToken<T> implements Token<T> {
  used = false;
  constructor(
    readonly var_: ContextVar<T>,
    readonly before: T | typeof UNSET,
    readonly context: Context,
  ) {}
  get var(): ContextVar<T> {
    return this.var_;
  }
  get oldValue(): T | undefined {
    return this.before === UNSET ? undefined : this.before;
  }
}

/**
 * A variable with a value for each context. A task starts with a copy of the context of whoever made
 * it, so what it sets is seen by the tasks that it makes later, and by nobody else.
 *
 * @example
 * ```ts
 * import { ContextVar, createTask, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const user = new ContextVar<string>("user", { default: "nobody" });
 * await run(function* () {
 *   user.set("ada");
 *   const seen = yield* createTask(function* () {
 *     const inherited = user.get();
 *     user.set("grace");
 *     return inherited;
 *   });
 *   assertEquals([seen, user.get()], ["ada", "ada"]);
 * });
 * ```
 */
export class ContextVar<T> {
  /** For messages; two variables may have the same name. */
  readonly name: string;
  readonly #default: T | typeof UNSET;

  /**
   * Makes a variable.
   *
   * @param name For messages.
   * @param options `default`: what `get` returns where the variable was never set.
   * @throws {TypeError} When the options are no object.
   */
  constructor(name: string, options: { default?: T } = {}) {
    if (typeof options !== "object" || options === null) {
      throw new TypeError(
        `Cannot make a ContextVar with ${
          describe(options)
        }: expected options, did you mean { default: ... }?`,
      );
    }
    this.name = name;
    this.#default = "default" in options ? options.default as T : UNSET;
  }

  /**
   * The value in the current context; the default where it was never set.
   *
   * @throws {LookupError} When it was never set and there is no default.
   */
  get(): T;
  /**
   * As above, with a fallback in place of the default.
   *
   * @param fallback Returned where the variable was never set.
   * @returns The value, or the fallback.
   */
  get<D>(fallback: D): T | D;
  get(...fallback: unknown[]): unknown {
    const value = currentValues().get(this as ContextVar<unknown>);
    if (value !== undefined || currentValues().has(this as ContextVar<unknown>)) return value;
    if (fallback.length > 0) return fallback[0];
    if (this.#default !== UNSET) return this.#default;
    throw new LookupError(
      `Cannot get context variable "${this.name}": it is not set and has no default`,
    );
  }

  /**
   * Sets the value in the current context.
   *
   * @param value The new value.
   * @returns A token for `reset`.
   */
  set(value: T): Token<T> {
    const context = currentContext();
    const before = context._values.has(this as ContextVar<unknown>)
      ? context._values.get(this as ContextVar<unknown>) as T
      : UNSET;
    context._assign(this as ContextVar<unknown>, value);
    return new SetToken(this, before, context);
  }

  /**
   * Puts back what `set` replaced.
   *
   * @param token From `set` on this variable, in this context.
   * @throws {TypeError} When it is no token.
   * @throws {RuntimeError} When the token was used before.
   * @throws {RangeError} When it was made by another variable or in another context.
   */
  reset(token: Token<T>): void {
    if (!(token instanceof SetToken)) {
      throw new TypeError(`Cannot reset "${this.name}": expected a token that set() returned`);
    }
    if (token.used) {
      throw new RuntimeError(`Cannot reset "${this.name}": the token has been used once`);
    }
    if (token.var !== this) {
      throw new RangeError(`Cannot reset "${this.name}": the token is of "${token.var.name}"`);
    }
    if (token.context !== currentContext()) {
      throw new RangeError(`Cannot reset "${this.name}": the token was made in another context`);
    }
    token.used = true;
    token.context._assign(this as ContextVar<unknown>, token.before);
  }
}

/**
 * A set of values of context variables.
 *
 * @example
 * ```ts
 * import { ContextVar, copyContext, createTask, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const user = new ContextVar("user", { default: "nobody" });
 * const context = copyContext();
 * context.run(() => user.set("ada"));
 * await run(() => createTask(() => assertEquals(user.get(), "ada"), { context }));
 * assertEquals(user.get(), "nobody");
 * ```
 */
export class Context {
  /** @internal */
  _values: Values = NOTHING;

  /**
   * Calls `fn` with this context as the current one, until it returns.
   *
   * @param fn Sees and changes the values of this context.
   * @param args Its arguments.
   * @returns What `fn` returns.
   */
  run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    const outer = running.context;
    running.context = this;
    try {
      return fn(...args);
    } finally {
      running.context = outer;
    }
  }

  /** A context with the same values, which can change on its own. */
  copy(): Context {
    const copy = new Context();
    copy._values = this._values;
    return copy;
  }

  /**
   * The value of a variable here.
   *
   * @param variable The variable.
   * @returns Its value, or undefined when it was not set in this context.
   */
  get<T>(variable: ContextVar<T>): T | undefined {
    return this._values.get(variable as ContextVar<unknown>) as T | undefined;
  }

  /** @internal */
  _assign(variable: ContextVar<unknown>, value: unknown): void {
    inUse = true;
    const values = new Map(this._values);
    if (value === UNSET) values.delete(variable);
    else values.set(variable, value);
    this._values = values;
  }
}

const baseContext = new Context();

/** False in a program that has set no variable: there is nothing to inherit, and nobody looks for it. */
let inUse = false;

/**
 * A copy of the current context.
 *
 * @returns The copy.
 *
 * @example
 * ```ts
 * import { ContextVar, copyContext } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const depth = new ContextVar("depth", { default: 0 });
 * const context = copyContext();
 * context.run(() => depth.set(1));
 * assertEquals([depth.get(), context.get(depth)], [0, 1]);
 * ```
 */
export function copyContext(): Context {
  return currentContext().copy();
}

/**
 * What a task or callback that is made now inherits: null stands for "nothing is set", so that a
 * program without context variables makes no contexts.
 */
export function inheritedContext(): Context | null {
  return inUse ? inheritedValues() : null;
}

function inheritedValues(): Context | null {
  const values = currentValues();
  if (values.size === 0) return null;
  const context = new Context();
  context._values = values;
  return context;
}

/** A task's own context, made on first use. */
export function contextOf(task: Task<unknown>): Context {
  return task._context ??= new Context();
}

function currentContext(): Context {
  if (running.context !== null) return running.context;
  const task = runningTask();
  if (task !== null) return contextOf(task);
  // A callback whose context was empty: what it sets now is gone when it returns.
  return running.loop !== null ? running.context = new Context() : baseContext;
}

function currentValues(): Values {
  if (running.context !== null) return running.context._values;
  const task = runningTask();
  if (task !== null) return task._context === null ? NOTHING : task._context._values;
  return running.loop !== null ? NOTHING : baseContext._values;
}
