/** What a process takes to begin with, and what a task takes to exist. */

import { type Entrant, memoryInDeno, memoryInPython, type Row } from "../row.ts";
import { startBundled, startDeno, startPython } from "../start_up.ts";

export const PROCESS: readonly Row[] = [
  {
    part: "Start-up",
    work: "start-up, a process with one task",
    n: 1,
    entrants: [
      {
        who: "limit",
        way: "Deno with a program that imports nothing",
        measure: startDeno("nothing.ts"),
      },
      { who: "ours", way: "mod.ts, run(generator)", measure: startDeno("ours.ts") },
      {
        who: "ours, bundled",
        way: "deno bundle --minify",
        measure: startBundled("ours.ts"),
      },
      {
        who: "ours, async",
        way: "mod.ts, run(asyncFunction)",
        measure: startDeno("ours_async.ts"),
      },
      { who: "native promises", way: "an async function", measure: startDeno("promises.ts") },
      { who: "Bluebird", way: "Bluebird.coroutine", measure: startDeno("bluebird.ts") },
      { who: "co", way: "co(generator)", measure: startDeno("co.ts") },
      {
        who: "Effect",
        way: "the whole package; a bundler would shake it",
        measure: startDeno("effect.ts"),
      },
      {
        who: "Effection",
        way: "run(generator)",
        less: "its 50 modules hold no locks or semaphores, no executors, no call graph or tracing",
        measure: startDeno("effection.ts"),
      },
      started("Python alone", "CPython", "start_nothing.py", "a program that imports nothing", {
        less: "there is no loop",
      }),
      started("asyncio", "CPython", "start_asyncio.py", "asyncio.run(main())"),
      started("uvloop", "uvloop", "start_uvloop.py", "asyncio.Runner(loop_factory=…)"),
      started("trio", "trio", "start_trio.py", "trio.run(main)"),
    ],
  },
  {
    part: "Memory",
    work: "memory of a parked task, of 100,000",
    n: 100_000,
    unit: "bytes",
    entrants: [
      {
        who: "limit",
        way: "a generator in a heap of timers",
        measure: memoryInDeno("limit/timers"),
      },
      {
        who: "ours",
        way: "createTask(generator), in sleep(ms)",
        measure: memoryInDeno("ours/timers"),
      },
      {
        who: "ours, async",
        way: "createTask(asyncFunction), in sleep(ms)",
        n: 20_000,
        measure: memoryInDeno("ours/async_work"),
      },
      {
        who: "native promises",
        way: "an async function, in a setTimeout",
        less: "the host's timer lies outside of the heap and is not counted",
        n: 20_000,
        measure: memoryInDeno("promises/timers"),
      },
      {
        who: "Bluebird",
        way: "Bluebird.delay(ms)",
        less: "the host's timer lies outside of the heap and is not counted",
        n: 20_000,
        measure: memoryInDeno("peers/bluebird"),
      },
      {
        who: "Effect",
        way: "Effect.forkDetach, in Effect.sleep",
        n: 20_000,
        measure: memoryInDeno("peers/effect"),
      },
      {
        who: "Effection",
        way: "spawn, in sleep(ms)",
        n: 5_000,
        measure: memoryInDeno("peers/effection"),
      },
      remembered("asyncio", "CPython", ["asyncio_works.py", "memory"]),
      remembered("uvloop", "uvloop", ["asyncio_works.py", "memory", "uvloop"]),
      remembered("trio", "trio", ["trio_works.py", "memory"]),
    ],
  },
];

function started(
  who: string,
  needed: string,
  program: string,
  way: string,
  more: { less?: string } = {},
): Entrant | null {
  const measure = startPython(needed, program);
  return measure && { who, way, measure, ...more };
}

function remembered(
  who: string,
  needed: string,
  program: string[],
): Entrant | null {
  const measure = memoryInPython(needed, ...program);
  return measure &&
    { who, way: "the whole process; it counts no heap of its own", n: 20_000, measure };
}
