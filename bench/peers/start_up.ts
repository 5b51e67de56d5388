/** How long a process lives that does next to nothing: one task that gives way once. */

import { median } from "../budgets/statistics.ts";
import type { Measure } from "./row.ts";
import { PYTHON } from "./python.ts";

/** A program of `start/`. */
export function startDeno(program: string): Measure {
  const args = ["run", "--no-check", "--no-lock", "-A", `${import.meta.dirname}/start/${program}`];
  return (n) => medianOfLives(Deno.execPath(), args, n);
}

/** A program of `python/`; null where there is no Python that has the package. */
export function startPython(needed: string, program: string): Measure | null {
  const python = PYTHON;
  if (python === null || !(needed in python.versions)) return null;
  const args = ["-B", `${import.meta.dirname}/python/${program}`];
  return (n) => medianOfLives(python.executable, args, n);
}

async function medianOfLives(executable: string, args: string[], n: number): Promise<number> {
  const command = new Deno.Command(executable, { args, stderr: "inherit" });
  const lives: number[] = [];
  for (let i = 0; i <= n; i++) {
    const start = performance.now();
    const { stdout } = await command.output();
    const ns = 1e6 * (performance.now() - start);
    const printed = new TextDecoder().decode(stdout).trim();
    if (printed !== "1") throw new Error(`Cannot measure ${args}: it printed ${printed}`);
    // The first finds its files in no cache.
    if (i > 0) lives.push(ns);
  }
  return median(lives);
}
