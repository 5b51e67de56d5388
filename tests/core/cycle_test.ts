/**
 * Tasks that wait for each other, or through something for themselves: they can be ended.
 */
import { assertEquals } from "@std/assert";
import {
  asyncWith,
  CancelledError,
  createTask,
  currentTask,
  type Future,
  gather,
  getRunningLoop,
  Lock,
  run,
  RuntimeError,
  sleep,
  type Task,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Programs, type Style } from "../support/both_styles.ts";

/** Makes tasks of which each waits for the next, and the last for the first. */
function circle(style: Style, size: number, ended: (name: string, error: unknown) => void) {
  const { define, on } = style;
  const tasks: Task<unknown>[] = [];
  const work = define(function* (i: number) {
    yield* on(sleep(0));
    try {
      yield* on(tasks[(i + 1) % size]!);
    } catch (error) {
      ended(`task ${i}`, error);
      throw error;
    }
  });
  for (let i = 0; i < size; i++) tasks.push(createTask(() => work(i)));
  return tasks;
}

for (const size of [2, 3]) {
  bothStyles(
    `Task.cancel() ends all of ${size} tasks that wait in a circle`,
    once((style, print) => {
      const { define, on } = style;
      return define(function* main() {
        const ended: string[] = [];
        const tasks = circle(style, size, (name, error) => {
          if (error instanceof CancelledError) ended.push(name);
        });
        yield* on(sleep(10));
        tasks[0]!.cancel();
        yield* on(wait(tasks));
        print("cancelled", ...tasks.map((task) => task.cancelled()));
        print("requests", ...tasks.map((task) => task.cancelling()));
        print("at their await", ...ended.sort());
      });
    }),
    [
      [10, `cancelled${" true".repeat(size)}`],
      [10, `requests${" 1".repeat(size)}`],
      [10, `at their await ${Array.from({ length: size }, (_, i) => `task ${i}`).join(" ")}`],
    ],
  );
}

bothStyles(
  "Task.cancel() ends a task that gathers itself",
  once(({ define, on }, print) => {
    const selfish = define(function* () {
      try {
        yield* on(gather([sleep(1000), currentTask() as Future<unknown>]));
      } catch (error) {
        print("at the await", error instanceof CancelledError);
        throw error;
      }
    });
    return define(function* main() {
      // The task was the only one to look at the gathering future, and has left it.
      getRunningLoop().setExceptionHandler(() => {});
      const task = createTask(selfish);
      yield* on(sleep(10));
      task.cancel();
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    });
  }),
  [[10, "at the await true"], [10, "cancelled true"]],
);

Deno.test("Task.cancel() in a circle lets an async function in a generator end before its scope", async () => {
  const events: string[] = [];
  await run(function* () {
    const lock = new Lock();
    const first: Task<unknown> = createTask(asyncWith(lock, async () => {
      try {
        await second;
      } finally {
        await sleep(1);
        events.push(`body ends, ${lock.locked() ? "locked" : "unlocked"}`);
      }
    }));
    const second: Task<unknown> = createTask(() => first);
    yield* sleep(10);
    first.cancel();
    yield* wait([first, second]);
    events.push([first, second].map((task) => task.cancelled()).join());
    events.push(lock.locked() ? "locked" : "unlocked");
  }, { clock: new VirtualClock() });
  assertEquals(events, ["body ends, locked", "true,true", "unlocked"]);
});

const deadlock: Programs = once((style) => {
  const { define, on } = style;
  return define(function* main() {
    const [first] = circle(style, 2, () => {});
    yield* on(first!);
  });
});

for (const style of ["generator", "async"] as const) {
  Deno.test(`run() ends with RuntimeError when tasks wait in a circle on virtual time (${style})`, async () => {
    const main = deadlock[style](() => {});
    const clock = new VirtualClock();
    const refusal = await run(main, { clock }).then(() => "nothing", (error) => error);
    assertEquals(refusal.constructor, RuntimeError);
  });
}
