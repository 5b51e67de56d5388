// Plays the table of steps in one style: each as a task, in its turn, with a tracer looking on.

import type { CoroutineGenerator } from "../../mod.ts";
import type { Ink, Screen } from "./screen.ts";
import type { Mark, Stage, Step, Style } from "./step.ts";
import type { Site } from "./site.ts";
import { createTask, getRunningLoop, Tracer } from "../../mod.ts";
import { DOWNLOADS, ENDINGS } from "./steps.ts";
import { fiveLanes } from "./downloads.ts";
import { PAGES } from "./pages.ts";
import { Progress } from "./progress.ts";

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

const WIDEST_PICTURE = 110;

/** Gives the times of the downloads. */
export function* show(style: Style, site: Site, screen: Screen): CoroutineGenerator<Times> {
  const times = new Map<string, number>();
  const loop = getRunningLoop();
  screen.line();
  screen.line(`${screen.ink("bold", `${style} style`)}: ${WRITTEN[style]}`);
  screen.line();
  let lanes = "";
  for (const step of DOWNLOADS) {
    using tracer = new Tracer();
    const start = loop.time();
    yield* playDownload(step, style, site, screen);
    times.set(step.title, loop.time() - start);
    if (step === fiveLanes) lanes = picture(tracer, screen);
  }
  using tracer = new Tracer();
  for (const step of ENDINGS) yield* playEnding(step, style, site, screen);
  const endings = picture(tracer, screen);

  const titles = ENDINGS.map(({ title }) => title).join(", ");
  screen.line(`\n  What the tasks did: ${fiveLanes.title}\n\n${lanes}`);
  screen.line(`\n  What the tasks did: ${titles}\n\n${endings}`);
  return times;
}

function* playDownload(
  step: Step,
  style: Style,
  site: Site,
  screen: Screen,
): CoroutineGenerator<void> {
  using progress = new Progress(screen, step.title, PAGES.length);
  const stage: Stage = { site, tell() {}, arrived: (bytes) => progress.arrived(bytes) };
  yield* createTask(() => step[style](stage), { name: step.title });
}

function* playEnding(
  step: Step,
  style: Style,
  site: Site,
  screen: Screen,
): CoroutineGenerator<void> {
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

function picture(tracer: Tracer, screen: Screen): string {
  const width = Math.min(screen.columns, WIDEST_PICTURE) - 2;
  return tracer.timelineText({ width, color: screen.colours }).replaceAll(/^(?=.)/gm, "  ");
}
