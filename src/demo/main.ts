// deno-lint-ignore-file no-console -- a program speaks on its console.
// `deno task demo`: real downloads, three ways of waiting for them, and what goes wrong; then real work.

import type { CoroutineGenerator } from "../../mod.ts";
import type { Style } from "./step.ts";
import {
  asyncWith,
  CancelledError,
  createTask,
  currentTask,
  KeyboardInterrupt,
  run,
} from "../../mod.ts";
import { PAGES } from "./pages.ts";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { Screen } from "./screen.ts";
import { secondAct } from "./second_act.ts";
import { show, type Times } from "./show.ts";
import { Site } from "./site.ts";
import { summarize } from "./summary.ts";

const INTERRUPTED = 130;
const MISUSED = 2;

/** Gives the exit code. */
async function main(options: Options): Promise<number> {
  const screen = new Screen();
  const site = new Site(options.latencyMs);
  try {
    await run(() => play(options, site, screen), { signal: screen.gone });
    screen.line();
    screen.line(describe(site));
    return 0;
  } catch (error) {
    if (error instanceof KeyboardInterrupt) {
      screen.line();
      screen.line(
        `${screen.ink("yellow", "Interrupted")}: what ran was cancelled and has cleaned up.`,
      );
      screen.line(describe(site));
      return INTERRUPTED;
    }
    if (error instanceof CancelledError && screen.gone.aborted) return 0;
    throw error;
  }
}

function* play(options: Options, site: Site, screen: Screen): CoroutineGenerator<void> {
  currentTask()!.name = "demo";
  yield* asyncWith(site, function* () {
    screen.line(
      `${PAGES.length} pages from ${site.address}, each after ${site.latencyMs} ms. Ctrl-C stops.`,
    );
    const results = new Map<Style, Times>();
    for (const style of options.styles) results.set(style, yield* show(style, site, screen));
    summarize(results, site.latencyMs, screen);
  });
  yield* createTask(() => secondAct(screen), { name: "second act" });
}

function describe(site: Site): string {
  const { served, dropped, open } = site;
  return `The server is closed. Requests: ${served} answered, ${dropped} dropped by cancelling, ` +
    `${open} open.`;
}

/** Null when they were wrong, which it has said. */
function optionsOrUsage(args: readonly string[]): Options | null {
  try {
    return parseOptions(args);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return null;
  }
}

if (import.meta.main) {
  // One Ctrl-C comes twice: from the terminal, and once more from `deno task`, which passes it on. `run`
  // listens for the first. The second must not end the process in the middle of the cleanup.
  Deno.addSignalListener("SIGINT", () => {});
  const options = optionsOrUsage(Deno.args);
  if (options === null) Deno.exitCode = MISUSED;
  else if (options.help) console.log(USAGE);
  else Deno.exitCode = await main(options);
}
