/**
 * How long a run took. Wall time is what counts, on a quiet machine. Where others use the cores too, ask
 * for the main thread's own time, which Linux counts; in steps of some milliseconds, so that short runs,
 * which are seldom interrupted, are left to wall time.
 */

import { checked, type Work } from "../work.ts";
import type { Timed } from "./repeat.ts";

const SCHEDSTAT = "/proc/thread-self/schedstat";
const COARSE_MS = 40;

/** Starts the watch; what it returns stops it and tells the milliseconds. */
export function stopwatch(cpuTime: boolean): () => number {
  const cpuStart = cpuTime ? mainThreadMs() : 0;
  const start = performance.now();
  return () => {
    const wall = performance.now() - start;
    return cpuTime && wall > COARSE_MS ? mainThreadMs() - cpuStart : wall;
  };
}

/** The nanoseconds of work that is checked each time that it is done. */
export function timedWork(work: Work, cpuTime: boolean): Timed {
  return async (n) => {
    const stop = stopwatch(cpuTime);
    await checked(work, n);
    return stop() * 1e6;
  };
}

function mainThreadMs(): number {
  return Number.parseInt(Deno.readTextFileSync(SCHEDSTAT)) / 1e6;
}
