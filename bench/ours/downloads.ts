/** Downloads by tasks on one thread: a group that lets so many run at a time. */

import { type CoroutineGenerator, currentTask, ensureFuture, run, TaskGroup } from "../../mod.ts";
import { type Download, downloads } from "../downloads/site.ts";
import type { Work } from "../work.ts";

export const oneByOne = inLanes(1);
export const fiveLanes = inLanes(5);
export const fifteenLanes = inLanes(15);
export const fiftyLanes = inLanes(50);

function inLanes(limit: number): Work {
  return (n) =>
    run(function* () {
      const right = yield* TaskGroup.run(
        (group) => downloads(n).map((one) => group.createTask(download(one))),
        { limit },
      );
      return right.filter((task) => task.result()).length;
    });
}

/** Cancelling the task ends the request too. */
function* download([url, bytes]: Download): CoroutineGenerator<boolean> {
  const { signal } = currentTask()!;
  const response = yield* ensureFuture(fetch(url, { signal }));
  return (yield* ensureFuture(response.arrayBuffer())).byteLength === bytes;
}
