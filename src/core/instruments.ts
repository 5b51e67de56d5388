// Who watches a loop: told of what its tasks do, at no cost when nobody watches.

import type { Future } from "./future.ts";
import type { Handle } from "./handle.ts";
import type { Task } from "./task.ts";

/**
 * Told by a loop what its tasks do. Every method is optional; none may throw, wait, or change what it is
 * told about.
 */
export interface Instrument {
  /** A task was made. */
  taskCreated?(task: Task<unknown>): void;
  /** A task begins to run: its first step, or after a wait. */
  stepStarted?(task: Task<unknown>): void;
  /** It has stopped running: it waits for these (for nothing when it only let others run), or it is done. */
  stepEnded?(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): void;
  /** A task has ended. */
  taskDone?(task: Task<unknown>): void;
  /** Cancellation of a task was requested. */
  cancelRequested?(task: Task<unknown>, message: string | undefined): void;
  /** A callback of `callSoon`, `callLater` or `callAt` begins. */
  callbackStarted?(handle: Handle): void;
  /** It has returned. */
  callbackEnded?(handle: Handle): void;
}

/** The instruments of one loop, in the order of their coming. */
export class Instruments {
  readonly #all = new Set<Instrument>();
  #stepping: Task<unknown> | null = null;

  get size(): number {
    return this.#all.size;
  }

  add(instrument: Instrument): void {
    this.#all.add(instrument);
  }

  delete(instrument: Instrument): boolean {
    return this.#all.delete(instrument);
  }

  taskCreated(task: Task<unknown>): void {
    for (const one of this.#all) one.taskCreated?.(task);
  }

  stepStarted(task: Task<unknown>): void {
    this.#stepping = task;
    for (const one of this.#all) one.stepStarted?.(task);
  }

  /** Without effect unless the task is in a step: both an await and the end of a function may say so. */
  stepEnded(task: Task<unknown>): void {
    if (this.#stepping !== task) return;
    this.#stepping = null;
    const waitsFor = task._waitsFor();
    for (const one of this.#all) one.stepEnded?.(task, waitsFor);
  }

  taskDone(task: Task<unknown>): void {
    this.stepEnded(task);
    for (const one of this.#all) one.taskDone?.(task);
  }

  cancelRequested(task: Task<unknown>, message: string | undefined): void {
    for (const one of this.#all) one.cancelRequested?.(task, message);
  }

  callbackStarted(handle: Handle): void {
    for (const one of this.#all) one.callbackStarted?.(handle);
  }

  callbackEnded(handle: Handle): void {
    for (const one of this.#all) one.callbackEnded?.(handle);
  }
}
