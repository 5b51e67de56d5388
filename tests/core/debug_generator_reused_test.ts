/**
 * Debug mode reports a generator that is given to a second task.
 */
import { coroutine, createTask, gather, sleep } from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { reported } from "../support/reports.ts";

function* work() {
  yield* sleep(5);
  return "worked";
}

reported(
  "createTask() reports a generator that another task has run",
  once(({ define, on }, print) =>
    define(function* main() {
      const generator = work();
      print(yield* on(createTask(generator, { name: "first" })));
      print(yield* on(createTask(generator, { name: "second" })));
    })
  ),
  [[5, "worked"], [5, "GeneratorReused second, made in main"], [5, ""]],
);

reported(
  "createTask() and gather() report nothing when each task has a coroutine of its own",
  once(({ define, on }, print) => {
    const wrapped = coroutine(work);
    return define(function* main() {
      const generator = work();
      const tasks = [createTask(work()), createTask(wrapped()), createTask(work)];
      print(yield* on(gather([...tasks, generator, generator])));
    });
  }),
  [[5, "worked,worked,worked,worked,worked"]],
);
