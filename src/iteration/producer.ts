// A generator body that hands out values. Its yields are of two kinds: waits, which go to the driver of
// whoever resumes it, and handouts, which end that resumption. So the body runs as a part of the task that
// asks for the next value, and a cancel of that task is thrown where the body waits.
//
// | state     | body                      | next                                    |
// | --------- | ------------------------- | --------------------------------------- |
// | new       | not begun                 | running (resume), closed (close)        |
// | running   | somebody waits for it     | suspended (handout), closed (end)       |
// | suspended | at a handout              | running (resume, close)                 |
// | closed    | ended, or left for good   | none                                    |

import type { BodyError } from "../context_manager.ts";
import type { CoroutineGenerator } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { CancelledError, describe, RuntimeError } from "../core/errors.ts";
import { isAwaitable } from "../core/awaitable.ts";
import { isGenerator } from "../core/coroutine.ts";
import { PARK } from "../core/park.ts";

/** The two words that hand out a value, each for its own kind of body. */
export type Verb = "emit" | "provide";

/** What a body yields to hand out a value. No wait looks like it, and no program makes one by itself. */
class Handout {
  constructor(readonly verb: Verb, readonly value: unknown) {}

  /** Told to who yields it to a task. */
  get misplaced(): string {
    const maker = this.verb === "emit" ? "asyncGenerator" : "asyncContextManager";
    return `expected ${this.verb}() only in what ${maker}() is given`;
  }
}

/**
 * What `emit` and `provide` yield, as the type checker sees it: it brings the type of the value to
 * `asyncGenerator` and `asyncContextManager`, and passes for a wait, so that the body of an `asyncWith`
 * may hand out too.
 */
export interface HandedOut<T> extends Future<unknown> {
  /** Never there. */
  readonly handedOut: T;
  /** As in Future. The parameter, never given, keeps the compiler from merging the two types. */
  done(never?: never): boolean;
}

/** The type of the values that a body hands out, from the type of its yields. */
export type ValueOf<Y> = [Extract<Y, HandedOut<unknown>>] extends [never] ? unknown
  : Y extends HandedOut<infer T> ? T
  : never;

/** Hands `value` out of the body that yields it. */
export function* handOut<T>(verb: Verb, value: T): Generator<HandedOut<T>, void, unknown> {
  yield new Handout(verb, value) as unknown as HandedOut<T>;
}

/**
 * Thrown at a handout to close the body. A cancellation, because a body must treat it as one: clean up
 * and let it pass. Whatever lets cancellations pass (a TaskGroup, a Timeout) so does no harm to it.
 */
class GeneratorExit extends CancelledError {
  static {
    this.prototype.name = "GeneratorExit";
  }
}

type ProducerState = "new" | "running" | "suspended" | "closed";

/** A body and where it stands. */
export class Producer<T> {
  /** @internal */
  _state: ProducerState = "new";

  /**
   * @param name For messages: `ticker()`.
   * @param verb The only word with which this body may hand out.
   */
  constructor(
    readonly name: string,
    readonly verb: Verb,
    readonly body: Generator<unknown, void, unknown>,
  ) {}

  /** Runs the body to its next handout or its end. `thrown`, when not null, is thrown into it. */
  resume(thrown: BodyError | null): CoroutineGenerator<IteratorResult<T, void>> {
    const resumption = new Resumption(this, thrown);
    return resumption as unknown as CoroutineGenerator<IteratorResult<T, void>>;
  }

  /** Ends the body where it stands and waits for its cleanup. */
  *close(): CoroutineGenerator<void> {
    if (this._state === "new") {
      this._state = "closed";
      this.body.return();
    }
    if (this._state === "closed") return;
    const exit = new GeneratorExit(`${this.name} is being closed`);
    let step: IteratorResult<T, void>;
    try {
      step = yield* this.resume({ error: exit });
    } catch (error) {
      if (error !== exit) throw error;
      return;
    }
    if (step.done === true) return;
    this._state = "closed";
    throw new RuntimeError(
      `Cannot close ${this.name}: it went on to ${this.verb} a value, expected it to end`,
    );
  }
}

