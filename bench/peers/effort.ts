/** How much is measured of everybody: the rules of `bench:peers`, which the table tells its readers. */

import type { Effort } from "../budgets/repeat.ts";

/** How many figures everybody in a row has: one in each round. */
export const ROUNDS = 7;
/** So many fresh processes give them at least, and one for each where that takes no longer than ... */
const FEWEST_PROCESSES = 3;
const ENOUGH_MS = 1000;

/** A figure is the median of as many runs as fit into this time, at least of one. */
export const EFFORT: Effort = { warmUpMs: 100, measureMs: 50, fewestRuns: 1 };
/** Python compiles nothing while it runs. */
export const EFFORT_OF_PYTHON: Effort = { ...EFFORT, warmUpMs: 20 };

/** How many processes are to give so many figures, when the first has taken so long. */
export function processesFor(figures: number, firstMs: number): number {
  return Math.min(figures, Math.max(FEWEST_PROCESSES, Math.floor(ENOUGH_MS / firstMs)));
}

/** The threads and processes of a pool have to be started, and then each compiles for itself. */
const POOLS = ["Threads", "Processes"];
const WARM_UP_MS_OF_POOLS = 400;

/** How long everybody in the rows of a part of the table warms up. */
export function warmUpMsOf(part: string): number {
  return POOLS.includes(part) ? WARM_UP_MS_OF_POOLS : EFFORT.warmUpMs;
}

export const DESCRIPTION =
  "In a round everybody has a turn. The figures come from fresh processes, one " +
  `for each where so many fit into ${ENOUGH_MS} ms, and at least ${FEWEST_PROCESSES}; each warms up for ` +
  `${EFFORT.warmUpMs} ms, those of pools for ${WARM_UP_MS_OF_POOLS}, then measures for ${EFFORT.measureMs} ms or a single run`;
