// Runs an example on virtual time: what it prints comes with the time at which it did, and with a
// picture of what its tasks did. Ten seconds in an example take none, and every run is the same.

import { format } from "node:util";
import type { Startable } from "../../mod.ts";
import { currentTask, type EventLoop, Runner, Task, Tracer, VirtualClock } from "../../mod.ts";
import { escape, Shown } from "./display.ts";

/** How to play. */
export interface PlayOptions {
  /** Debug mode. @default {false} */
  debug?: boolean;
  /** On the host's clock: what is shown is a little different every time. @default {false} */
  realTime?: boolean;
  /** Draw the timeline. @default {true} */
  picture?: boolean;
}

/** Where it was thrown is of no use in a notebook; where it was made is. */
const STACK = /^\s+at\b/;

/** What was printed, and when on the loop's clock. */
interface Line {
  readonly at: number;
  readonly text: string;
}

interface Played {
  readonly lines: readonly Line[];
  readonly svg: string;
  readonly timeline: string;
}

/** Runs `main` once and shows what it did. */
export async function play(
  main: () => Startable<unknown>,
  options: PlayOptions = {},
): Promise<Shown> {
  return show(await record(main, options), options);
}

/** Runs the same program in both styles, makes sure that they do the same, and shows it once. */
export async function both(
  generator: () => Startable<unknown>,
  asyncFunction: () => Startable<unknown>,
  options: PlayOptions = {},
): Promise<Shown> {
  const first = await record(generator, options);
  const second = await record(asyncFunction, options);
  const [one, other] = [write(first.lines), write(second.lines)];
  if (one !== other) throw new Error(`The styles differ:\n${one}\n\nasync:\n${other}`);
  return show(first, options, "both styles: the same lines at the same times");
}

async function record(main: () => Startable<unknown>, options: PlayOptions): Promise<Played> {
  const { debug = false, realTime = false } = options;
  const clock = realTime ? {} : { clock: new VirtualClock() };
  const runner = new Runner({ ...clock, debug, handleSigint: false });
  const loop = runner.getLoop();
  let tasks = 0; // numbered anew, whatever ran before
  loop.setTaskFactory((loop, coro, options) =>
    new Task(coro, { name: `Task-${++tasks}`, ...options, loop })
  );
  const lines: Line[] = [];
  const release = capture(loop, lines);
  try {
    using tracer = new Tracer(loop);
    await runner.run(() => {
      currentTask()!.name = "main";
      const made = main();
      return typeof made === "function" ? made() : made;
    });
    const svg = tracer.timelineSvg({ width: 760 });
    const timeline = tracer.timelineText({ width: 76 });
    await runner.close();
    return { lines, svg, timeline };
  } finally {
    await runner.close();
    release();
  }
}

/** Takes what is written to the console; gives how to end that. */
function capture(loop: EventLoop, lines: Line[]): () => void {
  const { log, warn, error } = console;
  const start = loop.time();
  console.log = console.warn = console.error = (...values: unknown[]) => {
    const at = loop.time() - start;
    const words = typeof values[0] === "string" ? values : ["%O", ...values];
    const text = format(...words).trimEnd()
      .replaceAll(/made at .*<anonymous>:(\d+).*/g, "made at line $1 of the cell")
      .replaceAll(/ \(?file:[^)\n]*\)?/g, "");
    for (const line of text.split("\n")) if (!STACK.test(line)) lines.push({ at, text: line });
  };
  return () => Object.assign(console, { log, warn, error });
}

/** In seconds where all times are whole tenths of one, else in milliseconds. */
function write(lines: readonly Line[]): string {
  const tenths = lines.every(({ at }) => at % 100 === 0);
  const times = lines.map(({ at }) =>
    tenths ? `${(at / 1000).toFixed(1)} s` : `${Math.round(at)} ms`
  );
  const width = Math.max(...times.map((time) => time.length));
  return lines.map(({ text }, i) => `${times[i]!.padStart(width)}  ${text}`).join("\n");
}

function show(played: Played, options: PlayOptions, note?: string): Shown {
  const text = write(played.lines);
  const last = note === undefined ? "" : `\n\n✓ ${note}`;
  const pre = text + last === ""
    ? ""
    : `<pre style="margin: 0 0 8px; white-space: pre-wrap">${escape(text + last)}</pre>`;
  if (options.picture === false) {
    return new Shown({ "text/html": pre, "text/plain": text + last });
  }
  const { svg, timeline } = played;
  const plain = [text + last, timeline].filter((part) => part !== "").join("\n\n");
  return new Shown({ "text/html": pre + svg, "text/plain": plain });
}
