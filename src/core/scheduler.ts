// Who decides what of all that is ready runs next, where that is not left to the order of its coming.

import type { ReadyQueue, Runnable } from "./ready_queue.ts";

/** Decides the order in which what is ready runs. The default keeps it first in, first out. */
export interface Scheduler {
  /**
   * Asked at the start of every iteration. An error that it throws ends the run.
   *
   * @param ready How many entries are ready, 1 or more.
   * @returns Which of 0 to ready - 1 run in this iteration, in the order to run: at least one, each at
   * most once. The others stay ready for the next iteration. Null runs all in the order of their coming.
   */
  order(ready: number): Iterable<number> | null;
}

/**
 * Puts what is ready into the scheduler's order, and what it leaves out behind that.
 *
 * @returns How many entries run in this iteration.
 * @throws {RangeError} When the order is none; the queue is as before then.
 */
export function reorder(queue: ReadyQueue, scheduler: Scheduler): number {
  const count = queue.length;
  const order = scheduler.order(count);
  if (order === null) return count;
  const indices = checkOrder([...order], count);
  const entries: (Runnable | null)[] = queue.take(count);
  for (const index of indices) {
    queue.push(entries[index]!);
    entries[index] = null;
  }
  for (const entry of entries) if (entry !== null) queue.push(entry);
  return indices.length;
}

function checkOrder(indices: number[], count: number): number[] {
  const seen = new Set<number>();
  for (const index of indices) {
    if (!(Number.isInteger(index) && index >= 0 && index < count)) {
      throw new RangeError(`Cannot order ${count} entries: there is no entry ${index}`);
    }
    if (seen.has(index)) {
      throw new RangeError(`Cannot order ${count} entries: entry ${index} came twice`);
    }
    seen.add(index);
  }
  if (seen.size === 0) {
    throw new RangeError(`Cannot order ${count} entries: none is to run, expected one or more`);
  }
  return indices;
}
