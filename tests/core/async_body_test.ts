/**
 * What an async function does from one wait to the next is one step of its task, whoever called it: a
 * body that `asyncWith` was given is no exception.
 */
import { asyncWith, createTask, currentTask, sleep, timeout } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "asyncWith() leaves a body that does not wait before anything else runs",
  once(({ define, on }, print) =>
    define(function* () {
      createTask(() => print("other"));
      yield* on(asyncWith(
        timeout(0),
        define(function* () {
          print("body");
        }),
      ));
      print("after");
      yield* on(sleep(0));
    })
  ),
  [[0, "body"], [0, "after"], [0, "other"]],
);

bothStyles(
  "asyncWith() enters a body in a body before anything else runs",
  once(({ define, on }, print) =>
    define(function* () {
      createTask(() => print("other"));
      yield* on(asyncWith(
        timeout(9),
        define(function* () {
          yield* on(asyncWith(
            timeout(9),
            define(function* () {
              print("inner");
              yield* on(sleep(1));
            }),
          ));
        }),
      ));
      print("after");
    })
  ),
  [[0, "inner"], [0, "other"], [1, "after"]],
);

bothStyles(
  "asyncWith() leaves a cancel that came in its body to the next wait",
  once(({ define, on }, print) =>
    define(function* () {
      yield* on(asyncWith(
        timeout(9),
        define(function* () {
          currentTask()!.cancel();
          print("cancelled");
        }),
      ));
      print("after");
      try {
        yield* on(sleep(1));
      } catch (error) {
        print((error as Error).name);
        currentTask()!.uncancel();
      }
    })
  ),
  [[0, "cancelled"], [0, "after"], [0, "CancelledError"]],
);

bothStyles(
  "Task that waits for itself fails in the next iteration",
  once(({ define, on }, print) =>
    define(function* () {
      createTask(() => print("other"));
      try {
        yield* on(currentTask()!);
      } catch (error) {
        print((error as Error).name);
      }
    })
  ),
  [[0, "other"], [0, "RuntimeError"]],
);

bothStyles(
  "Task that waits for itself gets a pending cancel instead",
  once(({ define, on }, print) =>
    define(function* () {
      currentTask()!.cancel();
      try {
        yield* on(currentTask()!);
      } catch (error) {
        print((error as Error).name);
        currentTask()!.uncancel();
      }
    })
  ),
  [[0, "CancelledError"]],
);
