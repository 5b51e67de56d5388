// Jobs by address: a module's exports, typed.

import type { ModuleJob } from "../core/executor.ts";
import { describe } from "../core/errors.ts";

/** The functions of a module as jobs. */
export type ModuleJobs<M> = {
  readonly [K in keyof M]: M[K] extends (...args: infer A extends unknown[]) => infer T
    ? ModuleJob<A, T>
    : never;
};

/**
 * Makes jobs of the functions that a module exports. The module is loaded by the workers, not here; what
 * it imports is there for the job.
 *
 * @param url The module: an absolute URL, or `new URL("./jobs.ts", import.meta.url)`.
 * @returns An object to take the jobs from, by the names of the exports.
 * @throws {TypeError} When it is no absolute URL.
 *
 * @example
 * ```ts
 * import { moduleJobs } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const { square } = moduleJobs<{ square(n: number): number }>(
 *   "data:text/javascript,export const square = (n) => n * n",
 * );
 * assertEquals(square.exportName, "square");
 * ```
 */
export function moduleJobs<M>(url: URL | string): ModuleJobs<M> {
  if (!URL.canParse(url)) {
    throw new TypeError(
      `Cannot make jobs of module ${describe(url)}: expected an absolute URL, as ` +
        `new URL("./jobs.ts", import.meta.url) is`,
    );
  }
  return new Proxy({}, new Exports(new URL(url).href)) as ModuleJobs<M>;
}

/** Which names there are, only the module itself knows, and it is not loaded here. */
class Exports implements ProxyHandler<Record<string, ModuleJob<unknown[], unknown>>> {
  readonly #made = new Map<string, ModuleJob<unknown[], unknown>>();

  constructor(readonly module: string) {}

  get(_: unknown, exportName: string | symbol): ModuleJob<unknown[], unknown> | undefined {
    // A promise would ask for "then" of whatever it is resolved with.
    if (typeof exportName === "symbol" || exportName === "then") return undefined;
    let job = this.#made.get(exportName);
    if (job === undefined) {
      job = Object.freeze({ module: this.module, exportName });
      this.#made.set(exportName, job);
    }
    return job;
  }
}
