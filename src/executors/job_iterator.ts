// What `map` and `stream` return: an asynchronous iterator that is consumed once, by one consumer.
//
// | state   | meaning                             | next                                      |
// | ------- | ----------------------------------- | ----------------------------------------- |
// | new     | nobody has asked                    | idle                                      |
// | idle    | waits to be asked                   | asked, ended                              |
// | asked   | a consumer waits                    | idle, ended                               |
// | ended   | there is nothing more               | none                                      |

import { CancelledError, RuntimeError } from "../core/errors.ts";

/** An outcome that a consumer gets: a value, an error to throw (which may be the end), or the end. */
export type Step<T> = { value: T } | { error: unknown; last?: boolean } | null;

/** An iterator over what jobs give. */
export abstract class JobIterator<T> implements AsyncIterableIterator<T> {
  #state: "new" | "idle" | "asked" | "ended" = "new";
  #looped = false;

  /** @param name For messages: `map(fib)`. */
  constructor(readonly name: string) {}

  /** True when there is nothing more, or nobody wants it. */
  protected get isEnded(): boolean {
    return this.#state === "ended";
  }

  /** A value that is there already, or null. */
  protected atHand(): { value: T } | null {
    return null;
  }

  /** Waits for the next outcome. */
  protected abstract step(): Promise<Step<T>>;

  /** Gives up what is under way. */
  protected abstract abandon(): void;

  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.#state === "ended") return { done: true, value: undefined };
    if (this.#state === "asked") {
      throw new RuntimeError(`Cannot ask ${this.name} for a value: somebody waits for one already`);
    }
    const atHand = this.atHand();
    if (atHand !== null) {
      this.#state = "idle";
      return { done: false, value: atHand.value };
    }
    this.#state = "asked";
    let step: Step<T>;
    try {
      step = await this.step();
    } catch (error) {
      // A loop that is left by an error of next() closes nothing by itself.
      this.#end();
      throw error;
    }
    // Closed while it waited.
    if (this.#state !== "asked") return { done: true, value: undefined };
    this.#state = "idle";
    if (step === null) {
      this.#end();
      return { done: true, value: undefined };
    }
    if ("value" in step) return { done: false, value: step.value };
    if (step.last === true || step.error instanceof CancelledError) this.#end();
    throw step.error;
  }

  /** Ends it early, with all the jobs that are under way. */
  return(value?: unknown): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: value as undefined });
  }

  /** @throws {RuntimeError} The second time: values are handed out once. */
  [Symbol.asyncIterator](): this {
    if (this.#looped) {
      throw new RuntimeError(`Cannot loop over ${this.name} again: it has been consumed`);
    }
    this.#looped = true;
    return this;
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    return Promise.resolve();
  }

  #end(): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.abandon();
  }
}
