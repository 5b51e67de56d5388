// Run on a worker's pool, where the modules of jobs are loaded; not in the process that talks to Redis.

/** The names of the functions that a module exports. */
export async function exportedFunctions(url: string): Promise<string[]> {
  const exports = await import(url) as Record<string, unknown>;
  return Object.keys(exports).filter((name) => typeof exports[name] === "function");
}
