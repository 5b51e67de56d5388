// Runs an example on virtual time: what it prints comes with the time at which it did, and with a
// picture of what its tasks did. Ten seconds in an example take none, and every run is the same.

import type { Startable } from "../../mod.ts";
import { currentTask, type EventLoop, Runner, Tracer, VirtualClock } from "../../mod.ts";
import { escape, Shown } from "./display.ts";

/** How to play. */
export interface PlayOptions {
  /** Debug mode. @default {false} */
  debug?: boolean;
  /** Draw the timeline. @default {true} */
  picture?: boolean;
}

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
  const [one, other] = [format(first.lines), format(second.lines)];
  if (one !== other) throw new Error(`The styles differ:\n${one}\n\nasync:\n${other}`);
  return show(first, options, "both styles: the same lines at the same times");
}

async function record(main: () => Startable<unknown>, options: PlayOptions): Promise<Played> {
  const { debug = false } = options;
  const runner = new Runner({ clock: new VirtualClock(), debug, handleSigint: false });
  const loop = runner.getLoop();
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
  console.log = console.warn = console.error = (...values: unknown[]) => {
    const words = values.map((value) => typeof value === "string" ? value : Deno.inspect(value));
    for (const text of words.join(" ").split("\n")) lines.push({ at: loop.time(), text });
  };
  return () => Object.assign(console, { log, warn, error });
}

/** In seconds where all times are whole tenths of one, else in milliseconds. */
function format(lines: readonly Line[]): string {
  const tenths = lines.every(({ at }) => at % 100 === 0);
  const times = lines.map(({ at }) =>
    tenths ? `${(at / 1000).toFixed(1)} s` : `${Math.round(at)} ms`
  );
  const width = Math.max(...times.map((time) => time.length));
  return lines.map(({ text }, i) => `${times[i]!.padStart(width)}  ${text}`).join("\n");
}

function show(played: Played, options: PlayOptions, note?: string): Shown {
  const text = format(played.lines);
  const last = note === undefined ? "" : `\n\n✓ ${note}`;
  const pre = `<pre style="margin: 0 0 8px">${escape(text + last)}</pre>`;
  if (options.picture === false) {
    return new Shown({ "text/html": pre, "text/plain": text + last });
  }
  const { svg, timeline } = played;
  const plain = `${text}${last}\n\n${timeline}`;
  return new Shown({ "text/html": pre + svg, "image/svg+xml": svg, "text/plain": plain });
}
