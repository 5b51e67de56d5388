// A body under a guard that costs nothing until the body has to wait: the shape of `waitFor` and of
// `asyncWith(timeout(...))`. An iterator around the body's own, for the bench of timeouts around ready work.

import type { BodyError } from "./context_manager.ts";
import type { CoroutineGenerator } from "./core/coroutine.ts";
import type { Future } from "./core/future.ts";
import { Operation } from "./core/coroutine.ts";
import { PARK } from "./core/park.ts";

const RUNNING = 2;
const WAITED = 3;

/** What a resumed body is asked for. */
type Resumption = "next" | "throw" | "return";

/** Runs a body. Its kinds say what guards it. */
export abstract class GuardedBody<T> extends Operation<T> {
  declare private _body: CoroutineGenerator<T> | null;

  constructor() {
    super();
    this._body = null;
  }

  /** The guard begins; gives the body. */
  protected abstract enter(): CoroutineGenerator<T>;

  /** The body waits for the first time. */
  protected abstract waits(): void;

  /** The body was left. Returns true when its error is dealt with. */
  protected abstract leave(error: BodyError | null): boolean;

  override next(): IteratorResult<Future<unknown>, T> {
    if (this.phase < RUNNING) {
      this._body = this.enter();
      this.phase = RUNNING;
    }
    return this._resume("next", undefined);
  }

  override throw(error: unknown): never {
    if (this._body === null) throw error; // cancelled before the first step: the body never runs
    return this._resume("throw", error) as never;
  }

  override return<V>(value: V): { done: true; value: V } {
    if (this._body === null) return { done: true, value };
    return this._resume("return", value) as IteratorReturnResult<V & T>;
  }

  private _resume(how: Resumption, value: unknown): IteratorResult<Future<unknown>, T> {
    const body = this._body!;
    let step: IteratorResult<Future<unknown>, T>;
    try {
      step = how === "next" ? body.next() : body[how](value as T);
    } catch (error) {
      if (this.leave({ error })) return { done: true, value: undefined as T };
      throw error;
    }
    if (step.done === true) this.leave(null);
    else if (this.phase === RUNNING) this._firstWait();
    return step;
  }

  private _firstWait(): void {
    this.phase = WAITED;
    const { value } = PARK;
    this.waits();
    PARK.value = value;
  }
}
