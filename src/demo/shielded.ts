// A shielded block: a cancel that comes while it runs is delivered when it is over.

import type { Stage, Step } from "./step.ts";
import { CancelledError, shieldScope, sleep, type Task, TaskGroup } from "../../mod.ts";
import { load, loadAsync } from "./load.ts";
import { PAGES } from "./pages.ts";

const PAGE = PAGES[3]!;

export const shielded: Step = {
  title: "a shielded step",
  *generator(stage) {
    yield* TaskGroup.run(function* (group) {
      const task = group.createTask(function* () {
        try {
          yield* shieldScope(function* () {
            tellLoaded(stage, yield* load(stage, PAGE));
          });
          yield* load(stage, PAGE); // never: the cancel comes first
        } catch (error) {
          tellCancelled(stage, error);
          throw error;
        }
      }, { name: PAGE.name });
      yield* sleep(askAfterMs(stage));
      cancel(stage, task);
    });
  },
  async async(stage) {
    await TaskGroup.run(async (group) => {
      const task = group.createTask(async () => {
        try {
          await shieldScope(async () => {
            tellLoaded(stage, await loadAsync(stage, PAGE));
          });
          await loadAsync(stage, PAGE); // never: the cancel comes first
        } catch (error) {
          tellCancelled(stage, error);
          throw error;
        }
      }, { name: PAGE.name });
      await sleep(askAfterMs(stage));
      cancel(stage, task);
    });
  },
};

function askAfterMs(stage: Stage): number {
  return stage.site.latencyMs / 4;
}

function cancel(stage: Stage, task: Task<unknown>): void {
  stage.tell("cancelled", task.name, "is asked to end");
  task.cancel();
}

function tellLoaded(stage: Stage, bytes: number): void {
  stage.tell("ok", PAGE.name, `is here all the same, ${bytes.toLocaleString("en")} bytes`);
}

function tellCancelled(stage: Stage, error: unknown): void {
  if (error instanceof CancelledError) stage.tell("cancelled", PAGE.name, "ends after that");
}
