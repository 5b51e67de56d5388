// The tasks of a loop as a tree of text: who waits for whom, and for what.

import type { Task } from "./task.ts";
import { awaitedTasks, findCircles } from "./wait_graph.ts";
import { runningTask } from "./current.ts";
import { waitLabel } from "./wait_label.ts";

/** What debug mode knows besides. */
export interface WaitDetails {
  /** For how long and where a task has been waiting, to follow what it waits for; "" for nothing known. */
  describeWait(task: Task<unknown>): string;
}

/** A line a task. Who waits stands above what it waits for; who waits for each other comes last. */
export function treeLines(
  tasks: readonly Task<unknown>[],
  details: WaitDetails | null,
): string[] {
  const awaited = new Map(tasks.map((task) => [task, awaitedTasks(task)]));
  const someonesChild = new Set([...awaited.values()].flatMap((all) => [...all]));
  const roots = tasks.filter((task) => !someonesChild.has(task));
  const lines: string[] = [];
  const shown = new Set<Task<unknown>>();
  for (const root of [...roots, ...tasks]) {
    if (shown.has(root)) continue;
    const todo = [{ task: root, indent: "", branch: "" }];
    for (let item = todo.pop(); item !== undefined; item = todo.pop()) {
      const { task, indent, branch } = item;
      if (shown.has(task)) {
        lines.push(`${indent}${branch}${task.name} (above)`);
        continue;
      }
      shown.add(task);
      lines.push(`${indent}${branch}${task.name} ${doing(task, details)}`);
      const inner = indent + (branch === "" ? "" : branch === "└─ " ? "   " : "│  ");
      const children = [...awaited.get(task) ?? []].toReversed();
      todo.push(...children.map((task, i) => ({
        task,
        indent: inner,
        branch: i === 0 ? "└─ " : "├─ ",
      })));
    }
  }
  return [...lines, ...circleLines(tasks)];
}

/** One line for every circle: `a waits for b, which waits for a`. */
export function circleLines(tasks: Iterable<Task<unknown>>): string[] {
  return findCircles(tasks).map((circle) => {
    const [first, ...rest] = circle.map((task) => `task "${task.name}"`);
    const others = rest.map((name) => `${name}, which waits for `).join("");
    return `Deadlock: ${first} waits for ${others}${rest.length === 0 ? "itself" : first}`;
  });
}

function doing(task: Task<unknown>, details: WaitDetails | null): string {
  if (runningTask() === task) return "runs";
  const waitsFor = task._waitsFor();
  const label = waitLabel(task, waitsFor);
  if (label === null || waitsFor.some((future) => future.done())) return "is ready";
  return `waits for ${label}${details?.describeWait(task) ?? ""}`;
}
