/** Downloads by tasks on one thread: a group that lets so many run at a time. */

import { type CoroutineGenerator, currentTask, ensureFuture, run, TaskGroup } from "../../mod.ts";
import { countRight, downloads } from "../downloads/site.ts";
import type { Work } from "../work.ts";

export const oneByOne = inLanes(1);
export const fiveLanes = inLanes(5);
export const fifteenLanes = inLanes(15);
export const fiftyLanes = inLanes(50);

function inLanes(limit: number): Work {
  return (n) =>
    run(function* () {
      const tasks = yield* TaskGroup.run(
        (group) => downloads(n).map(([url]) => group.createTask(download(url))),
        { limit },
      );
      return countRight(tasks.map((task) => task.result()));
    });
}

/** Cancelling the task ends the request too. */
function* download(url: string): CoroutineGenerator<ArrayBuffer> {
  const { signal } = currentTask()!;
  const response = yield* ensureFuture(fetch(url, { signal }));
  return yield* ensureFuture(response.arrayBuffer());
}
