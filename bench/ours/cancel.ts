/** Cancelling many tasks, as a user of the module writes it. */

import {
  type CoroutineGenerator,
  createTask,
  ExceptionGroup,
  Future,
  run,
  sleep,
  type Task,
  TaskGroup,
  wait,
} from "../../mod.ts";

/** n tasks wait inside try/finally; all are cancelled, and awaited. Counts the finally blocks. */
export function cancelStorm(n: number): Promise<number> {
  return run(function* () {
    const cleaned = { count: 0 };
    const tasks: Task<void>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = createTask(guarded(cleaned));
    yield* sleep(0);
    for (const task of tasks) task.cancel();
    yield* wait(tasks);
    return tasks.every((task) => task.cancelled()) ? cleaned.count : NaN;
  });
}

/** A group of n children: the last one fails, the others are cancelled and awaited. */
export function groupFailure(n: number): Promise<number> {
  return run(function* () {
    const cleaned = { count: 0 };
    try {
      yield* TaskGroup.run(function* (group) {
        for (let i = 0; i < n - 1; i++) group.createTask(guarded(cleaned));
        group.createTask(failing());
        yield* new Future<void>();
      });
    } catch (error) {
      if (!(error instanceof ExceptionGroup) || error.errors[0] !== failure) throw error;
      return cleaned.count + error.errors.length;
    }
    return NaN;
  });
}

const failure = new Error("The last child fails");

function* guarded(cleaned: { count: number }): CoroutineGenerator<void> {
  try {
    yield* new Future<void>();
  } finally {
    cleaned.count++;
  }
}

function* failing(): CoroutineGenerator<void> {
  yield* sleep(0);
  throw failure;
}
