/** How long a process lives that does next to nothing: one task that gives way once. */

import type { Measure } from "./row.ts";
import { PYTHON } from "./python.ts";
import { withBundle } from "../budgets/bundles.ts";

/** A program of `start/`. */
export function startDeno(program: string): Measure {
  return startFile(`${import.meta.dirname}/start/${program}`);
}

function startFile(path: string): Measure {
  return measureLives(Deno.execPath(), ["run", "--no-check", "--no-lock", "-A", path]);
}

/** A program of `start/`, bundled into one file. */
export function startBundled(program: string): Measure {
  const entry = new URL(`start/${program}`, import.meta.url);
  return (amount) => withBundle(entry, (file) => startFile(file.pathname)(amount));
}

/** A program of `python/`; null where there is no Python that has the package. */
export function startPython(needed: string, program: string): Measure | null {
  const python = PYTHON;
  if (python === null || !(needed in python.versions)) return null;
  return measureLives(python.executable, ["-B", `${import.meta.dirname}/python/${program}`]);
}

/** Each life gives a figure. */
function measureLives(executable: string, args: string[]): Measure {
  const command = new Deno.Command(executable, { args, stderr: "inherit" });
  let isWarm = false;

  async function live(): Promise<number> {
    const start = performance.now();
    const { stdout } = await command.output();
    const ns = 1e6 * (performance.now() - start);
    const printed = new TextDecoder().decode(stdout).trim();
    if (printed !== "1") throw new Error(`Cannot measure ${args}: it printed ${printed}`);
    return ns;
  }

  return async ({ figures }) => {
    // Unmeasured: the first find their files in no cache, and write what Deno keeps of them, compiled.
    if (!isWarm) {
      await live();
      await live();
      isWarm = true;
    }
    const lives: number[] = [];
    while (lives.length < figures) lives.push(await live());
    return lives;
  };
}
