// A group in which one child fails: the others are cancelled, and the group is left when their cleanup,
// which takes its time, is over.

import type { Page } from "./pages.ts";
import type { Stage, Step } from "./step.ts";
import {
  CancelledError,
  type CoroutineGenerator,
  ExceptionGroup,
  sleep,
  TaskGroup,
} from "../../mod.ts";
import { load, loadAsync } from "./load.ts";
import { MISSING_PAGE, PAGES } from "./pages.ts";

/** The last is not there, which shows while the others are still on their way. */
const ASKED = [...PAGES.slice(0, 3), MISSING_PAGE];

export const failingGroup: Step = {
  title: "one of a group fails",
  *generator(stage) {
    try {
      yield* TaskGroup.run(function* (group) {
        for (const page of ASKED) group.createTask(loadTidily(stage, page), { name: page.name });
      });
    } catch (error) {
      tellErrors(stage, error);
    }
  },
  async async(stage) {
    try {
      await TaskGroup.run((group) => {
        for (const page of ASKED) {
          group.createTask(() => loadTidilyAsync(stage, page), { name: page.name });
        }
      });
    } catch (error) {
      tellErrors(stage, error);
    }
  },
};

function* loadTidily(stage: Stage, page: Page): CoroutineGenerator<void> {
  try {
    yield* load(stage, page, { slow: true });
  } catch (error) {
    tellEnd(stage, page, error);
    if (error instanceof CancelledError) {
      yield* sleep(cleanupMs(stage));
      stage.tell("ok", page.name, "has cleaned up");
    }
    throw error;
  }
}

async function loadTidilyAsync(stage: Stage, page: Page): Promise<void> {
  try {
    await loadAsync(stage, page, { slow: true });
  } catch (error) {
    tellEnd(stage, page, error);
    if (error instanceof CancelledError) {
      await sleep(cleanupMs(stage));
      stage.tell("ok", page.name, "has cleaned up");
    }
    throw error;
  }
}

function cleanupMs(stage: Stage): number {
  return stage.site.latencyMs / 4;
}

function tellEnd(stage: Stage, page: Page, error: unknown): void {
  if (error instanceof CancelledError) stage.tell("cancelled", page.name, "is cancelled");
  else stage.tell("failed", page.name, `fails with "${describe(error)}"`);
}

function tellErrors(stage: Stage, error: unknown): void {
  if (!(error instanceof ExceptionGroup)) throw error;
  stage.tell("failed", "the group", `has ended, with "${error.errors.map(describe).join(", ")}"`);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
