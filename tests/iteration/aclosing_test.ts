/**
 * aclosing: what iterates is closed when the block is left.
 */
import { aclosing, asyncGenerator, asyncWith, createTask, emit, sleep, wait } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { ticking } from "./ticking.ts";

bothStyles(
  "aclosing() closes an asyncGenerator and waits for its cleanup",
  once(({ define, on }, print) =>
    define(function* main() {
      const it = ticking(print)(9);
      const body = define(function* (given: typeof it) {
        print(given === it, (yield* on(given.next())).value);
        return "result";
      });
      print(yield* on(asyncWith(aclosing(it), body)));
    })
  ),
  [
    [10, "true 0"],
    [10, "thrown GeneratorExit: ticks() is being closed"],
    [15, "cleaned up"],
    [15, "result"],
  ],
);

bothStyles(
  "aclosing() closes a native async generator as a part of the task",
  once(({ define, on }, print) => {
    async function cleanUp() {
      try {
        await sleep(1000);
      } catch (error) {
        print("cancelled in cleanup", error);
        throw error;
      }
    }
    async function* native() {
      try {
        yield 1;
      } finally {
        await cleanUp();
      }
    }
    return define(function* main() {
      const task = createTask(define(function* () {
        yield* on(asyncWith(aclosing(native()), async (it) => void await it.next()));
      }));
      yield* on(sleep(10));
      task.cancel("enough");
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    });
  }),
  [[10, "cancelled in cleanup CancelledError: enough"], [10, "cancelled true"]],
);

bothStyles(
  "aclosing() closes when the block fails, and throws its error",
  once(({ define, on }, print) =>
    define(function* main() {
      try {
        yield* on(asyncWith(
          aclosing(ticking(print)(9)),
          define(function* (it) {
            yield* on(it.next());
            throw new RangeError("block failed");
          }),
        ));
      } catch (error) {
        print(error);
      }
    })
  ),
  [
    [10, "thrown GeneratorExit: ticks() is being closed"],
    [15, "cleaned up"],
    [15, "RangeError: block failed"],
  ],
);

bothStyles(
  "aclosing() throws the error of the cleanup instead of the block's",
  once(({ define, on }, print) => {
    const fragile = asyncGenerator(function* () {
      try {
        yield* emit(1);
      } catch (error) {
        throw new RangeError("cleanup failed", { cause: error });
      }
    });
    return define(function* main() {
      try {
        yield* on(asyncWith(
          aclosing(fragile()),
          define(function* (it) {
            yield* on(it.next());
            throw new RangeError("block failed");
          }),
        ));
      } catch (error) {
        print(error);
      }
    });
  }),
  [[0, "RangeError: cleanup failed"]],
);

bothStyles(
  "aclosing() leaves alone what has no return()",
  once(({ define, on }, print) =>
    define(function* main() {
      const it: AsyncIterator<number> = {
        next: () => Promise.resolve({ done: false, value: 1 }),
      };
      print(yield* on(asyncWith(aclosing(it), (given) => given === it)));
    })
  ),
  [[0, "true"]],
);
