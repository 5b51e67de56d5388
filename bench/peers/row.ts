/** What is compared with whom: the shape of a row, and short ways to write the usual entrants. */

import { askPython, measurePython, PYTHON } from "./python.ts";
import {
  numberFromFreshProcess,
  numbersFromFreshProcess,
  numbersFromOneCore,
} from "../budgets/fresh_process.ts";

/** One kind of work, and everybody who does it. The first of ours is what the others are compared with. */
export interface Row {
  /** The part of the table, and the panel of the picture: rows that share an axis. */
  readonly part: string;
  readonly work: string;
  /** How many operations a run has, and how many for those to whom each takes microseconds. */
  readonly n: number;
  readonly fewer?: number;
  /** How many operations warm up at a time, where n of them take seconds. */
  readonly warmUp?: number;
  /** What a reader has to know of it. */
  readonly about?: string;
  /** What is measured; nanoseconds of an operation unless it says otherwise. */
  readonly unit?: "ns" | "bytes";
  /** Null where this machine has not got what it takes. */
  readonly entrants: readonly (Entrant | null)[];
}

export interface Entrant {
  readonly who: string;
  /** The way that it recommends, in a few words. */
  readonly way: string;
  /** What it leaves out in this row that the others do, beside what `CAST` says of it. */
  readonly less?: string;
  readonly n?: number;
  readonly isSlow?: boolean;
  readonly measure: Measure;
}

/** How much is to be done. */
export interface Amount {
  readonly n: number;
  readonly warmUp: number;
  readonly warmUpMs: number;
  readonly figures: number;
}

/**
 * Does n operations as often as there are to be figures, in a fresh process, and tells what one takes. It may
 * give fewer figures, where only the first time counts.
 */
export type Measure = (amount: Amount) => Promise<number[]>;

const MEASURE_WORK = "../peers/measure_work.ts";

type More = Partial<Omit<Entrant, "who" | "way" | "measure">>;

/** A `Work` of a module below `bench/`. */
export function inDeno(module: string, name: string): Measure {
  return (amount) => numbersFromFreshProcess(MEASURE_WORK, module, name, ...argumentsOf(amount));
}

/** The same where all threads share a core: what a pool does itself, without waking another core. */
export function onOneCore(module: string, name: string): Measure {
  return (amount) => numbersFromOneCore(MEASURE_WORK, module, name, ...argumentsOf(amount));
}

function argumentsOf({ n, warmUp, warmUpMs, figures }: Amount): string[] {
  return [n, warmUp, warmUpMs, figures].map(String);
}

/** A program in `python/`; null where there is no Python that has the package. */
export function inPython(needed: string, ...program: string[]): Measure | null {
  const python = PYTHON;
  if (python === null || !(needed in python.versions)) return null;
  return (amount) => measurePython(python, program, amount);
}

/** Bytes of each of n tasks that a module's `parkForAnHour` parks: what V8's heap grows by. */
export function memoryInDeno(module: string): Measure {
  return fromFreshProcess("measure_memory.ts", "parked", module);
}

/** What a script of `budgets/` prints that is asked for n. */
export function fromFreshProcess(script: string, ...args: string[]): Measure {
  return async ({ n }) => [await numberFromFreshProcess(script, ...args, String(n))];
}

/** The same of a program's `memory`: what the process grows by. */
export function memoryInPython(needed: string, ...program: string[]): Measure | null {
  const python = PYTHON;
  if (python === null || !(needed in python.versions)) return null;
  return async ({ n }) => [await askPython(python, program, n)];
}

/** How many operations a run of this entrant has. */
export function operations(row: Row, entrant: Entrant): number {
  return entrant.n ?? (entrant.isSlow ? row.fewer : undefined) ?? row.n;
}

/** The row with nobody else than these, ours and the limit. */
export function withOnly(row: Row, names: readonly string[]): Row {
  const isWanted = (who: string) =>
    names.includes(who) || who === "limit" || who.startsWith("ours");
  return { ...row, entrants: row.entrants.filter((entrant) => entrant && isWanted(entrant.who)) };
}

export function limit(module: string, name: string, way = "the least code that does it"): Entrant {
  return { who: "limit", way, measure: inDeno(`limit/${module}`, name) };
}

export function ours(module: string, name: string, way: string): Entrant {
  return { who: "ours", way, measure: inDeno(`ours/${module}`, name) };
}

export function oursAsync(name: string, way: string, module = "async_work"): Entrant {
  return { who: "ours, async", way, measure: inDeno(`ours/${module}`, name) };
}

export function promises(module: string, name: string, way: string, more: More = {}): Entrant {
  return { who: "native promises", way, measure: inDeno(`promises/${module}`, name), ...more };
}

/** A package of npm, by a module of `peers/`. */
export function npm(
  who: string,
  module: string,
  name: string,
  way: string,
  more: More = {},
): Entrant {
  return { who, way, measure: inDeno(`peers/${module}`, name), ...more };
}

export function bluebird(name: string, way: string, more: More = {}): Entrant {
  return npm("Bluebird", "bluebird", name, way, more);
}

export function co(name: string, way: string): Entrant {
  return npm("co", "co", name, way);
}

export function effect(name: string, way: string, more: More = {}): Entrant {
  return npm("Effect", "effect", name, way, { isSlow: true, ...more });
}

export function effection(name: string, way: string, more: More = {}): Entrant {
  return npm("Effection", "effection", name, way, { isSlow: true, ...more });
}

/** The same program on CPython's own loop and on uvloop's. */
export function asyncio(name: string, way: string, more: More = {}): (Entrant | null)[] {
  return [
    python("asyncio", "CPython", ["asyncio_works.py", name], way, more),
    python("uvloop", "uvloop", ["asyncio_works.py", name, "uvloop"], way, more),
  ];
}

export function trio(name: string, way: string, more: More = {}): Entrant | null {
  return python("trio", "trio", ["trio_works.py", name], way, more);
}

function python(
  who: string,
  needed: string,
  program: string[],
  way: string,
  more: More,
): Entrant | null {
  const measure = inPython(needed, ...program);
  return measure && { who, way, isSlow: true, measure, ...more };
}
