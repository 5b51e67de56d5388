// A timeout around a download that would take much longer.

import type { Stage, Step } from "./step.ts";
import { asyncWith, timeout, TimeoutError } from "../../mod.ts";
import { load, loadAsync } from "./load.ts";
import { PAGES } from "./pages.ts";

const SLOW_PAGE = PAGES[9]!;

export const deadline: Step = {
  title: "a timeout",
  *generator(stage) {
    try {
      yield* asyncWith(
        timeout(allowedMs(stage)),
        () => load(stage, SLOW_PAGE, { slow: true }),
      );
    } catch (error) {
      tellTimeout(stage, error);
    }
  },
  async async(stage) {
    try {
      await asyncWith(
        timeout(allowedMs(stage)),
        () => loadAsync(stage, SLOW_PAGE, { slow: true }),
      );
    } catch (error) {
      tellTimeout(stage, error);
    }
  },
};

function allowedMs(stage: Stage): number {
  return stage.site.latencyMs / 2;
}

function tellTimeout(stage: Stage, error: unknown): void {
  if (!(error instanceof TimeoutError)) throw error;
  stage.tell("cancelled", SLOW_PAGE.name, `is given up: no answer within ${allowedMs(stage)} ms`);
}
