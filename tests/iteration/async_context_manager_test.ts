/**
 * asyncContextManager: what a block does to the generator around it, and what that does to the block.
 */
import {
  asyncContextManager,
  asyncWith,
  createTask,
  currentTask,
  provide,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Print } from "../support/both_styles.ts";

/** Opens in 1 ms, closes in 2, and tells of the error that left the block. */
function opening(print: Print) {
  return asyncContextManager(function* open(name: string) {
    yield* sleep(1);
    print("open", name);
    try {
      yield* provide(`<${name}>`);
      print("no error");
    } catch (error) {
      print("error", error);
      throw error;
    } finally {
      yield* sleep(2);
      print("close", name);
    }
  });
}

bothStyles(
  "asyncContextManager() enters, gives its value to the block and exits",
  once(({ define, on }, print) =>
    define(function* main() {
      const result = yield* on(asyncWith(
        opening(print)("door"),
        define(function* (value: string) {
          yield* on(sleep(10));
          print(value);
          return "result";
        }),
      ));
      print(result);
    })
  ),
  [[1, "open door"], [11, "<door>"], [11, "no error"], [13, "close door"], [13, "result"]],
);

bothStyles(
  "asyncContextManager() is told of the error that leaves the block, and the caller too",
  once(({ define, on }, print) =>
    define(function* main() {
      const failure = new RangeError("block failed");
      try {
        yield* on(asyncWith(opening(print)("door"), () => {
          throw failure;
        }));
      } catch (error) {
        print(error === failure);
      }
    })
  ),
  [[1, "open door"], [1, "error RangeError: block failed"], [3, "close door"], [3, "true"]],
);

bothStyles(
  "asyncContextManager() is told of a cancellation in the block and awaits its cleanup",
  once(({ define, on }, print) =>
    define(function* main() {
      const task = createTask(define(function* () {
        yield* on(asyncWith(opening(print)("door"), () => sleep(1000)));
      }));
      yield* on(sleep(10));
      task.cancel("enough");
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    })
  ),
  [[1, "open door"], [10, "error CancelledError: enough"], [12, "close door"], [
    12,
    "cancelled true",
  ]],
);

bothStyles(
  "asyncContextManager() is cancelled where its enter waits, and the block is not run",
  once(({ define, on }, print) => {
    const slow = asyncContextManager(function* () {
      try {
        yield* sleep(1000);
        yield* provide(1);
      } finally {
        print("given up");
      }
    });
    return define(function* main() {
      const task = createTask(define(function* () {
        yield* on(asyncWith(slow(), () => print("never printed")));
      }));
      yield* on(sleep(10));
      task.cancel();
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
      yield* on(asyncWith(opening(print)("another"), () => {}));
    });
  }),
  [
    [10, "given up"],
    [10, "cancelled true"],
    [11, "open another"],
    [11, "no error"],
    [13, "close another"],
  ],
);

bothStyles(
  "asyncContextManager() is cancelled where its exit waits",
  once(({ define, on }, print) => {
    const slow = asyncContextManager(function* () {
      try {
        yield* provide(1);
      } finally {
        print("closing");
        yield* sleep(1000);
        print("never printed");
      }
    });
    return define(function* main() {
      const task = createTask(define(function* () {
        yield* on(asyncWith(slow(), () => {}));
      }));
      yield* on(sleep(10));
      task.cancel();
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    });
  }),
  [[0, "closing"], [10, "cancelled true"]],
);

bothStyles(
  "asyncContextManager() throws the error of its enter, and the block is not run",
  once(({ define, on }, print) => {
    const broken = asyncContextManager(function* () {
      yield* sleep(1);
      throw new RangeError("locked");
    });
    return define(function* main() {
      try {
        yield* on(asyncWith(broken(), () => print("never printed")));
      } catch (error) {
        print(error);
      }
    });
  }),
  [[1, "RangeError: locked"]],
);

bothStyles(
  "asyncContextManager() swallows the block's error when its body catches it and ends",
  once(({ define, on }, print) => {
    const forgiving = asyncContextManager(function* () {
      try {
        yield* provide(1);
      } catch (error) {
        yield* sleep(1);
        print("forgiven", error);
      }
    });
    return define(function* main() {
      print(
        yield* on(asyncWith(forgiving(), () => {
          throw new RangeError("block failed");
        })),
      );
    });
  }),
  [[1, "forgiven RangeError: block failed"], [1, ""]],
);

bothStyles(
  "asyncContextManager() replaces the block's error by that of its exit",
  once(({ define, on }, print) => {
    const translating = asyncContextManager(function* () {
      try {
        yield* provide(1);
      } catch (error) {
        throw new TypeError("translated", { cause: error });
      }
    });
    return define(function* main() {
      try {
        yield* on(asyncWith(translating(), () => {
          throw new RangeError("block failed");
        }));
      } catch (error) {
        print(error, "from", (error as Error).cause);
      }
    });
  }),
  [[0, "TypeError: translated from RangeError: block failed"]],
);

bothStyles(
  "asyncContextManager() may provide from inside another manager's block",
  once(({ define, on }, print) => {
    const outer = asyncContextManager<[], string>(function* () {
      yield* asyncWith(opening(print)("inner"), function* (value) {
        yield* provide(`outer of ${value}`);
      });
    });
    return define(function* main() {
      yield* on(asyncWith(outer(), (value) => print(value)));
    });
  }),
  [[1, "open inner"], [1, "outer of <inner>"], [1, "no error"], [3, "close inner"]],
);

bothStyles(
  "asyncContextManager() runs its body as a part of the task in the block",
  once(({ define, on }, print) => {
    const whose = asyncContextManager(function* () {
      print("enter in", currentTask()?.name);
      yield* provide(1);
      print("exit in", currentTask()?.name);
    });
    return define(function* main() {
      yield* on(
        createTask(
          define(function* () {
            yield* on(asyncWith(whose(), () => sleep(1)));
          }),
          { name: "worker" },
        ),
      );
    });
  }),
  [[0, "enter in worker"], [1, "exit in worker"]],
);
