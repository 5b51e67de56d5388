// What the demo can be asked for.

import type { Style } from "./step.ts";

export const USAGE = `deno task demo [--style generator|async|both] [--latency MS]

Downloads fifteen pages from a server on loopback in three ways, then shows what
happens when one of a group fails, when time is up, and when a cancel has to
wait. Then paints a picture on threads and on processes, cancels that half-way
and takes it up again.

  --style    The coroutine style to show; both by default.
  --latency  What the server takes for a page, in milliseconds, from 1 to 10000;
             160 by default.`;

export interface Options {
  styles: Style[];
  latencyMs: number;
  help: boolean;
}

/** Wrong arguments are a RangeError that says what was expected. */
export function parseOptions(args: readonly string[]): Options {
  const options: Options = { styles: ["generator", "async"], latencyMs: 160, help: false };
  const words = args.flatMap((arg) => arg.startsWith("--") ? arg.split("=", 2) : [arg]);
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--help" || word === "-h") options.help = true;
    else if (word === "--style") options.styles = parseStyle(words.shift());
    else if (word === "--latency") options.latencyMs = parseLatency(words.shift());
    else throw new RangeError(`Cannot read argument "${word}", expected --style or --latency`);
  }
  return options;
}

function parseStyle(word: string | undefined): Style[] {
  if (word === "both") return ["generator", "async"];
  if (word === "generator" || word === "async") return [word];
  throw new RangeError(
    `Cannot show style "${word ?? ""}", expected "generator", "async" or "both"`,
  );
}

function parseLatency(word: string | undefined): number {
  const ms = Number(word || NaN);
  if (Number.isFinite(ms) && ms >= 1 && ms <= 10_000) return ms;
  throw new RangeError(`Cannot wait "${word ?? ""}", expected milliseconds from 1 to 10000`);
}
