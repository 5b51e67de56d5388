/** What the guard measures, and how far a figure may be from the one that was kept. */

import { numberFromFreshProcess, numberFromOneThread } from "../budgets/fresh_process.ts";
import { ONE_TASK, startInTurns } from "../budgets/start_up.ts";

/** One line of the guard's table, and of `limits.json`. */
export interface GuardRow {
  readonly work: string;
  /** More than so many times what was kept is a regression. */
  readonly room: number;
  /** The same for a brief look, on whatever machine. */
  readonly briefRoom: number;
  /** How many times the limit it takes. More effort makes the figure better, not another one. */
  readonly measure: (effort: number) => Promise<number>;
}

const SLICES = 40;
const STARTS = 8;

/** Two processes with the same code differ by up to a fifth, by what V8 happens to compile when. */
const TIME_ROOM = 1.25;
/** Another processor has other ratios. What costs more than this is a regression on any of them. */
const BRIEF_TIME_ROOM = 1.6;
/** The limit's bytes differ by up to three per cent. */
const MEMORY_ROOM = 1.06;

export const GUARDED: readonly GuardRow[] = [
  slices("scheduling", "switching", 20_000),
  slices("scheduling", "switchingMany", 20_000),
  slices("scheduling", "spawning", 5000),
  slices("scheduling", "spawningCoroutine", 5000, "spawning"),
  slices("scheduling", "spawningEager", 10_000),
  slices("scheduling", "pingPong", 5000),
  slices("scheduling", "gather1k", 4000),
  slices("scheduling", "asCompletedTasks", 2000),
  slices("sync", "queue10", 20_000),
  slices("sync", "queue1000", 20_000),
  slices("sync", "semaphore", 3000),
  slices("sync", "lockHandOff", 6000),
  slices("cancel", "cancelStorm", 1000),
  slices("cancel", "groupFailure", 1000),
  slices("callbacks", "callSoon", 30_000),
  slices("timers", "timerChurn", 10_000),
  slices("timers", "timeoutReady", 2000),
  slices("timers", "waitForReady", 10_000, "timeoutReady"),
  slices("deep", "deepResume", 30),
  slices("inspect", "spawningTraced", 1000),
  slices("async", "asyncSwitching", 3000),
  slices("async", "asyncSpawning", 500),
  slices("async", "asyncPingPong", 1500),
  {
    work: "bytes of a parked task",
    room: MEMORY_ROOM,
    briefRoom: MEMORY_ROOM,
    measure: parkedBytes,
  },
  {
    work: "process start with one task",
    room: TIME_ROOM,
    briefRoom: BRIEF_TIME_ROOM,
    measure: startUp,
  },
];

/** @param n How many operations take ours a millisecond at most: see `measure_slices.ts`. */
function slices(module: string, ours: string, n: number, limit = ours): GuardRow {
  return {
    work: ours,
    room: TIME_ROOM,
    briefRoom: BRIEF_TIME_ROOM,
    measure: (effort) => {
      const args = [module, limit, ours, String(n), String(SLICES * effort)];
      return numberFromOneThread("measure_slices.ts", ...args);
    },
  };
}

async function parkedBytes(): Promise<number> {
  const measure = (peer: string) =>
    numberFromFreshProcess("measure_memory.ts", "parked", `${peer}/timers`, "20000");
  return await measure("ours") / await measure("limit");
}

async function startUp(effort: number): Promise<number> {
  const { empty, program } = await startInTurns(ONE_TASK, STARTS * effort);
  return Math.min(...program) / Math.min(...empty);
}
