// Who waits for a task, and who waits for them: CPython 3.14's call graph.

import type { Future } from "../core/future.ts";
import { awaitedBy } from "../core/wait_graph.ts";
import { currentTask } from "../core/current.ts";
import { Task } from "../core/task.ts";
import { userFrames } from "../core/stack.ts";
import { waitLabel } from "../core/wait_label.ts";

/** A future, what it is doing, and who waits for it. */
export interface CallGraph {
  /** The task or future. */
  task: Task<unknown> | Future<unknown>;
  /**
   * What it is doing, innermost first. For the running task these are its frames. JavaScript keeps no
   * frames of a suspended function, so for a task that waits it is what it waits for, followed, in debug
   * mode, by the frames of that wait.
   */
  stack: string[];
  /** The tasks that wait for it, directly or through a gather, a group, a wait, a shield or a lock that it has. */
  awaitedBy: CallGraph[];
}

/**
 * Finds out who waits for a task: a stack trace that goes on through tasks. In debug mode it says where.
 *
 * @param fut The task or future; by default the current task.
 * @returns The graph, or null outside of any task.
 *
 * @example
 * ```ts
 * import { captureCallGraph, createTask, gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* main() {
 *   const page = createTask(sleep(1), { name: "page" });
 *   const all = createTask(() => gather([page, sleep(1)]), { name: "all" });
 *   yield* sleep(0);
 *   const graph = captureCallGraph(page)!;
 *   assertEquals(graph.stack, ["waits for sleep(1)"]);
 *   assertEquals(graph.awaitedBy.map(({ task }) => task), [all]);
 * });
 * ```
 */
export function captureCallGraph(fut?: Future<unknown>): CallGraph | null {
  const future = fut ?? currentTask();
  if (future === null) return null;
  const loop = future.getLoop();
  return graphOf(future, awaitedBy(loop._unfinished()), new Set());
}

/**
 * The call graph as text.
 *
 * @param fut The task or future; by default the current task.
 * @returns Some lines; "" outside of any task.
 *
 * @example
 * ```ts
 * import { createTask, formatCallGraph, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* main() {
 *   const page = createTask(sleep(1), { name: "page" });
 *   createTask(() => page, { name: "reader" });
 *   yield* sleep(0);
 *   assertEquals(formatCallGraph(page), `* task "page"
 *   + Stack:
 *   |   waits for sleep(1)
 *   + Awaited by:
 *     * task "reader"
 *       + Stack:
 *       |   waits for page
 * `);
 * });
 * ```
 */
export function formatCallGraph(fut?: Future<unknown>): string {
  const graph = captureCallGraph(fut);
  return graph === null ? "" : graphLines(graph, "").map((line) => `${line}\n`).join("");
}

/**
 * Prints the call graph to stderr.
 *
 * @param fut The task or future; by default the current task.
 *
 * @example
 * ```ts
 * import { printCallGraph, run } from "@taskloop/asyncio";
 *
 * await run(function* main() {
 *   yield* function* inner() {
 *     printCallGraph();
 *   }();
 * });
 * ```
 */
export function printCallGraph(fut?: Future<unknown>): void {
  // deno-lint-ignore no-console -- printing is what it is for.
  console.error(formatCallGraph(fut).trimEnd());
}

function graphOf(
  future: Future<unknown>,
  waiters: Map<Future<unknown>, Set<Task<unknown>>>,
  path: Set<Future<unknown>>,
): CallGraph {
  const graph: CallGraph = { task: future, stack: stackOf(future), awaitedBy: [] };
  // Tasks that wait for each other: once around is enough.
  if (path.has(future)) return graph;
  path.add(future);
  for (const task of waiters.get(future) ?? []) graph.awaitedBy.push(graphOf(task, waiters, path));
  path.delete(future);
  return graph;
}

function stackOf(future: Future<unknown>): string[] {
  if (!(future instanceof Task) || future.done()) return [];
  if (future === currentTask()) return userFrames();
  const label = waitLabel(future);
  if (label === null) return [];
  return [`waits for ${label}`, ...future._loop!._debug?.waitFrames(future) ?? []];
}

function graphLines({ task, stack, awaitedBy }: CallGraph, indent: string): string[] {
  const lines = [`${indent}* ${task instanceof Task ? task._title() : task}`];
  if (stack.length > 0) {
    lines.push(`${indent}  + Stack:`, ...stack.map((line) => `${indent}  |   ${line}`));
  }
  if (awaitedBy.length > 0) lines.push(`${indent}  + Awaited by:`);
  return [...lines, ...awaitedBy.flatMap((waiter) => graphLines(waiter, `${indent}    `))];
}
