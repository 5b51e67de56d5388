// Who waits for whom. Nobody keeps a record of it: the tasks know what they wait for, and futures that
// stand for others (a gather, a shield, the end of a group) know for what, so it is found when asked for.

import type { Future } from "./future.ts";
import { Task } from "./task.ts";

/** The tasks that `task` waits for, directly or through futures that are none. */
export function awaitedTasks(task: Task<unknown>): Set<Task<unknown>> {
  const found = new Set<Task<unknown>>();
  const seen = new Set<Future<unknown>>();
  const todo = [...task._awaits()];
  // A list that grows and no recursion: a shield of a shield can be nested as deep as anybody likes.
  for (const future of todo) {
    if (future.done() || seen.has(future)) continue;
    seen.add(future);
    if (future instanceof Task) found.add(future);
    else todo.push(...future._awaits());
  }
  return found;
}

/** Which of `tasks` wait for each future, directly or through futures that are no tasks. */
export function awaitedBy(
  tasks: Iterable<Task<unknown>>,
): Map<Future<unknown>, Set<Task<unknown>>> {
  const waiters = new Map<Future<unknown>, Set<Task<unknown>>>();
  for (const task of tasks) {
    const todo = [...task._awaits()];
    for (const future of todo) {
      const known = waiters.get(future);
      if (known?.has(task)) continue;
      if (known === undefined) waiters.set(future, new Set([task]));
      else known.add(task);
      if (!(future instanceof Task)) todo.push(...future._awaits());
    }
  }
  return waiters;
}

/** Tasks that wait for each other in a circle, each for the next and the last for the first. */
export function findCircles(tasks: Iterable<Task<unknown>>): Task<unknown>[][] {
  const circles: Task<unknown>[][] = [];
  const entered = new Set<Task<unknown>>();
  for (const start of tasks) {
    const path: Task<unknown>[] = [];
    const awaited: Iterator<Task<unknown>>[] = [];
    const onPath = new Set<Task<unknown>>();
    const enter = (task: Task<unknown>) => {
      if (entered.has(task)) return;
      entered.add(task);
      onPath.add(task);
      path.push(task);
      awaited.push(awaitedTasks(task).values());
    };
    enter(start);
    while (path.length > 0) {
      const { value: next, done } = awaited.at(-1)!.next();
      if (done === true) {
        awaited.pop();
        onPath.delete(path.pop()!);
      } else if (onPath.has(next)) circles.push(path.slice(path.indexOf(next)));
      else enter(next);
    }
  }
  return circles;
}
