// Runs a program in many orders, to find the one in which it fails.

import type { EventLoop, ExceptionContext } from "../core/event_loop.ts";
import type { Scheduler } from "../core/scheduler.ts";
import type { Awaitable, Startable } from "../core/awaitable.ts";
import { currentTask } from "../core/current.ts";
import { describe, RuntimeError } from "../core/errors.ts";
import { Runner } from "../run.ts";
import { SeededScheduler } from "./seeded_scheduler.ts";
import { treeLines } from "../core/task_tree.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** How to explore. */
export interface ExploreOptions {
  /**
   * How many orders to try.
   *
   * @default {1000}
   */
  runs?: number;
  /**
   * The seed of the first run; every further run takes the next.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * A run with more iterations of its loop than this fails: it would never end.
   *
   * @default {100_000}
   */
  maxIterations?: number;
}

/** What `explore` has done. */
export interface Explored {
  /** How many runs there were, all of them without failure. */
  runs: number;
}

/**
 * What `explore` throws: `cause` is how the run failed.
 *
 * @example
 * ```ts
 * import { createTask, ExplorationError, explore, sleep } from "@taskloop/asyncio";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * function* racing() {
 *   let first = "";
 *   createTask(() => first ||= "other");
 *   yield* sleep(0);
 *   if (first === "") throw new Error("the other task was to come first");
 * }
 * const error = await assertRejects(() => explore(racing), ExplorationError);
 * assertEquals(typeof error.seed, "number");
 * ```
 */
export class ExplorationError extends Error {
  static {
    this.prototype.name = "ExplorationError";
  }

  /** The seed that replays the run: `explore(main, { seed, runs: 1 })`. */
  readonly seed: number;
  /** How many runs there were, with this one. */
  readonly runs: number;

  /** @internal */
  constructor(seed: number, runs: number, cause: unknown) {
    super(
      `Run ${runs} failed, replay it with explore(main, { seed: ${seed}, runs: 1 }): ${
        cause instanceof Error ? `${cause.name}: ${cause.message}` : describe(cause)
      }`,
      { cause },
    );
    this.seed = seed;
    this.runs = runs;
  }
}

/**
 * Runs `main` under many seeds on virtual time; throws the first failure with the seed that replays it. A
 * run fails when `main` throws, when its tasks wait for each other (the error says who waits for whom),
 * when it does not end, or when an error comes up that nobody looked at.
 *
 * A run is `run(main, { clock: new VirtualClock(), scheduler: new SeededScheduler(seed) })`, so that is
 * another way to replay it, with a Tracer or a debugger at hand. `main` has to make its own state anew in
 * every run, and a run should not wait for anything foreign: its timing is beyond control.
 *
 * @param main A function that makes a coroutine, a promise, or a function to start.
 * @param options How many runs, from which seed.
 * @returns A promise of the number of runs.
 * @throws {ExplorationError} When a run fails.
 * @throws {TypeError} When `main` is not a function.
 * @throws {RangeError} When a number is not a whole one, or too small or large.
 * @throws {RuntimeError} Inside a task.
 *
 * @example
 * ```ts
 * import { ExplorationError, explore } from "@taskloop/asyncio/testing";
 * import { createTask, sleep } from "@taskloop/asyncio";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * async function deposits() {
 *   let balance = 0;
 *   const deposit = async () => {
 *     const before = balance;
 *     await sleep(Math.abs(before)); // lets the other one run: the race
 *     balance = before + 1;
 *   };
 *   const first = createTask(deposit);
 *   await deposit();
 *   await first;
 *   assertEquals(balance, 2);
 * }
 * const failure = await assertRejects(() => explore(deposits), ExplorationError);
 * const again = { seed: failure.seed, runs: 1 };
 * await assertRejects(() => explore(deposits, again), ExplorationError);
 * ```
 */
export async function explore<T>(
  main: () => Startable<T>,
  options: ExploreOptions = {},
): Promise<Explored> {
  if (typeof main !== "function") {
    throw new TypeError(
      `Cannot explore ${describe(main)}: expected a function, did you mean () => ...?`,
    );
  }
  const { runs = 1000, seed = 0, maxIterations = 100_000 } = options;
  checkWhole(runs, "runs", 0);
  checkWhole(maxIterations, "maxIterations", 1);
  checkWhole(seed, "seed", Number.MIN_SAFE_INTEGER);
  checkWhole(seed + runs, "the last seed", Number.MIN_SAFE_INTEGER);
  for (let i = 0; i < runs; i++) await runOnce(main, seed, i, maxIterations);
  return { runs };
}

async function runOnce<T>(
  main: () => Startable<T>,
  firstSeed: number,
  index: number,
  maxIterations: number,
): Promise<void> {
  const seed = firstSeed + index;
  const reports: ExceptionContext[] = [];
  const scheduler = new LimitedScheduler(new SeededScheduler(seed), maxIterations);
  const clock = new VirtualClock();
  const runner = new Runner({ clock, scheduler, debug: false, handleSigint: false });
  const loop = runner.getLoop();
  scheduler.loop = loop;
  loop.setExceptionHandler((_loop, context) => reports.push(context));
  try {
    await runner.run(() => start(main));
    await runner.close();
  } catch (error) {
    // Of two failures the first one counts; a second may be its consequence.
    await runner.close().catch(() => {});
    throw new ExplorationError(seed, index + 1, error);
  }
  if (reports.length > 0) throw new ExplorationError(seed, index + 1, unseen(reports[0]!));
}

function start<T>(main: () => Startable<T>): Awaitable<T> | T {
  currentTask()!.name = "main";
  const made = main();
  return typeof made === "function" ? made() : made;
}

function unseen({ message, exception }: ExceptionContext): RuntimeError {
  return new RuntimeError(`${message}: ${exception}`, { cause: exception });
}

/** Ends runs that would not end by themselves. */
class LimitedScheduler implements Scheduler {
  loop: EventLoop | null = null;
  #left: number;

  constructor(readonly inner: Scheduler, readonly limit: number) {
    this.#left = limit;
  }

  order(ready: number): Iterable<number> | null {
    if (--this.#left < 0) {
      this.#left = this.limit; // for the clean-up
      const tasks = treeLines([...this.loop!._unfinished()], null).map((line) => `  ${line}`);
      throw new RuntimeError(
        [`Cannot go on: no end in sight after ${this.limit} iterations`, ...tasks].join("\n"),
      );
    }
    return this.inner.order(ready);
  }
}

function checkWhole(value: number, name: string, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const above = least === Number.MIN_SAFE_INTEGER ? "" : `, ${least} or more`;
  throw new RangeError(`Cannot explore: ${name} is ${value}, expected a whole number${above}`);
}
