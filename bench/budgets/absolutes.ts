/** What has a bound of its own: memory, the host's timers, depth, starting, sizes. */

import { bundledSize } from "./bundles.ts";
import { bundledStartRatio, emptyModulesRatio, ONE_TASK, startRatio } from "./start_up.ts";
import { inFreshProcess, numberFromFreshProcess } from "./fresh_process.ts";

/** One line of the second table. `ours` must be at most `must`. */
export interface AbsoluteRow {
  readonly work: string;
  readonly unit: string;
  readonly must: number;
  readonly goal: number;
  /** The limit's figure, where there is one. */
  readonly limit: (() => Promise<number>) | null;
  readonly ours: () => Promise<number>;
}

export const ABSOLUTES: readonly AbsoluteRow[] = [
  parked(100_000),
  parked(1_000_000),
  {
    work: "heap after a million tasks, of that before",
    unit: "×",
    must: 1.2,
    goal: 1.2,
    limit: null,
    ours: () => numberFromFreshProcess("measure_memory.ts", "returned"),
  },
  {
    work: "host timer, late at most, 100,000 tasks spinning",
    unit: "ms",
    must: 30,
    goal: 30,
    limit: () => numberFromFreshProcess("measure_lateness.ts", "limit"),
    ours: () => numberFromFreshProcess("measure_lateness.ts", "ours"),
  },
  {
    work: "await chain 1,000 deep, a resume",
    unit: "µs",
    must: 20,
    goal: 20,
    limit: () => measureChain("limit/deep", "deepResume"),
    ours: () => measureChain("ours/deep", "deepResume"),
  },
  {
    work: "semaphore(10), from 1,000 to 100,000 contenders",
    unit: "× the limit's growth",
    must: 1.3,
    goal: 1.1,
    limit: null,
    ours: async () =>
      await growth("ours/sync", "semaphore") / await growth("limit/sync", "semaphore"),
  },
  tooDeep("generators, 9,000 frames", "plain", 9000),
  tooDeep("coroutine(), 9,000 frames", "coroutine", 9000),
  {
    work: "process start with one task; limit: as many empty modules",
    unit: "× an empty program",
    must: 1.35,
    goal: 1.15,
    limit: emptyModulesRatio,
    ours: () => startRatio(ONE_TASK),
  },
  {
    work: "process start with one task, bundled into one file",
    unit: "× an empty program",
    must: 1.35,
    goal: 1.15,
    limit: null,
    ours: () => bundledStartRatio(ONE_TASK),
  },
  minified("mod.ts", new URL("../../mod.ts", import.meta.url), 60),
  minified("the core alone", new URL("../start/core.ts", import.meta.url), 25),
  minified("a program with one task", ONE_TASK, Infinity),
];

function minified(what: string, entry: URL, must: number): AbsoluteRow {
  return {
    work: `${what} as one minified file`,
    unit: "KB",
    must,
    goal: must,
    limit: null,
    ours: () => bundledSize(entry),
  };
}

function parked(n: number): AbsoluteRow {
  const measure = (module: string) =>
    numberFromFreshProcess("measure_memory.ts", "parked", module, String(n));
  return {
    work: `a parked task, of ${n.toLocaleString("en")}`,
    unit: "bytes",
    must: 650,
    goal: 460,
    limit: () => measure("limit/timers"),
    ours: () => measure("ours/timers"),
  };
}

async function measureChain(module: string, name: string): Promise<number> {
  return await numberFromFreshProcess("measure_work.ts", module, name, "10000") / 1000;
}

/** How many times as much an operation costs when there are a hundred times as many. */
async function growth(module: string, name: string): Promise<number> {
  const measure = (n: number) =>
    numberFromFreshProcess("measure_work.ts", module, name, String(n), "cpu");
  return await measure(100_000) / await measure(1000);
}

function tooDeep(what: string, style: string, frames: number): AbsoluteRow {
  return {
    work: `too deep: ${what}`,
    unit: "RangeErrors",
    must: 0,
    goal: 0,
    limit: null,
    ours: async () => {
      const woken = await inFreshProcess("measure_depth.ts", style, String(frames));
      return woken === true ? 0 : 1;
    },
  };
}
