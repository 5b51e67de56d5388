/** How often a piece of work is done, to know what it takes. */

import { median } from "./statistics.ts";

export interface Effort {
  readonly warmUpMs: number;
  /** Runs until so much time is over, and at least so often. */
  readonly measureMs: number;
  readonly fewestRuns: number;
}

/** Does n operations, checks that they were done, and tells the nanoseconds that they took in all. */
export type Timed = (n: number) => Promise<number>;

/** Does the work until its code is compiled, and at least once. */
export async function warmUp(timed: Timed, n: number, { warmUpMs }: Effort): Promise<void> {
  const start = performance.now();
  do await timed(n); while (performance.now() - start < warmUpMs);
}

/** The median of the nanoseconds that an operation takes. */
export async function measure(timed: Timed, n: number, effort: Effort): Promise<number> {
  const times: number[] = [];
  for (let spentMs = 0; spentMs < effort.measureMs || times.length < effort.fewestRuns;) {
    const ns = await timed(n);
    times.push(ns / n);
    spentMs += ns / 1e6;
  }
  return median(times);
}
