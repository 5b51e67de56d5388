// A worker's functions: made of source, or loaded from a module, once, when first needed.

import { checkCancelled, jobSignal, reportProgress } from "./job_api.ts";
import { describe } from "../core/errors.ts";
import { library } from "./own_modules.ts";
import { transfer } from "./transfer.ts";

type AnyFunction = (...args: unknown[]) => unknown;

/** The names that a job shipped as source finds, besides the globals of its worker. */
const GIVEN = { checkCancelled, reportProgress, jobSignal, transfer };

/** What loads a function; not called before a job needs it. */
export type Loader = () => Promise<AnyFunction> | AnyFunction;

/** A function that jobs run. */
export class JobFunction {
  /** Runs in a row that took next to no time: the worker may keep results back while it runs again. */
  quickRuns = 0;
  /** What its module exports; error classes are found there. */
  exports: Readonly<Record<string, unknown>> | null = null;
  #fn: AnyFunction | null = null;
  readonly #load: Loader;

  constructor(readonly name: string, source: string | null, url: string, exportName: string) {
    this.#load = source === null
      ? () => this.#import(url, exportName)
      : () => evaluate(name, source);
  }

  /** The function, or a promise of it the first time. */
  get(): Promise<AnyFunction> | AnyFunction {
    if (this.#fn !== null) return this.#fn;
    const loaded = this.#load();
    if (typeof loaded === "function") return this.#fn = loaded;
    return loaded.then((fn) => this.#fn = fn);
  }

  async #import(url: string, exportName: string): Promise<AnyFunction> {
    const exports = await import(url) as Record<string, unknown>;
    const fn = exports[exportName];
    if (typeof fn !== "function") {
      throw new TypeError(
        `Cannot run "${exportName}" of ${url}: it is ${
          describe(fn)
        }, expected an exported function`,
      );
    }
    this.exports = exports;
    return fn as AnyFunction;
  }
}

function evaluate(name: string, source: string): Promise<AnyFunction> | AnyFunction {
  if (/\basyncio\b/.test(source)) {
    // By its address: most workers never need it.
    return import(library().href).then((asyncio) => make(name, source, { ...GIVEN, asyncio }));
  }
  return make(name, source, GIVEN);
}

/** The given names are parameters around the function, so that no job can change them for another. */
function make(name: string, source: string, given: Record<string, unknown>): AnyFunction {
  // The name shows in stack traces.
  const url = `job:${encodeURIComponent(name)}`;
  const text = `"use strict"; return (${source}\n);\n//# sourceURL=${url}`;
  return new Function(...Object.keys(given), text)(...Object.values(given));
}
