// The tasks of a loop, for people to read.

import type { EventLoop } from "../core/event_loop.ts";
import { getEventLoop } from "../core/current.ts";
import { treeLines } from "../core/task_tree.ts";

/**
 * The unfinished tasks of a loop as a tree: who waits stands above what it waits for, through gathers,
 * groups, waits, shields and locks. Tasks that wait for each other are named in a line of their own. In debug
 * mode it says where a task waits, and for how long.
 *
 * @param loop By default the running one.
 * @returns A line a task; "" when there are none.
 *
 * @example
 * ```ts
 * import { createTask, formatTaskTree, gather, run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   const pages = [1, 2].map((n) => createTask(sleep(n), { name: `page-${n}` }));
 *   createTask(() => gather(pages), { name: "all" });
 *   createTask(sleep(9), { name: "clock" });
 *   yield* sleep(0);
 *   assertEquals(formatTaskTree().split("\n").slice(1), [
 *     "all waits for gather(2)",
 *     "├─ page-1 waits for sleep(1)",
 *     "└─ page-2 waits for sleep(2)",
 *     "clock waits for sleep(9)",
 *     "",
 *   ]);
 * });
 * ```
 */
export function formatTaskTree(loop: EventLoop = getEventLoop()): string {
  const lines = treeLines([...loop._unfinished()], loop._debug);
  return lines.map((line) => `${line}\n`).join("");
}
