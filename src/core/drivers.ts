// The one place where it is chosen how a task's body is driven: step by step, when it is a generator, or
// by its own promise, when it is an async function.

import type { CoroutineGenerator } from "./coroutine.ts";
import type { Startable } from "./awaitable.ts";
import type { Task } from "./task.ts";
import { advance, advanceGenerator } from "./step.ts";
import { asyncContextSettled, enterScope, loadAsyncContext } from "./async_context.ts";
import {
  Coroutine,
  isAsyncFunction,
  isGenerator,
  isLazyFunction,
  isOwnGenerator,
} from "./coroutine.ts";
import { describe } from "./errors.ts";
import { Future, isFuture } from "./future.ts";
import { isThenable, PromiseFuture } from "./awaitable.ts";
import { running } from "./current.ts";

/** Advances a task's body. Stateless: what a body needs is in the task. */
export interface Driver {
  /** Runs one step. `interrupt`, when not null, is thrown into the body. */
  step(task: Task<unknown>, interrupt: unknown): void;
}

const generatorDriver: Driver = {
  step(task, interrupt) {
    advanceGenerator(task, task, task._body as CoroutineGenerator<unknown>, interrupt);
  },
};

/** For what is iterated as a generator and is none: operations, generators of other realms. */
const iteratorDriver: Driver = {
  step(task, interrupt) {
    advance(task, task, task._body as CoroutineGenerator<unknown>, interrupt);
  },
};

/** Runs one step of a task. The usual driver is called without a look at which it is. */
export function step(task: Task<unknown>, interrupt: unknown): void {
  if (task._driver === generatorDriver) generatorDriver.step(task, interrupt);
  else task._driver.step(task, interrupt);
}

/** After the first step an async function advances by itself, woken by what it awaits. */
export const asyncDriver: Driver = {
  step() {},
};

/** A function: called in the task's first step, and replaced by the driver of what it returns. */
const functionDriver: Driver = {
  step(task, interrupt) {
    if (interrupt !== null) return task._threw(interrupt);
    const fn = task._body as () => unknown;
    const lazy = isLazyFunction(fn);
    if (!lazy && !asyncContextSettled() && mayAwait(task, fn)) {
      return task._loop!._hold(loadAsyncContext(), task);
    }
    running.task = task;
    let result: unknown;
    try {
      result = lazy ? fn() : enterScope(task, fn);
    } catch (error) {
      return task._threw(error);
    }
    if (isStartable(result)) {
      if (!isThenable(result) || isFuture(result) || result instanceof Coroutine) {
        chooseDriver(task, result);
        step(task, null);
      } else followPromise(task, result);
    } else task._returned(result);
  },
};

/** An eager start cannot wait for the async context, except where it is sure to be needed. */
function mayAwait(task: Task<unknown>, fn: () => unknown): boolean {
  const eager = task._place < 0;
  return !eager || isAsyncFunction(fn);
}

function followPromise(task: Task<unknown>, promise: PromiseLike<unknown>): void {
  task._driver = asyncDriver;
  // Of a thenable that throws, or calls both or twice, it makes a promise; a promise stays what it is.
  Promise.resolve(promise).then((value) => task._returned(value), (error) => task._threw(error));
  task._loop!._stepAsync(task);
}

function isStartable(x: unknown): x is Startable<unknown> {
  return isThenable(x) || isGenerator(x);
}

/**
 * Gives the task its body and its driver.
 *
 * @throws {TypeError} When it is nothing that can be started.
 * @throws {RuntimeError} When it is a coroutine that was used before.
 */
export function chooseDriver(task: Task<unknown>, start: Startable<unknown>): void {
  task._driver = generatorDriver;
  if (isOwnGenerator(start)) task._body = start;
  else chooseOther(task, start);
}

/** Apart, so that the hot one above is small enough for V8 to put into its caller: a tenth of the eager bench. */
function chooseOther(task: Task<unknown>, start: Startable<unknown>): void {
  if (typeof start === "function") {
    task._driver = functionDriver;
    task._body = start;
  } else if (start instanceof Coroutine) iterate(task, start[Symbol.iterator]());
  else if (start instanceof Future) task._body = follow(start);
  else if (isGenerator(start)) iterate(task, start);
  else if (isThenable(start)) task._body = follow(new PromiseFuture(start, task._loop!));
  else {
    throw new TypeError(
      `Cannot start a task from ${
        describe(start)
      }: expected a coroutine, a future, a promise or a function`,
    );
  }
}

function iterate(task: Task<unknown>, body: CoroutineGenerator<unknown>): void {
  task._body = body;
  if (!isOwnGenerator(body)) task._driver = iteratorDriver;
}

function* follow(future: Future<unknown>): CoroutineGenerator<unknown> {
  return yield* future;
}
