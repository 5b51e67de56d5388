import { createTask, sleep, waitFor } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "waitFor() starts nothing when its task is cancelled before the first step",
  once(({ define, on }, print) =>
    define(function* () {
      const task = createTask(waitFor(() => print("body"), 9));
      task.cancel();
      try {
        yield* on(task);
      } catch (error) {
        print((error as Error).name);
      }
      yield* on(sleep(0));
    })
  ),
  [[0, "CancelledError"]],
);
