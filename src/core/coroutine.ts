// A coroutine: lazy, single use, awaitable in both styles. Operations of the library are written once, as
// generators (or, where a bench asks for it, as iterators by hand), and get both faces here.

import type { Future } from "./future.ts";
import { describe, RuntimeError } from "./errors.ts";
import { drive } from "./then.ts";

/** A generator that a task can drive. It yields futures, never values. Nothing runs until it is driven. */
export type CoroutineGenerator<T> = Generator<Future<unknown>, T, unknown>;

/**
 * What operations return: lazy, single use. `yield* op` in a generator coroutine or `await op` in an async
 * function runs it as a part of the calling task: cancelling the task throws CancelledError inside it and
 * its own cleanup runs. Awaited outside of any task it becomes a task of its own.
 *
 * @example
 * ```ts
 * import { run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await run(function* () {
 *   return yield* sleep(1, "generator");
 * }), "generator");
 * assertEquals(await run(async () => await sleep(1, "async")), "async");
 * ```
 */
export abstract class Coroutine<T> implements PromiseLike<T> {
  /** What it is, for diagnostics: `sleep(500)`. */
  abstract readonly name: string;

  /**
   * Starts it: for `yield*`.
   *
   * @throws {RuntimeError} The second time.
   */
  abstract [Symbol.iterator](): CoroutineGenerator<T>;

  /** Gives it up; it cannot be awaited any more. */
  abstract close(): void;

  /**
   * Starts it: for `await`.
   *
   * @param onfulfilled Given the result.
   * @param onrejected Given the error.
   * @returns A promise for what the callback returns.
   */
  then<R = T, E = never>(
    onfulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return drive(this, onfulfilled, onrejected);
  }

  /** `<Coroutine sleep(500)>`. */
  toString(): string {
    return `<Coroutine ${this.name}>`;
  }

  /** @internal */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Told of every coroutine, while some loop is in debug mode. */
export interface CoroutineWatch {
  /** It is being constructed: nothing can be asked of it yet. */
  made(coroutine: Coroutine<unknown>): void;
  /** It is awaited, or given up. */
  used(coroutine: Coroutine<unknown>): void;
}

let watch: CoroutineWatch | null = null;

/** Has `watcher` told from now on; null for nobody. */
export function watchCoroutines(watcher: CoroutineWatch | null): void {
  watch = watcher;
}

/** Called by every coroutine when it is made. Returns true when somebody wants to know of its use. */
export function noteMade(coroutine: Coroutine<unknown>): boolean {
  if (watch === null) return false;
  watch.made(coroutine);
  return true;
}

/** Called by every coroutine when it is awaited or closed. */
export function noteUsed(coroutine: Coroutine<unknown>): void {
  if (watch !== null) watch.used(coroutine);
}

/** The error of who awaits a coroutine for the second time. */
export function usedBefore(coroutine: Coroutine<unknown>): RuntimeError {
  return new RuntimeError(
    `Cannot await coroutine "${coroutine.name}": it has been awaited or closed before, expected a new one`,
  );
}

/** A coroutine around a generator. */
export class GeneratorCoroutine<T> extends Coroutine<T> {
  #generator: CoroutineGenerator<T>;
  #used = false;
  readonly name: string;

  constructor(generator: CoroutineGenerator<T>, name: string) {
    super();
    this.#generator = generator;
    this.name = name;
    noteMade(this);
  }

  override [Symbol.iterator](): CoroutineGenerator<T> {
    if (this.#used) throw usedBefore(this);
    this.#used = true;
    noteUsed(this);
    return this.#generator;
  }

  override close(): void {
    this.#used = true;
    noteUsed(this);
    this.#generator.return(undefined as T);
  }
}

/** A coroutine that is its own iterator, for operations that benches ask about. */
export abstract class Operation<T> extends Coroutine<T> {
  /** How far it is: 0 when new, 1 when begun, more as its kind likes. */
  declare protected phase: number;

  // Set it here, not in the declaration: a field initializer of a base class costs every operation 15 ns.
  constructor() {
    super();
    this.phase = 0;
    noteMade(this);
  }

  override [Symbol.iterator](): CoroutineGenerator<T> {
    if (this.phase !== 0) throw usedBefore(this);
    this.phase = 1;
    noteUsed(this);
    return this as unknown as CoroutineGenerator<T>;
  }

