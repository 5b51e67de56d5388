// Who watches a loop: told of what its tasks do, at no cost when nobody watches.

import type { DoneCallback, Future } from "./future.ts";
import type { Handle } from "./handle.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Task } from "./task.ts";

/**
 * Told by a loop what its tasks do. Every method is optional; none may throw, wait, or change what it is
 * told about.
 *
 * @example
 * ```ts
 * import { getRunningLoop, type Instrument, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const events: string[] = [];
 * const watcher: Instrument = {
 *   stepStarted: (task) => events.push(`${task.name} runs`),
 *   stepEnded: (task, waitsFor) => events.push(`${task.name} waits for ${waitsFor.length}`),
 * };
 * await run(function* () {
 *   getRunningLoop().addInstrument(watcher);
 *   yield* sleep(1);
 *   getRunningLoop().removeInstrument(watcher);
 * });
 * assertEquals(events.map((event) => event.replace(/Task-\d+/, "main")), [
 *   "main waits for 1",
 *   "main runs",
 * ]);
 * ```
 */
export interface Instrument {
  /** A task was made. */
  taskCreated?(task: Task<unknown>): void;
  /** A task begins to run: its first step, or after a wait. */
  stepStarted?(task: Task<unknown>): void;
  /**
   * It has stopped running: it waits for these, or is done. None at all: it only let others run, or an
   * async function waits for a foreign promise.
   */
  stepEnded?(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): void;
  /** What a task waited for is done: it runs as soon as it is its turn. */
  taskReady?(task: Task<unknown>): void;
  /** A task has ended. */
  taskDone?(task: Task<unknown>): void;
  /** Cancellation of a task was requested. */
  cancelRequested?(task: Task<unknown>, message: string | undefined): void;
  /** A callback of `callSoon`, `callLater` or `callAt` begins. */
  callbackStarted?(handle: Handle): void;
  /** It has returned. */
  callbackEnded?(handle: Handle): void;
  /** A callback of `addDoneCallback` begins. */
  doneCallbackStarted?(future: Future<unknown>): void;
  /** It has returned. */
  doneCallbackEnded?(future: Future<unknown>, fn: DoneCallback<never>): void;
}

/** The instruments of one loop, in the order of their coming. */
export class Instruments {
  /** Replaced, never changed: an instrument may come or go while others are being told. */
  #all: readonly Instrument[] = [];
  /** Who is in a step; several when tasks start eagerly, the innermost last. */
  readonly #stepping: Task<unknown>[] = [];
  /** Whose step has ended without a wait: an async function may go on unseen, after a foreign promise. */
  readonly #away = new Set<Task<unknown>>();

  /** @internal Grows when the host, or a callback, may have taken time: what the clock said is out of date. */
  pauses = 0;

  /** @internal */
  get size(): number {
    return this.#all.length;
  }

  /** @internal */
  add(instrument: Instrument): void {
    if (!this.#all.includes(instrument)) this.#all = [...this.#all, instrument];
  }

  /** @internal */
  delete(instrument: Instrument): boolean {
    const before = this.#all.length;
    this.#all = this.#all.filter((one) => one !== instrument);
    return this.#all.length < before;
  }

  /** A task that is in a step already. */
  joinStep(task: Task<unknown>): void {
    this.#stepping.push(task);
  }

  /** @internal */
  taskCreated(task: Task<unknown>): void {
    const all = this.#all;
    for (let i = 0; i < all.length; i++) all[i]!.taskCreated?.(task);
  }

  /** @internal */
  stepStarted(task: Task<unknown>): void {
    this.#stepping.push(task);
    const all = this.#all;
    for (let i = 0; i < all.length; i++) all[i]!.stepStarted?.(task);
  }

  /** Once a step: both an await and the end of a function may say so. */
  stepEnded(task: Task<unknown>): void {
    if (!this.#leave(task)) {
      if (this.#away.size === 0 || !this.#away.has(task)) return;
      this.stepStarted(task);
      this.#stepping.pop();
    }
    const waitsFor = task._waitsFor();
    if (!task.done() && task._isAway()) this.#away.add(task);
    else if (this.#away.size > 0) this.#away.delete(task);
    const all = this.#all;
    for (let i = 0; i < all.length; i++) all[i]!.stepEnded?.(task, waitsFor);
  }

  /** A future that is done has these waiting for it. */
  woken(future: Future<unknown>, waiters: Runnable | Runnable[]): void {
    // The task that is in a step has ended: that comes first.
    const { length } = this.#stepping;
    if (length > 0 && future === this.#stepping[length - 1]) {
      this.stepEnded(future as Task<unknown>);
    }
    if (!Array.isArray(waiters)) return this.#woken(waiters);
    for (const waiter of waiters) this.#woken(waiter);
  }

  /** @internal */
  taskDone(task: Task<unknown>): void {
    this.stepEnded(task);
    const all = this.#all;
    for (let i = 0; i < all.length; i++) all[i]!.taskDone?.(task);
  }

  /** @internal */
  cancelRequested(task: Task<unknown>, message: string | undefined): void {
    for (const one of this.#all) one.cancelRequested?.(task, message);
  }

  /** @internal */
  callbackStarted(handle: Handle): void {
    this.pauses++;
    for (const one of this.#all) one.callbackStarted?.(handle);
  }

  /** @internal */
  callbackEnded(handle: Handle): void {
    for (const one of this.#all) one.callbackEnded?.(handle);
  }

  /** @internal */
  doneCallbackStarted(future: Future<unknown>): void {
    this.pauses++;
    for (const one of this.#all) one.doneCallbackStarted?.(future);
  }

  /** @internal */
  doneCallbackEnded(future: Future<unknown>, fn: DoneCallback<never>): void {
    for (const one of this.#all) one.doneCallbackEnded?.(future, fn);
  }

  #woken(waiter: Runnable): void {
    // Tasks, and the places where their async functions wait, know their task; callbacks have none.
    const task = (waiter as { scopeTask?: Task<unknown> | null }).scopeTask ?? null;
    if (task === null) return;
    const all = this.#all;
    for (let i = 0; i < all.length; i++) all[i]!.taskReady?.(task);
  }

  #leave(task: Task<unknown>): boolean {
    const stepping = this.#stepping;
    const last = stepping.length - 1;
    if (last < 0) return false;
    if (stepping[last] === task) stepping.pop(); // to set its length costs more than all the rest
    else {
      const at = stepping.lastIndexOf(task);
      if (at < 0) return false;
      stepping.splice(at, 1);
    }
    return true;
  }
}
