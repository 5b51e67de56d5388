/**
 * asyncGenerator: what its body sees when it is closed or thrown at, and what comes of it.
 */
import {
  asyncGenerator,
  CancelledError,
  type CoroutineGenerator,
  createTask,
  emit,
  RuntimeError,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { loopOver } from "./loop_over.ts";
import { refused } from "../support/misuse.ts";
import { ticking } from "./ticking.ts";

bothStyles(
  "asyncGenerator() runs nothing of its body when it is closed before it began",
  once(({ define, on }, print) =>
    define(function* main() {
      const it = ticking(print)(3);
      yield* on(it.return());
      print((yield* on(it.next())).done);
    })
  ),
  [[0, "true"]],
);

bothStyles(
  "asyncGenerator() ends quietly when its body returns on being closed",
  once(({ define, on }, print) => {
    const catchAll = asyncGenerator(function* () {
      try {
        yield* emit(1);
      } catch (error) {
        print("caught", error instanceof CancelledError);
      }
    });
    return define(function* main() {
      const it = catchAll();
      yield* on(it.next());
      print((yield* on(it.return())).done);
    });
  }),
  [[0, "caught true"], [0, "true"]],
);

refused(
  "asyncGenerator() refuses a body that emits while it is being closed",
  RuntimeError,
  function* ({ on }) {
    const deaf = asyncGenerator(function* () {
      for (;;) {
        try {
          yield* emit(1);
        } catch {
          // Deaf to everything.
        }
      }
    });
    const it = deaf();
    yield* on(it.next());
    yield* on(it.return());
  },
);

bothStyles(
  "asyncGenerator() throws the error of its cleanup where it is closed",
  once(({ define, on }, print) => {
    // deno-lint-ignore require-yield -- it fails at once.
    function* failingCleanup(): CoroutineGenerator<void> {
      throw new RangeError("cleanup failed");
    }
    const fragile = asyncGenerator(function* () {
      try {
        yield* emit(1);
      } finally {
        yield* sleep(1);
        yield* failingCleanup();
      }
    });
    return define(function* main() {
      const it = fragile();
      yield* on(it.next());
      try {
        yield* on(it.return());
      } catch (error) {
        print(error);
      }
      print((yield* on(it.next())).done);
    });
  }),
  [[1, "RangeError: cleanup failed"], [1, "true"]],
);

bothStyles(
  "asyncGenerator() is cancelled in its cleanup when its consumer is cancelled again",
  once((style, print) => {
    const { define, on } = style;
    const slow = asyncGenerator(function* () {
      try {
        yield* emit(1);
      } finally {
        print("cleaning up");
        yield* sleep(1000);
        print("never printed");
      }
    });
    return define(function* main() {
      const consumer = createTask(define(function* () {
        yield* on(loopOver(style, slow(), function* () {
          yield* on(sleep(1000));
        }));
      }));
      yield* on(sleep(10));
      consumer.cancel();
      yield* on(sleep(10));
      consumer.cancel();
      yield* on(wait([consumer]));
      print("consumer cancelled", consumer.cancelled());
    });
  }),
  [[10, "cleaning up"], [20, "consumer cancelled true"]],
);

bothStyles(
  "asyncGenerator() throws what throw() is given at the emit and goes on",
  once(({ define, on }, print) => {
    const listening = asyncGenerator(function* () {
      for (;;) {
        try {
          yield* emit("next");
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          yield* sleep(1);
          yield* emit(`caught ${error}`);
        }
      }
    });
    return define(function* main() {
      const it = listening();
      const thrown = new RangeError("hello");
      try {
        yield* on(listening().throw(thrown));
      } catch (error) {
        print("not begun", error === thrown);
      }
      print((yield* on(it.next())).value);
      print((yield* on(it.throw(thrown))).value);
      print((yield* on(it.next())).value);
      yield* on(it.return());
      try {
        yield* on(it.throw(thrown));
      } catch (error) {
        print("ended", error === thrown);
      }
    });
  }),
  [[0, "not begun true"], [0, "next"], [1, "caught RangeError: hello"], [1, "next"], [
    1,
    "ended true",
  ]],
);
