/**
 * AsyncExitStack: what errors and cancellations do on their way out.
 */
import {
  type AsyncContextManager,
  AsyncExitStack,
  asyncWith,
  createTask,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { door } from "./door.ts";

bothStyles(
  "AsyncExitStack tells each exit of the error and throws it in the end",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const failure = new RangeError("body failed");
      const body = define(function* (stack: AsyncExitStack) {
        yield* on(stack.enterAsyncContext(door(style, print, "a")));
        stack.pushAsyncCallback(() => true);
        yield* on(stack.enterAsyncContext(door(style, print, "b")));
        throw failure;
      });
      try {
        yield* on(asyncWith(new AsyncExitStack(), body));
      } catch (error) {
        print(error === failure);
      }
    });
  }),
  [
    [1, "open a"],
    [2, "open b"],
    [3, "close b after RangeError: body failed"],
    [4, "close a after RangeError: body failed"],
    [4, "true"],
  ],
);

bothStyles(
  "AsyncExitStack hides an error that an exit swallows from the exits further out",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const body = define(function* (stack: AsyncExitStack) {
        yield* on(stack.enterAsyncContext(door(style, print, "a")));
        yield* on(stack.enterAsyncContext(door(style, print, "b", () => true)));
        yield* on(stack.enterAsyncContext(door(style, print, "c")));
        throw new RangeError("body failed");
      });
      print(yield* on(asyncWith(new AsyncExitStack(), body)));
    });
  }),
  [
    [1, "open a"],
    [2, "open b"],
    [3, "open c"],
    [4, "close c after RangeError: body failed"],
    [5, "close b after RangeError: body failed"],
    [6, "close a after no error"],
    [6, ""],
  ],
);

bothStyles(
  "AsyncExitStack replaces the error by that of an exit, and calls the others",
  once((style, print) => {
    const { define, on } = style;
    const fail = (message: string) => () => {
      throw new TypeError(message);
    };
    return define(function* main() {
      const body = define(function* (stack: AsyncExitStack) {
        yield* on(stack.enterAsyncContext(door(style, print, "a")));
        yield* on(stack.enterAsyncContext(door(style, print, "b", fail("from b"))));
        yield* on(stack.enterAsyncContext(door(style, print, "c", fail("from c"))));
        throw new RangeError("body failed");
      });
      try {
        yield* on(asyncWith(new AsyncExitStack(), body));
      } catch (error) {
        print(error);
      }
    });
  }),
  [
    [1, "open a"],
    [2, "open b"],
    [3, "open c"],
    [4, "close c after RangeError: body failed"],
    [5, "close b after TypeError: from c"],
    [6, "close a after TypeError: from b"],
    [6, "TypeError: from b"],
  ],
);

bothStyles(
  "AsyncExitStack may swallow the error of an exit that had none to begin with",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const stack = new AsyncExitStack();
      yield* on(stack.enterAsyncContext(door(style, print, "a", () => true)));
      stack.pushAsyncCallback(() => {
        throw new RangeError("callback failed");
      });
      print(yield* on(stack.exit(null)));
    });
  }),
  [[1, "open a"], [2, "close a after RangeError: callback failed"], [2, "false"]],
);

bothStyles(
  "AsyncExitStack.enterAsyncContext() adds nothing when the enter fails",
  once((style, print) => {
    const { define, on } = style;
    const locked: AsyncContextManager<void> = {
      enter: define(function* () {
        yield* on(sleep(1));
        throw new RangeError("locked");
      }),
      exit: () => Promise.resolve(print("never printed")),
    };
    return define(function* main() {
      const stack = new AsyncExitStack();
      try {
        yield* on(stack.enterAsyncContext(locked));
      } catch (error) {
        print(error);
      }
      yield* on(stack.enterAsyncContext(door(style, print, "a")));
      yield* on(stack.aclose());
    });
  }),
  [[1, "RangeError: locked"], [2, "open a"], [3, "close a after no error"]],
);

bothStyles(
  "AsyncExitStack.enterAsyncContext() adds nothing when it is cancelled, and the rest is closed",
  once((style, print) => {
    const { define, on } = style;
    const slow: AsyncContextManager<void> = {
      enter: define(function* () {
        yield* on(sleep(1000));
      }),
      exit: () => Promise.resolve(print("never printed")),
    };
    return define(function* main() {
      const body = define(function* (stack: AsyncExitStack) {
        yield* on(stack.enterAsyncContext(door(style, print, "a")));
        yield* on(stack.enterAsyncContext(slow));
      });
      const task = createTask(define(function* () {
        yield* on(asyncWith(new AsyncExitStack(), body));
      }));
      yield* on(sleep(10));
      task.cancel("enough");
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    });
  }),
  [[1, "open a"], [11, "close a after CancelledError: enough"], [11, "cancelled true"]],
);

bothStyles(
  "AsyncExitStack.aclose() calls the other exits when it is cancelled in one",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const stack = new AsyncExitStack();
      yield* on(stack.enterAsyncContext(door(style, print, "a")));
      stack.pushAsyncCallback(() => sleep(1000));
      const task = createTask(define(function* () {
        yield* on(stack.aclose());
      }));
      yield* on(sleep(10));
      task.cancel("enough");
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
      yield* on(stack.aclose());
      print("closed for good");
    });
  }),
  [
    [1, "open a"],
    [12, "close a after CancelledError: enough"],
    [12, "cancelled true"],
    [12, "closed for good"],
  ],
);
