/**
 * Context managers whose methods are async functions, around the bodies of both kinds of tasks.
 */
import { asyncWith, createTask, currentTask, sleep, timeout, wait } from "../mod.ts";
import { bothStyles, once } from "./support/both_styles.ts";

bothStyles(
  "asyncWith() runs async enter() and exit() as a part of the task",
  once(({ define, on }, print) => {
    const manager = {
      async enter() {
        await sleep(1);
        print("enter in", currentTask()?.name);
      },
      async exit() {
        await sleep(1);
        print("exit in", currentTask()?.name);
      },
    };
    return define(function* main() {
      yield* on(createTask(() => asyncWith(manager, () => print("body")), { name: "worker" }));
    });
  }),
  [[1, "enter in worker"], [1, "body"], [2, "exit in worker"]],
);

bothStyles(
  "asyncWith() is cancelled where an async enter() or exit() waits",
  once(({ define, on }, print) => {
    const pause = async (what: string) => {
      try {
        await sleep(100);
      } catch (error) {
        print(what, (error as Error).name);
        throw error;
      }
    };
    const slowEnter = { enter: async () => await pause("enter"), exit: async () => {} };
    const slowExit = { enter: async () => {}, exit: async () => await pause("exit") };
    return define(function* main() {
      for (const manager of [slowEnter, slowExit]) {
        const use = define(() => asyncWith(manager, () => {})[Symbol.iterator]());
        const task = createTask(use);
        yield* on(sleep(1));
        task.cancel();
        yield* on(wait([task]));
        print(task.cancelled());
      }
    });
  }),
  [[1, "enter CancelledError"], [1, "true"], [2, "exit CancelledError"], [2, "true"]],
);

bothStyles(
  "asyncWith() sets no timeout for a generator function that cannot take its argument",
  once(({ define, on }, print) =>
    define(function* main() {
      const body = function* ({ missing: { name } }: { missing: { name: string } }) {
        yield* sleep(1);
        return name;
      };
      try {
        yield* on(asyncWith(timeout(0), body as never));
      } catch (error) {
        print((error as Error).name);
      }
      yield* on(sleep(10));
      print("goes on");
    })
  ),
  [[0, "TypeError"], [10, "goes on"]],
);
