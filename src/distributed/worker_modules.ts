// The modules that a worker was started with, and what of them may be run: functions that they export.
// There is no other way from a name in the queue to code.

import type { PoolExecutor } from "../executors/pool_executor.ts";
import type { ModuleJob } from "../core/executor.ts";
import type { ModuleNames } from "./module_names.ts";

/** Shipped as source to a worker of the pool, which may not be allowed to read this library's files. */
const exportedFunctions = async (url: string): Promise<string[]> => {
  const exports = await import(url) as Record<string, unknown>;
  return Object.keys(exports).filter((name) => typeof exports[name] === "function");
};

/** What the jobs of a queue may name. */
export class WorkerModules {
  readonly #names: ModuleNames;
  readonly #functions = new Map<string, ReadonlyMap<string, ModuleJob<unknown[], unknown>>>();

  constructor(names: ModuleNames) {
    this.#names = names;
  }

  /** Loads the modules where their jobs will run. Fails as a module does. */
  async load(pool: PoolExecutor): Promise<void> {
    for (const [name, module] of this.#names) {
      const names = await pool.submitWith({ name: `load ${name}` }, exportedFunctions, module);
      const jobs = names.map((exportName) => [exportName, { module, exportName }] as const);
      this.#functions.set(name, new Map(jobs));
    }
  }

  /** The names of what can be run, for logs. */
  describe(): Record<string, string[]> {
    const entries = [...this.#functions].map(([name, jobs]) => [name, [...jobs.keys()]]);
    return Object.fromEntries(entries);
  }

  /** @throws {TypeError} When this worker has no such function. */
  find(module: string, exportName: string): ModuleJob<unknown[], unknown> {
    const jobs = this.#functions.get(module);
    if (jobs === undefined) {
      throw new TypeError(
        `Cannot run "${module}.${exportName}": this worker was started without module "${module}"`,
      );
    }
    const job = jobs.get(exportName);
    if (job !== undefined) return job;
    throw new TypeError(
      `Cannot run "${module}.${exportName}": module "${module}" exports no such function`,
    );
  }
}
