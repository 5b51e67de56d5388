/**
 * Cancellation, for the two workloads that need it: the loop again, with the one thing added that a
 * cancel takes, an error thrown into the body. It is one shared object without a stack.
 */

import { Cell, loop, SETTLED, spawn, type Step, type Task } from "./loop.ts";

/** n tasks wait inside try/finally; all are cancelled, and awaited. Counts the finally blocks. */
export function cancelStorm(n: number): number {
  return runCancellable(function* (): Step<number> {
    const cleaned = { count: 0 };
    const tasks: Task<void>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = spawn(guarded(cleaned));
    yield undefined;
    for (let i = 0; i < n; i++) cancel(tasks[i]!);
    for (let i = 0; i < n; i++) yield tasks[i];
    return cleaned.count;
  }());
}

/** A group of n children: the last one fails, the others are cancelled and awaited. */
export function groupFailure(n: number): number {
  return runCancellable(function* (): Step<number> {
    const cleaned = { count: 0 };
    const children = new Set<Task<void>>();
    for (let i = 0; i < n - 1; i++) children.add(spawn(guarded(cleaned)));
    const outcome = yield spawn(failing());
    for (const child of children) cancel(child);
    for (const child of children) yield child;
    return outcome === failure ? cleaned.count + 1 : NaN;
  }());
}

const cancelled = { name: "Cancelled" };
const failure = new Error("The last child fails");

function cancel(task: Task<void>): void {
  (task as Task).value = cancelled;
  loop.push(task as Task);
}

function* guarded(cleaned: { count: number }): Step<void> {
  try {
    yield new Cell();
  } finally {
    cleaned.count++;
  }
}

function* failing(): Step<void> {
  yield undefined;
  throw failure;
}

function runCancellable<T>(body: Step<T>): T {
  const main = spawn(body);
  for (let task = loop.shift(); task !== undefined; task = loop.shift()) advance(task);
  return main.value as T;
}

function advance(task: Task): void {
  let sent = task.value;
  while (true) {
    let step;
    try {
      step = sent === cancelled ? task.body.throw(cancelled) : task.body.next(sent);
    } catch (error) {
      task.set(error === cancelled ? undefined : error);
      return;
    }
    if (step.done) {
      task.set(step.value);
      return;
    }
    if (step.value === undefined) {
      task.value = undefined;
      loop.push(task);
      return;
    }
    if (step.value.waiter !== SETTLED) {
      step.value.waiter = task;
      return;
    }
    sent = step.value.value;
  }
}
