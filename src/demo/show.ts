// Plays the steps in one style, and takes the times of those that are measured.

import type { CoroutineGenerator } from "../../mod.ts";
import type { Mark, Stage, Step, Style } from "./step.ts";
import type { Ink, Screen } from "./screen.ts";
import type { Site } from "./site.ts";
import { createTask, getRunningLoop } from "../../mod.ts";
import { PAGES } from "./pages.ts";
import { Progress } from "./progress.ts";
import { STEPS } from "./steps.ts";

/** Milliseconds by the titles of steps. */
export type Times = ReadonlyMap<string, number>;

const WRITTEN: Record<Style, string> = {
  generator: "function* and yield*",
  async: "async and await",
};

const MARKS: Record<Mark, [ink: Ink, sign: string]> = {
  ok: ["green", "✓"],
  failed: ["red", "✗"],
  cancelled: ["yellow", "■"],
};

/** Plays all steps as tasks, each in its turn. */
export function* show(style: Style, site: Site, screen: Screen): CoroutineGenerator<Times> {
  const times = new Map<string, number>();
  const loop = getRunningLoop();
  screen.line();
  screen.line(`${screen.ink("bold", `${style} style`)} ${screen.ink("dim", WRITTEN[style])}`);
  screen.line();
  for (const step of STEPS) {
    const start = loop.time();
    yield* step.measured ? measured(step, style, site, screen) : told(step, style, site, screen);
    if (step.measured) times.set(step.title, loop.time() - start);
  }
  return times;
}

function* measured(
  step: Step,
  style: Style,
  site: Site,
  screen: Screen,
): CoroutineGenerator<void> {
  using progress = new Progress(screen, step.title, PAGES.length);
  const stage: Stage = { site, tell() {}, arrived: (bytes) => progress.arrived(bytes) };
  yield* createTask(() => step[style](stage), { name: step.title });
}

function* told(step: Step, style: Style, site: Site, screen: Screen): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const start = loop.time();
  const stage: Stage = {
    site,
    arrived() {},
    tell(mark, who, what) {
      const ms = `${Math.round(loop.time() - start)} ms`;
      const [ink, sign] = MARKS[mark];
      const told = `${screen.ink(ink, sign)} ${who.padEnd(12)} ${what}`;
      screen.line(`  ${screen.ink("dim", ms.padStart(7))}  ${told}`);
    },
  };
  screen.line();
  screen.line(`  ${step.title}`);
  yield* createTask(() => step[style](stage), { name: step.title });
}