/** One run of a body from handout to handout. The iterator that `yield*` delegates to. */
class Resumption<T> {
  readonly #producer: Producer<T>;
  #thrown: BodyError | null;
  #begun = false;

  constructor(producer: Producer<T>, thrown: BodyError | null) {
    this.#producer = producer;
    this.#thrown = thrown;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<unknown, IteratorResult<T, void>> {
    if (this.#begun) return this.#step(null);
    const producer = this.#producer;
    if (producer._state === "running") {
      throw new RuntimeError(
        `Cannot resume ${producer.name}: it is running already, expected one task at a time`,
      );
    }
    this.#begun = true;
    if (producer._state === "closed") {
      if (this.#thrown !== null) throw this.#thrown.error;
      return ended();
    }
    producer._state = "running";
    return this.#step(this.#thrown);
  }

  throw(error: unknown): IteratorResult<unknown, IteratorResult<T, void>> {
    if (!this.#begun) throw error;
    return this.#step({ error });
  }

  /** Whoever drove this has given up, and nobody is left to wait for cleanup. */
  return<V>(value: V): { done: true; value: V } {
    if (this.#begun) {
      this.#producer._state = "closed";
      this.#producer.body.return();
    }
    return { done: true, value };
  }

  #step(thrown: BodyError | null): IteratorResult<unknown, IteratorResult<T, void>> {
    const producer = this.#producer;
    let step: IteratorResult<unknown, void>;
    try {
      step = thrown === null ? producer.body.next() : producer.body.throw(thrown.error);
    } catch (error) {
      producer._state = "closed";
      throw error;
    }
    // Handed on as the very object that it is: the driver knows a wait by its identity.
    if (step === PARK) return step;
    if (step.done === true) {
      producer._state = "closed";
      return ended();
    }
    const { value } = step;
    if (!(value instanceof Handout)) {
      // No wait: the driver says what is wrong with it, unless it looks like a value to hand out.
      if (value === undefined || isAwaitable(value)) return step;
      const error = new RuntimeError(
        `Cannot resume ${producer.name}: it yielded ${
          describe(value)
        }, did you mean yield* ${producer.verb}(...)?`,
      );
      return this.#step({ error });
    }
    if (value.verb !== producer.verb) {
      const error = new RuntimeError(
        `Cannot ${value.verb} in ${producer.name}: expected yield* ${producer.verb}(...)`,
      );
      return this.#step({ error });
    }
    producer._state = "suspended";
    return { done: true, value: { done: false, value: value.value as T } };
  }
}

function ended<T>(): IteratorReturnResult<IteratorResult<T, void>> {
  return { done: true, value: { done: true, value: undefined } };
}

/**
 * A function that calls `fn` for a body, and makes something else around it. Keeps `this`, name and
 * length.
 *
 * @throws {TypeError} When `fn` is not a function; from the result, when `fn` gives no generator.
 */
export function aroundBody<A extends unknown[], R>(
  fn: (...args: A) => Generator<unknown, void, unknown>,
  what: string,
  make: (body: Generator<unknown, void, unknown>, name: string) => R,
): (...args: A) => R {
  if (typeof fn !== "function") {
    throw new TypeError(`Cannot make ${what} of ${describe(fn)}: expected a generator function`);
  }
  const name = `${fn.name || "anonymous"}()`;
  const made = function (this: unknown, ...args: A): R {
    const body: unknown = fn.apply(this, args);
    if (isGenerator(body)) return make(body as Generator<unknown, void, unknown>, name);
    throw new TypeError(
      `Cannot make ${what} of ${name}: it returned ${describe(body)}, expected a function*`,
    );
  };
  Object.defineProperty(made, "name", { value: fn.name, configurable: true });
  Object.defineProperty(made, "length", { value: fn.length, configurable: true });
  return made;
}
