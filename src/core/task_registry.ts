// The unfinished tasks of a loop, in the order in which they were made. A task knows its place, so that
// leaving costs nothing; the holes are closed when there are more of them than tasks.

import type { Task } from "./task.ts";

const COMPACT_ABOVE = 64;

/** Keeps tasks alive until they are done. Adding and deleting are O(1). */
export class TaskRegistry {
  readonly #tasks: (Task<unknown> | null)[] = [];
  #holes = 0;

  add(task: Task<unknown>): void {
    task._place = this.#tasks.length;
    this.#tasks.push(task);
  }

  /** Without effect for one that is not in it. */
  delete(task: Task<unknown>): void {
    const place = task._place;
    if (place < 0) return;
    task._place = -1;
    const tasks = this.#tasks;
    if (place === tasks.length - 1) tasks.pop();
    else {
      tasks[place] = null;
      this.#holes++;
      if (this.#holes > COMPACT_ABOVE && this.#holes * 2 > tasks.length) this.#compact();
    }
  }

  /** A new set of all tasks. */
  toSet(): Set<Task<unknown>> {
    return new Set(this.#tasks.filter((task) => task !== null));
  }

  #compact(): void {
    this.#tasks.length = closeHoles(this.#tasks);
    this.#holes = 0;
  }
}

/**
 * Returns how many are left. A function of its own that ends with its loop: V8 compiles a long loop while
 * it runs, and what comes after it, which has not run yet, throws that code away every time.
 */
function closeHoles(tasks: (Task<unknown> | null)[]): number {
  let kept = 0;
  for (const task of tasks) {
    if (task === null) continue;
    task._place = kept;
    tasks[kept++] = task;
  }
  return kept;
}
