// A flag that tasks wait for.

import type { Coroutine } from "../core/coroutine.ts";
import type { Future } from "../core/future.ts";
import { noteMade } from "../core/coroutine.ts";
import { Primitive, waitingWord } from "./primitive.ts";
import { DONE_TRUE, Turn, WATCHED } from "../core/turn.ts";
import { WaitQueue } from "../core/wait_queue.ts";

/** What an event is doing. */
export interface EventStatistics {
  /** Whether it is set. */
  readonly isSet: boolean;
  /** How many tasks wait for it. */
  readonly tasksWaiting: number;
}

/**
 * A flag: `set` lets everybody go on who waits for it, and whoever comes until `clear`.
 *
 * @example
 * ```ts
 * import { createTask, Event, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const lines: string[] = [];
 * await run(async () => {
 *   const ready = new Event();
 *   const task = createTask(async () => {
 *     await ready.wait();
 *     lines.push("go");
 *   });
 *   lines.push("set");
 *   ready.set();
 *   await task;
 * });
 * assertEquals(lines, ["set", "go"]);
 * ```
 */
export class Event extends Primitive {
  /** @internal Who waits for it. */
  readonly _line: WaitQueue = new WaitQueue(() => `${this._title()}.wait()`);
  #set = false;

  /** True from `set` to `clear`. */
  isSet(): boolean {
    return this.#set;
  }

  /** Sets it. Who waits goes on in the next iteration, even when it is cleared before that. */
  set(): void {
    if (this.#set) return;
    this.#set = true;
    this._line.wakeAll();
  }

  /** Clears it: who comes from now on waits until it is set again. */
  clear(): void {
    this.#set = false;
  }

  /**
   * Waits until it is set. It suspends only when it is not. Cancelled here, nothing is left behind.
   *
   * @returns True.
   */
  wait(): Coroutine<true> {
    return new EventWait(this);
  }

  /** A snapshot of what it is doing. */
  statistics(): EventStatistics {
    return { isSet: this.#set, tasksWaiting: this._line.size };
  }

  /** @internal */
  override _describe(): string[] {
    return [this.#set ? "set" : "unset", waitingWord("waiting", this._line.size)];
  }
}

class EventWait extends Turn<true> {
  readonly #event: Event;

  constructor(event: Event) {
    super();
    this._place = noteMade(this) ? WATCHED : undefined;
    this.#event = event;
  }

  override get name(): string {
    return this.#event._line.name;
  }

  override next(): IteratorResult<Future<unknown>, true> {
    if (this.inLine) return this.goOn();
    if (!this.#event.isSet()) return this.wait(this.#event._line);
    return DONE_TRUE;
  }

  protected override called(): IteratorResult<Future<unknown>, true> {
    return DONE_TRUE;
  }

  protected override gaveUp(): void {}
}
