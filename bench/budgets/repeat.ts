/** How often a piece of work is done, to know what it takes. */

import { median } from "./statistics.ts";

export interface Effort {
  readonly warmUpMs: number;
  /** Runs until so much time is over, and at least so often ... */
  readonly measureMs: number;
  readonly fewestRuns: number;
  /** ... unless that takes longer than this. */
  readonly enoughMs: number;
}

export type EffortName = "full" | "brief" | "once";

/** `full` for budgets; `brief` where very many are compared; `once` where one run takes seconds. */
export const EFFORTS: Readonly<Record<EffortName, Effort>> = {
  full: { warmUpMs: 250, measureMs: 350, fewestRuns: 5, enoughMs: Infinity },
  brief: { warmUpMs: 400, measureMs: 150, fewestRuns: 3, enoughMs: 300 },
  once: { warmUpMs: 0, measureMs: 0, fewestRuns: 1, enoughMs: 0 },
};

/**
 * The median of the nanoseconds that an operation takes. `timed` does n operations, checks that they
 * were done, and tells what they took in all.
 */
export async function repeat(
  timed: (n: number) => Promise<number>,
  n: number,
  effort: Effort,
  beforeMeasuring: () => void = () => {},
): Promise<number> {
  const start = performance.now();
  // Even the work of seconds is not the first that its code does.
  if (effort.warmUpMs === 0) await timed(n / 100);
  while (performance.now() - start < effort.warmUpMs) await timed(n);

  const times: number[] = [];
  beforeMeasuring();
  for (let spent = 0; isToGoOn(spent, times.length, effort);) {
    const ns = await timed(n);
    times.push(ns / n);
    spent += ns / 1e6;
  }
  return median(times);
}

function isToGoOn(spentMs: number, runs: number, effort: Effort): boolean {
  if (runs === 0 || spentMs < effort.measureMs) return true;
  return runs < effort.fewestRuns && spentMs < effort.enoughMs;
}
