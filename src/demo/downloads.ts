// Fifteen downloads in three ways.

import type { Step } from "./step.ts";
import { createTask, gather, TaskGroup } from "../../mod.ts";
import { load, loadAsync } from "./load.ts";
import { PAGES } from "./pages.ts";

export const oneAfterAnother: Step = {
  title: "one after another",
  *generator(stage) {
    for (const page of PAGES) yield* createTask(load(stage, page), { name: page.name });
  },
  async async(stage) {
    for (const page of PAGES) await createTask(() => loadAsync(stage, page), { name: page.name });
  },
};

export const LANES = 5;

export const fiveLanes: Step = {
  title: "five lanes",
  *generator(stage) {
    yield* TaskGroup.run(function* (group) {
      for (const page of PAGES) group.createTask(load(stage, page), { name: page.name });
    }, { limit: LANES });
  },
  async async(stage) {
    await TaskGroup.run((group) => {
      for (const page of PAGES) group.createTask(() => loadAsync(stage, page), { name: page.name });
    }, { limit: LANES });
  },
};

export const allAtOnce: Step = {
  title: "all at once",
  *generator(stage) {
    yield* gather(PAGES.map((page) => createTask(load(stage, page), { name: page.name })));
  },
  async async(stage) {
    await gather(
      PAGES.map((page) => createTask(() => loadAsync(stage, page), { name: page.name })),
    );
  },
};
