/** Tasks that start, give way, and wait for one another. */

import { asyncio, limit, ours, oursAsync, promises, type Row } from "../row.ts";

export const SCHEDULING: readonly Row[] = [
  {
    work: "spawn and await a child",
    n: 100_000,
    fewer: 10_000,
    entrants: [
      limit("scheduling", "spawning"),
      ours("scheduling", "spawning", "yield* createTask(generator)"),
      oursAsync("asyncSpawning", "await createTask(asyncFunction)"),
      promises("scheduling", "spawning", "await asyncFunction()", { less: "there is no task" }),
      ...asyncio("spawning", "await create_task(coroutine)"),
    ],
  },
];
