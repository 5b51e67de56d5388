/** What is measured against the limit, and how many times the limit it may cost. */

/** One line of the table. */
export interface RatioRow {
  readonly work: string;
  /** Of `limit/` and of `ours/`. */
  readonly module: string;
  /** The workload's name in `limit/`. */
  readonly limit: string;
  /** Its names in `ours/`: where a user has several ways to write it, each. The fastest counts. */
  readonly ours: readonly string[];
  readonly n: number;
  /** Must be at most so many times the limit. */
  readonly must: number;
  readonly goal: number;
}

const million = 1_000_000;

export const RATIOS: readonly RatioRow[] = [
  row("switch", "scheduling", ["switching"], million, 2, 1.5),
  row("switch among 1,000 tasks", "scheduling", ["switchingMany"], million, 2, 1.5),
  row("spawn and await a child", "scheduling", ["spawning", "spawningCoroutine"], 300_000, 2, 1.5),
  row("the same, eager start", "scheduling", ["spawningEager"], 300_000, 2, 1.5),
  row("future ping-pong, a round", "scheduling", ["pingPong"], 300_000, 2.3, 1.6),
  row("gather 10,000, a child", "scheduling", ["gather10k"], 100_000, 1.5, 1.3),
  row("gather 100,000, a child", "scheduling", ["gather100k"], 100_000, 5, 3),
  row("asCompleted 10,000, a child", "scheduling", ["asCompletedTasks"], 10_000, 2, 1.5),
  row("100,000 parked, a task", "timers", ["parked"], 100_000, 1.7, 1.3),
  row("1,000,000 parked, a task", "timers", ["parked"], million, 3.1, 2),
  row("queue(10), an item", "sync", ["queue10"], million, 2.2, 1.6),
  row("queue(1,000), an item", "sync", ["queue1000"], million, 2.2, 1.6),
  row("semaphore(10), 100,000 contenders", "sync", ["semaphore"], 100_000, 5, 2.5),
  row("lock hand-off", "sync", ["lockHandOff"], 300_000, 2, 1.5),
  row("cancel storm, a task", "cancel", ["cancelStorm"], 100_000, 1.3, 1.15),
  row("group of 100,000, the last fails", "cancel", ["groupFailure"], 100_000, 1.5, 1.3),
  row("callSoon", "callbacks", ["callSoon"], million, 2.5, 2),
  row("timer churn", "timers", ["timerChurn"], million, 2, 1.5),
  row("timeout around ready work", "timers", ["timeoutReady", "waitForReady"], 300_000, 2, 1.3),
  row(
    "await chain 1,000 deep, a resume",
    "deep",
    ["deepResume", "deepResumeCoroutine"],
    10_000,
    Infinity,
    1.3,
  ),
  row("spawn with tracing on", "inspect", ["spawningTraced"], 100_000, 2, 1.5),
  row("async: switch", "async", ["asyncSwitching"], 300_000, 1.2, 1),
  row("async: spawn", "async", ["asyncSpawning"], 100_000, 1.2, 0.8),
  row("async: ping-pong", "async", ["asyncPingPong"], 100_000, 1.2, 1.15),
  row("thread, warm round trip", "threads", ["roundTrip"], 500, 1.2, 1.1),
  row(
    "threads, 20,000 small jobs, each",
    "threads",
    ["smallJobs", "smallJobsMapped"],
    20_000,
    3,
    1.5,
  ),
  row("thread, cold start", "threads", ["coldStart"], 5, 1.5, 1.15),
];

function row(
  work: string,
  module: string,
  ours: readonly [string, ...string[]],
  n: number,
  must: number,
  goal: number,
): RatioRow {
  return { work, module, limit: ours[0], ours, n, must, goal };
}
