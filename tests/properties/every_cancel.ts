/**
 * Runs the users of a primitive as tasks, and runs them again for every task and every step at which
 * it can be cancelled. Whatever happens, the primitive has to keep its promises.
 */
import { assert } from "@std/assert";
import fc from "fast-check";
import { type Awaitable, createTask, run, sleep, type Task, VirtualClock } from "../../mod.ts";
import { asyncStyle, generatorStyle, type Style } from "../support/both_styles.ts";

/** Users of one primitive, made anew for every run. */
export interface Scenario {
  readonly users: readonly (() => Awaitable<unknown>)[];
  /** Called when a user's task has ended, also one that was cancelled before its first step. */
  ended?(user: number): void;
  /** Called when all have ended; throws when a promise was broken. */
  check(cancelled: (user: number) => boolean): void;
}

/** Longer than any scenario takes; a run that takes longer will never end. */
const MOST_TICKS = 500;
const EXAMPLES = 15;

/** Tests that scenarios made of random values hold in both styles, whoever is cancelled, and when. */
export function holds<T>(
  name: string,
  values: fc.Arbitrary<T>,
  scenario: (style: Style, value: T) => Scenario,
): void {
  for (const style of [generatorStyle, asyncStyle]) {
    Deno.test(`${name} (${style.name})`, async () => {
      await run(async () => {}); // loads the async context, which takes a while the first time
      await fc.assert(
        fc.asyncProperty(values, (value) => cancelEverywhere(style, () => scenario(style, value))),
        { numRuns: EXAMPLES },
      );
    });
  }
}

async function cancelEverywhere(style: Style, make: () => Scenario): Promise<void> {
  const ticks = await simulate(style, make(), null);
  const { length } = make().users;
  for (let user = 0; user < length; user++) {
    for (let tick = 0; tick < ticks; tick++) await simulate(style, make(), { user, tick });
  }
}

/** Gives the number of iterations of the loop that it took. */
async function simulate(
  style: Style,
  scenario: Scenario,
  cancel: { user: number; tick: number } | null,
): Promise<number> {
  const { define, on } = style;
  let tasks: Task<unknown>[] = [];
  const ticks = await run(
    define(function* main() {
      tasks = scenario.users.map((user) => createTask(user));
      for (const [user, task] of tasks.entries()) {
        task.addDoneCallback(() => scenario.ended?.(user));
      }
      for (let tick = 0;; tick++) {
        if (tasks.every((task) => task.done())) return tick;
        assert(tick < MOST_TICKS, `somebody waits for ever: ${tasks}`);
        if (tick === cancel?.tick) tasks[cancel.user]!.cancel();
        yield* on(sleep(0));
      }
    }),
    { clock: new VirtualClock(), handleSigint: false },
  );
  for (const task of tasks) if (!task.cancelled()) task.result();
  scenario.check((user) => tasks[user]!.cancelled());
  return ticks;
}

/** Lets others run so many times. */
export function pause({ on }: Style, times: number) {
  return (function* () {
    for (let i = 0; i < times; i++) yield* on(sleep(0));
  })();
}

/** A small number of pauses. */
export const pauses = fc.nat({ max: 3 });
