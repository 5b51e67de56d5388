// What the demo shows is a table of steps. Each is written twice, once a style, side by side: that is
// what there is to compare.

import type { CoroutineGenerator } from "../../mod.ts";
import type { Site } from "./site.ts";

export type Style = "generator" | "async";

/** How what is told about ended, or goes on. */
export type Mark = "ok" | "failed" | "cancelled";

/** Where a step plays. */
export interface Stage {
  readonly site: Site;
  /** A page is here. */
  arrived(bytes: number): void;
  /** Tells what has happened to whom, and how long after the step's start. */
  tell(mark: Mark, who: string, what: string): void;
}

export interface Step {
  readonly title: string;
  readonly generator: (stage: Stage) => CoroutineGenerator<void>;
  readonly async: (stage: Stage) => Promise<void>;
}
