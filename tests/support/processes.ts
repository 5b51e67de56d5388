/** For tests of worker processes: which there are, and waiting for their end. Linux only, as CI is. */
import { type PoolOptions, ProcessPoolExecutor, run } from "../../mod.ts";
import { within } from "./within.ts";

/** Runs a body with a pool of processes and checks that none is left afterwards. */
export function withProcesses(
  name: string,
  options: PoolOptions,
  body: (pool: ProcessPoolExecutor) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const before = childrenOf(Deno.pid);
    await run(async () => {
      const pool = new ProcessPoolExecutor(options);
      try {
        await body(pool);
      } finally {
        await pool.shutdown({ cancelFutures: true });
      }
    });
    const left = childrenOf(Deno.pid).filter((pid) => !before.includes(pid));
    if (left.length > 0) throw new Error(`processes ${left} are left`);
  });
}

/** A command whose process ends with this one, also when this one is killed. */
export function boundCommand(program: string, options: Deno.CommandOptions = {}): Deno.Command {
  const args = ["--pdeathsig", "KILL", program, ...options.args ?? []];
  return new Deno.Command("setpriv", { ...options, args });
}

/** The processes that have this one as their parent. */
export function childrenOf(parent: number): number[] {
  const pids = [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter(
    Number.isInteger,
  );
  return pids.filter((pid) => statOf(pid)?.parent === parent);
}

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.state !== "Z";
}

/** Waits for a process's end, which the system tells only to its parent; fails when it does not come. */
export async function processEnds(pid: number): Promise<void> {
  await within(() => !isRunning(pid), 5000, () => `process ${pid} is still there`);
}

function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: state!, parent: Number(parent) };
  } catch (error) {
    // Gone while it was looked at: the system says so in either of two ways.
    if (error instanceof Deno.errors.NotFound || String(error).includes("os error 3")) return null;
    throw error;
  }
}
