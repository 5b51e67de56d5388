import { gather, getRunningLoop, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "gather() with returnExceptions has looked at its children's errors when it is cancelled",
  once(({ define, on }, print) =>
    define(function* () {
      const loop = getRunningLoop();
      loop.setExceptionHandler((_, { message }) => print("reported:", message));
      const fail = () => {
        throw new Error("looked at");
      };
      const gathering = gather([fail, sleep(1000)], { returnExceptions: true });
      yield* on(sleep(1));
      gathering.cancel();
      try {
        yield* on(gathering);
      } catch (error) {
        print((error as Error).name);
      }
    })
  ),
  [[1, "CancelledError"]],
);