  override close(): void {
    this.phase = 1;
    noteUsed(this);
  }

  /** @internal */
  abstract next(): IteratorResult<Future<unknown>, T>;

  /** @internal */
  throw(error: unknown): never {
    throw error;
  }

  /** @internal */
  return<V>(value: V): { done: true; value: V } {
    return { done: true, value };
  }
}

/** A coroutine that never waits. */
export class Immediate<T> extends Operation<T> {
  readonly name: string;
  readonly #fn: () => T;

  constructor(name: string, fn: () => T) {
    super();
    this.name = name;
    this.#fn = fn;
  }

  override next(): IteratorResult<Future<unknown>, T> {
    return { done: true, value: this.#fn() };
  }
}

const coroutineFunctions = new WeakSet<object>();

/**
 * Turns a generator function into one that returns a lazy {@linkcode Coroutine}. Keeps `this`, name and
 * length.
 *
 * @param fn The generator function.
 * @returns A function with the same parameters.
 * @throws {TypeError} When `fn` is not a function.
 *
 * @example
 * ```ts
 * import { coroutine, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const addOne = coroutine(function* addOne(n: number) {
 *   yield* sleep(1);
 *   return n + 1;
 * });
 * assertEquals(await run(addOne(1)), 2); // a task drives it
 * assertEquals(await run(async () => await addOne(2)), 3); // an async function awaits it
 * ```
 */
export function coroutine<A extends unknown[], T>(
  fn: (...args: A) => CoroutineGenerator<T>,
): (...args: A) => Coroutine<T> {
  if (typeof fn !== "function") {
    throw new TypeError(
      `Cannot make a coroutine of ${describe(fn)}: expected a generator function`,
    );
  }
  const make = function (this: unknown, ...args: A): Coroutine<T> {
    const body: unknown = fn.apply(this, args);
    if (!isGenerator(body)) throw noGenerator(fn, body);
    return new GeneratorCoroutine(body as CoroutineGenerator<T>, fn.name);
  };
  Object.defineProperty(make, "name", { value: fn.name, configurable: true });
  Object.defineProperty(make, "length", { value: fn.length, configurable: true });
  coroutineFunctions.add(make);
  return make;
}

function noGenerator(fn: { name: string }, returned: unknown): TypeError {
  const name = fn.name === "" ? "anonymous" : fn.name;
  return new TypeError(
    `Cannot make a coroutine of ${name}(): it returned ${describe(returned)}, expected a function*`,
  );
}

const GeneratorFunction = (function* () {}).constructor as FunctionConstructor;

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/** True for what was written as an async function. */
export function isAsyncFunction(fn: object): boolean {
  return fn instanceof AsyncFunction;
}

/** True for functions that return a generator or a Coroutine and run nothing when called. */
export function isLazyFunction(fn: object): boolean {
  return fn instanceof GeneratorFunction || coroutineFunctions.has(fn);
}

/** Matches the generators of this realm at the price of two pointers, however many functions made them. */
const OwnGenerator = function () {} as unknown as { new (): Generator };
OwnGenerator.prototype = Object.getPrototypeOf(GeneratorFunction.prototype.prototype);

/** True for the generator objects of this realm. */
export function isOwnGenerator(x: unknown): x is CoroutineGenerator<unknown> {
  return x instanceof OwnGenerator;
}

/** True for generator objects, of whoever made them. */
export function isGenerator(x: unknown): x is CoroutineGenerator<unknown> {
  if (isOwnGenerator(x)) return true;
  return typeof x === "object" && x !== null &&
    typeof (x as Generator).next === "function" && typeof (x as Generator).throw === "function" &&
    Symbol.iterator in x;
}

/**
 * True for what a function made by {@linkcode coroutine}, or an operation of the library, returns.
 *
 * @param x Anything.
 * @returns Whether it is a Coroutine.
 *
 * @example
 * ```ts
 * import { isCoroutine, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([isCoroutine(sleep(1)), isCoroutine(Promise.resolve())], [true, false]);
 * ```
 */
export function isCoroutine(x: unknown): x is Coroutine<unknown> {
  return x instanceof Coroutine;
}
