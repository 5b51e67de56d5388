// What are they all waiting for? Asked of a running program, from outside.

import type { EventLoop } from "../core/event_loop.ts";
import { formatTaskTree } from "./task_tree.ts";
import { getEventLoop } from "../core/current.ts";

/** What a dump shows, and where it goes. */
export interface DumpOptions {
  /**
   * Whose tasks.
   *
   * @default {the running loop}
   */
  loop?: EventLoop;
  /**
   * Given the text.
   *
   * @default {prints to stderr}
   */
  write?: (text: string) => void;
}

/**
 * Has the tree of tasks printed whenever the process gets a signal: `kill -USR1 <pid>` shows what a
 * program that seems to hang is waiting for. Costs nothing until then.
 *
 * @param signal As "SIGUSR1"; a handler that the loop had for it before is replaced.
 * @param options Which loop; where the text goes.
 * @returns Disposing of it gives the signal back. The loop's end does so too.
 * @throws {RuntimeError} Where the runtime has no signals.
 * @throws {TypeError} When the system has no such signal.
 * @default {"SIGUSR1"}
 *
 * @example
 * ```ts
 * import { dumpOnSignal, run, sleep } from "@taskloop/asyncio";
 *
 * await run(function* () {
 *   using _dump = dumpOnSignal("SIGUSR1");
 *   yield* sleep(1);
 * });
 * ```
 */
export function dumpOnSignal(signal = "SIGUSR1", options: DumpOptions = {}): Disposable {
  const { loop = getEventLoop(), write = print } = options;
  loop.addSignalHandler(signal, () => write(formatTaskTree(loop)));
  return { [Symbol.dispose]: () => void loop.removeSignalHandler(signal) };
}

function print(text: string): void {
  // deno-lint-ignore no-console -- printing is what it is for.
  console.error(text.trimEnd());
}
