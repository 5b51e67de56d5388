/** How entrants are written that run jobs on threads or in processes. */

import {
  type Entrant,
  fromFreshProcess,
  inDeno,
  inPython,
  type Measure,
  memoryInPython,
  npm,
} from "../row.ts";

/** How each package of npm is called; `pools/` has the code. */
const WAYS = {
  comlink: "wrap(worker), two in turn",
  piscina: "pool.run(value, { name })",
  poolifier: "FixedThreadPool.execute(value, name)",
  tinypool: "pool.run(value, { name })",
  workerpool: "pool.exec(name, [value])",
};

type Package = keyof typeof WAYS;

/** What they leave out in every row here. */
const LESS: Partial<Record<Package, Partial<Entrant>>> = {
  piscina: {
    less: "its threads sleep between jobs: timers and promises that a job left stand still",
  },
};

export const MOVING: readonly Package[] = ["comlink", "piscina", "tinypool", "workerpool"];
export const ALL: readonly Package[] = [...MOVING, "poolifier"];

/** The packages of npm, at the work of this name. */
export function packages(
  name: string,
  among: readonly Package[] = ALL,
  more: Partial<Entrant> = {},
): Entrant[] {
  return among.map((who) => npm(who, `pools/${who}`, name, WAYS[who], { ...LESS[who], ...more }));
}

/** Whoever has a function of this name in `executor_works.py`. */
export function python(
  kind: "threads" | "processes",
  name: string,
  way: string,
  more: Partial<Entrant> = {},
): Entrant | null {
  const measure = inPython("CPython", "executor_works.py", kind, name);
  return measure && { who: `Python ${kind}`, way, measure, isSlow: true, ...more };
}

/** Bytes of each of n idle workers of Python. */
export function pythonMemory(
  kind: "threads" | "processes",
  more: Partial<Entrant> = {},
): Entrant | null {
  const measure = memoryInPython("CPython", "executor_works.py", kind, "memory");
  return measure && { who: `Python ${kind}`, way: "concurrent.futures", measure, ...more };
}

/** `submit` counts as ours; this is another way to write it. */
export function oursMapped(module: "threads" | "processes"): Entrant {
  return {
    who: "ours, map",
    way: "for await (of pool.map(echo, inputs))",
    measure: inDeno(`ours/${module}`, "smallJobsMapped"),
  };
}

/** Bytes of each of n workers that are idle. */
export function memory(module: string): Measure {
  return fromFreshProcess("measure_workers.ts", module);
}
