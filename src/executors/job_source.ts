// What is sent for a job: the source of a closed function, or an address. Everything that can be wrong
// with it is found here, at the submitting line.

import type { Job, ModuleJob } from "../core/executor.ts";
import { describe } from "../core/errors.ts";
import { freeVariables } from "./free_variables.ts";

/** A job that may be sent. */
export interface Shipment {
  /** Its number in the messages of this program. */
  readonly id: number;
  readonly name: string;
  /** An expression that gives the function; or else the address. */
  readonly source: string | null;
  readonly url: string;
  readonly exportName: string;
  /** The function itself, for who runs it right here. */
  readonly fn: ((...args: unknown[]) => unknown) | null;
  /** How many of its jobs have succeeded since one failed. */
  succeeded: number;
}

// deno-lint-ignore no-explicit-any -- any function; its types are the submitter's business
type AnyJob = Job<any[], unknown>;

/** Names that a worker has and the submitter need not have. */
const WORKER_GLOBALS: ReadonlySet<string> = new Set(
  "checkCancelled reportProgress jobSignal transfer asyncio".split(" "),
);

const byJob = new WeakMap<object, Shipment>();
/** A closed function is its source: the same arrow, made again in every turn of a loop, is sent once. */
const bySource = new Map<string, Shipment>();
const SOURCES_KEPT = 500;
let made = 0;

/**
 * Checks a job and gives what to send for it.
 *
 * @throws {TypeError} When it is no function, no plain one, or not closed.
 */
export function shipmentOf(job: AnyJob): Shipment {
  if ((typeof job !== "object" && typeof job !== "function") || job === null) {
    throw new TypeError(`Cannot submit ${describe(job)}: expected a function or a job of a module`);
  }
  const known = byJob.get(job);
  if (known !== undefined) return known;
  const shipment = typeof job === "function" ? functionShipment(job) : moduleShipment(job);
  byJob.set(job, shipment);
  return shipment;
}

function moduleShipment(job: ModuleJob<unknown[], unknown>): Shipment {
  const { module: url, exportName } = job;
  if (typeof url !== "string" || typeof exportName !== "string") {
    throw new TypeError(
      `Cannot submit ${
        describe(job)
      }: expected a function or a job of a module, as moduleJobs() gives`,
    );
  }
  return { id: ++made, name: exportName, source: null, url, exportName, fn: null, succeeded: 0 };
}

function functionShipment(fn: (...args: unknown[]) => unknown): Shipment {
  const text = Function.prototype.toString.call(fn);
  const known = bySource.get(text);
  if (known !== undefined && known.name === (fn.name || "anonymous")) return { ...known, fn };
  const source = checkedSource(fn, text);
  const name = fn.name || "anonymous";
  const shipment = { id: ++made, name, source, url: "", exportName: "", fn, succeeded: 0 };
  if (bySource.size >= SOURCES_KEPT) bySource.delete(bySource.keys().next().value!);
  bySource.set(text, shipment);
  return shipment;
}

/** The function's source as an expression. */
function checkedSource(fn: (...args: unknown[]) => unknown, text: string): string {
  const refuse = (why: string) => {
    const name = fn.name === "" ? "a function" : `function ${fn.name}`;
    return new TypeError(`Cannot submit ${name}: ${why}`);
  };
  if (/\{\s*\[native code\]\s*\}$/.test(text)) {
    throw refuse("it is native or bound and has no source, expected a function of yours");
  }
  if (/^class\b/.test(text)) throw refuse("it is a class, expected a function");
  if (/^[gs]et\s+[^\s(=]/.test(text)) {
    throw refuse("it is a getter or setter, expected a function");
  }
  const attempts = [text, `Object.values({ ${text} })[0]`]; // a function or arrow, or else a method
  for (const source of attempts) {
    if (!parses(source)) continue;
    let free: string[];
    try {
      free = freeVariables(source);
    } catch (error) {
      throw refuse(`its source cannot be read (${error instanceof Error ? error.message : error})`);
    }
    const outer = free.filter((name) => !WORKER_GLOBALS.has(name) && !(name in globalThis));
    if (outer.length === 0) return source;
    throw refuse(explain(outer, fn.name));
  }
  if (/\bimport\s*\.\s*meta\b/.test(text)) {
    throw refuse('it uses "import.meta", which is its module\'s; pass what it needs as arguments');
  }
  throw refuse("its source is no expression, expected a function, an arrow or a plain method");
}

/** Whether it is an expression; nothing of it is run. */
function parses(source: string): boolean {
  try {
    new Function(`"use strict"; return (${source}\n);`);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error; // code from strings is forbidden here
  }
}

function explain(names: readonly string[], own: string): string {
  if (names.includes("this") || names.includes("super")) {
    return `it uses "${
      names.includes("this") ? "this" : "super"
    }", and a job is called on no object`;
  }
  if (names.length === 1 && names[0] === own) {
    return `it calls itself by "${own}", a variable from outside of it; ` +
      `write it as function ${own}, which knows its own name`;
  }
  const list = names.map((name) => `"${name}"`).join(", ");
  const what = names.length === 1 ? "a variable" : "variables";
  return `it uses ${list}, ${what} from outside of it that no worker has; pass what it needs as ` +
    "arguments, or put it in a module and use moduleJobs()";
}
