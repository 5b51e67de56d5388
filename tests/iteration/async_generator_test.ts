/**
 * asyncGenerator: handing values out, to the end, to an error, to a break and to a cancellation.
 */
import {
  asyncGenerator,
  asyncWith,
  CancelledError,
  ContextVar,
  createTask,
  currentTask,
  emit,
  forEach,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { loopOver } from "./loop_over.ts";
import { ticking } from "./ticking.ts";

bothStyles(
  "asyncGenerator() hands values out one by one and ends",
  once((style, print) =>
    style.define(function* main() {
      const it = ticking(print)(3);
      yield* style.on(sleep(100));
      yield* style.on(loopOver(style, it, function* (i) {
        yield* style.on(sleep(1));
        print(i);
      }));
      print("after the loop");
    })
  ),
  [
    [111, "0"],
    [122, "1"],
    [133, "2"],
    [133, "ended"],
    [138, "cleaned up"],
    [138, "after the loop"],
  ],
);

bothStyles(
  "asyncGenerator() throws the body's error at the loop and has ended then",
  once((style, print) => {
    const failing = asyncGenerator(function* () {
      yield* emit("only");
      yield* sleep(10);
      throw new RangeError("broken");
    });
    return style.define(function* main() {
      const it = failing();
      try {
        yield* style.on(loopOver(style, it, function* (word) {
          print(word);
        }));
      } catch (error) {
        print(error);
      }
      print((yield* style.on(it.next())).done);
    });
  }),
  [[0, "only"], [10, "RangeError: broken"], [10, "true"]],
);

bothStyles(
  "asyncGenerator() has closed when its consumer goes on after a break",
  once((style, print) =>
    style.define(function* main() {
      yield* style.on(loopOver(style, ticking(print)(9), function* (i) {
        print(i);
        return i < 1;
      }));
      print("after the loop");
    })
  ),
  [
    [10, "0"],
    [20, "1"],
    [20, "thrown GeneratorExit: ticks() is being closed"],
    [25, "cleaned up"],
    [25, "after the loop"],
  ],
);

bothStyles(
  "asyncGenerator() has closed when an error leaves its consumer's loop",
  once((style, print) =>
    style.define(function* main() {
      try {
        yield* style.on(loopOver(style, ticking(print)(9), function* (i) {
          throw new RangeError(`no ${i} please`);
        }));
      } catch (error) {
        print(error);
      }
    })
  ),
  [
    [10, "thrown GeneratorExit: ticks() is being closed"],
    [15, "cleaned up"],
    [15, "RangeError: no 0 please"],
  ],
);

bothStyles(
  "asyncGenerator() is cancelled where it waits when its consumer is",
  once((style, print) => {
    const { define, on } = style;
    const ticks = ticking(print);
    return define(function* main() {
      const it = ticks(9);
      const consumer = createTask(define(function* () {
        yield* on(loopOver(style, it, function* (i) {
          print(i);
        }));
      }));
      yield* on(sleep(17));
      consumer.cancel("enough");
      yield* on(wait([consumer]));
      print("consumer cancelled", consumer.cancelled());
      print((yield* on(it.next())).done, (yield* on(ticks(1).next())).value);
    });
  }),
  [
    [10, "0"],
    [17, "thrown CancelledError: enough"],
    [22, "cleaned up"],
    [22, "consumer cancelled true"],
    [32, "true 0"],
  ],
);

bothStyles(
  "asyncGenerator() has closed when its consumer is cancelled in the loop's body",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const consumer = createTask(define(function* () {
        yield* on(loopOver(style, ticking(print)(9), function* () {
          yield* on(sleep(1000));
        }));
      }));
      yield* on(sleep(17));
      consumer.cancel();
      yield* on(wait([consumer]));
      print("consumer cancelled", consumer.cancelled());
    });
  }),
  [
    [17, "thrown GeneratorExit: ticks() is being closed"],
    [22, "cleaned up"],
    [22, "consumer cancelled true"],
  ],
);

bothStyles(
  "asyncGenerator() goes on when its body swallows a cancellation",
  once((style, print) => {
    const { define, on } = style;
    const stubborn = asyncGenerator(function* () {
      try {
        yield* sleep(1000);
      } catch (error) {
        yield* emit(error instanceof CancelledError);
      }
      yield* emit("still here");
    });
    return define(function* main() {
      const consumer = createTask(define(function* () {
        yield* on(loopOver(style, stubborn(), function* (value) {
          print(value);
        }));
      }));
      yield* on(sleep(10));
      consumer.cancel();
      yield* on(consumer);
      print("consumer cancelled", consumer.cancelled());
    });
  }),
  [[10, "true"], [10, "still here"], [10, "consumer cancelled false"]],
);

bothStyles(
  "asyncGenerator() runs as a part of the task that asks for the next value",
  once(({ define, on }, print) => {
    const color = new ContextVar("color", { default: "none" });
    const where = asyncGenerator(function* () {
      for (;;) {
        yield* sleep(1);
        yield* emit(`${currentTask()?.name} ${color.get()}`);
      }
    });
    return define(function* main() {
      const it = where();
      for (const name of ["red", "blue"]) {
        const task = createTask(
          define(function* () {
            color.set(name);
            print((yield* on(it.next())).value);
          }),
          { name: `consumer of ${name}` },
        );
        yield* on(task);
      }
      yield* on(it.return());
    });
  }),
  [[1, "consumer of red red"], [2, "consumer of blue blue"]],
);

bothStyles(
  "asyncGenerator() may emit from the bodies of other blocks and loops",
  once((style, print) => {
    const door = {
      *enter() {
        yield* sleep(1);
        return "open";
      },
      *exit() {
        yield* sleep(1);
        print("closed");
      },
    };
    const inner = asyncGenerator(function* () {
      yield* emit(1);
      yield* emit(2);
    });
    const outer = asyncGenerator<[], string>(function* () {
      yield* asyncWith(door, function* (state) {
        yield* forEach(inner(), function* (n) {
          yield* emit(`${state} ${n}`);
        });
      });
    });
    return style.define(function* main() {
      yield* style.on(loopOver(style, outer(), function* (line) {
        print(line);
      }));
      print("once more");
      yield* style.on(loopOver(style, outer(), function* () {
        return false;
      }));
      print("after the loop");
    });
  }),
  [
    [1, "open 1"],
    [1, "open 2"],
    [2, "closed"],
    [2, "once more"],
    [4, "closed"],
    [4, "after the loop"],
  ],
);
