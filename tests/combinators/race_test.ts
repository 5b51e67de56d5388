import { createTask, getRunningLoop, race, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "race() is decided by the first to finish of those that finish together",
  once(({ define, on }, print) =>
    define(function* () {
      const loop = getRunningLoop();
      const listedFirst = loop.createFuture<string>();
      const doneFirst = loop.createFuture<string>();
      loop.callLater(5, () => {
        doneFirst.setResult("done first");
        listedFirst.setException(new Error("done second"));
      });
      print(yield* on(race([listedFirst, doneFirst])));
    })
  ),
  [[5, "done first"]],
);

bothStyles(
  "race() cancels what it has started when another cannot be started",
  once(({ define, on }, print) =>
    define(function* () {
      const runner = define(function* () {
        try {
          yield* on(sleep(1000));
        } finally {
          print("cleaned up");
        }
      });
      const started = createTask(runner);
      yield* on(sleep(0));
      try {
        yield* on(race([started, 5 as never]));
      } catch (error) {
        print((error as Error).name, started.cancelled());
      }
    })
  ),
  [[0, "cleaned up"], [0, "TypeError true"]],
);
