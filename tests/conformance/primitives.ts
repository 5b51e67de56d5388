/** Locks, queues and the like: how a program's are made, and what the final report says of them. */

import * as asyncio from "./library.ts";
import type { Json, Primitive } from "./program.ts";

export type Made =
  | asyncio.Lock
  | asyncio.Event
  | asyncio.Condition
  | asyncio.Semaphore
  | asyncio.Barrier
  | asyncio.Queue<Json>;

/** Makes the primitive; `lock` finds an earlier one by name. */
export function makePrimitive(from: Primitive, lock: (name: string) => asyncio.Lock): Made {
  switch (from.type) {
    case "lock":
      return new asyncio.Lock();
    case "event":
      return new asyncio.Event();
    case "condition":
      return new asyncio.Condition(from.lock === undefined ? undefined : lock(from.lock));
    case "semaphore":
      return new asyncio.Semaphore(from.value);
    case "bounded":
      return new asyncio.BoundedSemaphore(from.value);
    case "barrier":
      return new asyncio.Barrier(from.parties);
    case "queue":
      return new asyncio.Queue<Json>(from.maxsize);
    case "priority":
      return new asyncio.PriorityQueue<Json>(from.maxsize, comparePriority);
    case "lifo":
      return new asyncio.LifoQueue<Json>(from.maxsize);
  }
}

export function describeBarrier(barrier: asyncio.Barrier): string {
  return `waiting=${barrier.nWaiting} broken=${barrier.broken}`;
}

export function describePrimitive(made: Made): string {
  if (made instanceof asyncio.Barrier) return describeBarrier(made);
  if (made instanceof asyncio.Event) return `set=${made.isSet()}`;
  if (made instanceof asyncio.Queue) return `size=${made.qsize()}`;
  return `locked=${made.locked()}`;
}

/** Integers, or pairs of an integer and a string, as Python orders them. */
function comparePriority(a: Json, b: Json): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [numberA, textA] = a as [number, string];
  const [numberB, textB] = b as [number, string];
  if (numberA !== numberB) return numberA - numberB;
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}
