/**
 * forEach: every kind of iterable, and every way to leave.
 */
import { assertThrows } from "@std/assert";
import {
  asyncGenerator,
  createTask,
  currentTask,
  emit,
  forEach,
  Future,
  getRunningLoop,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Print } from "../support/both_styles.ts";

/** The same producer, made in three ways: ours, the language's, and by hand. */
function producers(print: Print): Record<string, () => AsyncIterable<number>> {
  const ours = asyncGenerator(function* () {
    try {
      for (let n = 0; n < 3; n++) {
        yield* sleep(10);
        yield* emit(n);
      }
    } finally {
      yield* sleep(5);
      print("closed");
    }
  });
  async function* native() {
    try {
      for (let n = 0; n < 3; n++) {
        await sleep(10);
        yield n;
      }
    } finally {
      await sleep(5);
      print("closed");
    }
  }
  return { "an asyncGenerator": ours, "a native async generator": native };
}

for (const kind of ["an asyncGenerator", "a native async generator"]) {
  bothStyles(
    `forEach() calls its body with each value and index of ${kind}`,
    once(({ define, on }, print) =>
      define(function* main() {
        const body = define(function* (value: number, index: number) {
          yield* on(sleep(1));
          print(value, index);
        });
        yield* on(forEach(producers(print)[kind]!(), body));
        print("after the loop");
      })
    ),
    [[11, "0 0"], [22, "1 1"], [33, "2 2"], [38, "closed"], [38, "after the loop"]],
  );

  bothStyles(
    `forEach() has closed ${kind} when its body breaks`,
    once(({ define, on }, print) =>
      define(function* main() {
        yield* on(forEach(producers(print)[kind]!(), (value) => {
          print(value);
          return value < 1;
        }));
        print("after the loop");
      })
    ),
    [[10, "0"], [20, "1"], [25, "closed"], [25, "after the loop"]],
  );

  bothStyles(
    `forEach() has closed ${kind} when its body throws`,
    once(({ define, on }, print) =>
      define(function* main() {
        const body = define(function* () {
          yield* on(sleep(1));
          throw new RangeError("no more");
        });
        try {
          yield* on(forEach(producers(print)[kind]!(), body));
        } catch (error) {
          print(error);
        }
      })
    ),
    [[16, "closed"], [16, "RangeError: no more"]],
  );

  bothStyles(
    `forEach() has closed ${kind} when it is cancelled in its body`,
    once(({ define, on }, print) =>
      define(function* main() {
        const task = createTask(define(function* () {
          yield* on(forEach(
            producers(print)[kind]!(),
            define(function* () {
              yield* on(sleep(1000));
            }),
          ));
        }));
        yield* on(sleep(15));
        task.cancel();
        yield* on(wait([task]));
        print("cancelled", task.cancelled());
      })
    ),
    [[20, "closed"], [20, "cancelled true"]],
  );

  bothStyles(
    `forEach() cancels the wait of ${kind} when it is cancelled there`,
    once(({ define, on }, print) =>
      define(function* main() {
        const task = createTask(define(function* () {
          yield* on(forEach(producers(print)[kind]!(), (value) => print(value)));
        }));
        yield* on(sleep(15));
        task.cancel();
        yield* on(wait([task]));
        print("cancelled", task.cancelled());
      })
    ),
    [[10, "0"], [20, "closed"], [20, "cancelled true"]],
  );
}

bothStyles(
  "forEach() throws the error of its producer",
  once(({ define, on }, print) => {
    const failing = asyncGenerator(function* () {
      yield* emit(1);
      yield* sleep(1);
      throw new RangeError("broken");
    });
    return define(function* main() {
      try {
        yield* on(forEach(failing(), (value) => print(value)));
      } catch (error) {
        print(error);
      }
    });
  }),
  [[0, "1"], [1, "RangeError: broken"]],
);

bothStyles(
  "forEach() throws the error of its producer's cleanup instead of its body's",
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
        yield* on(forEach(fragile(), () => {
          throw new RangeError("body failed");
        }));
      } catch (error) {
        print(error);
      }
    });
  }),
  [[0, "RangeError: cleanup failed"]],
);

bothStyles(
  "forEach() runs producers and body as a part of the calling task",
  once(({ define, on }, print) => {
    async function* native() {
      await sleep(1);
      yield currentTask()?.name;
      await sleep(1);
      yield currentTask()?.name;
    }
    return define(function* main() {
      const task = createTask(
        define(function* () {
          yield* on(forEach(
            native(),
            define(function* (name: string | undefined) {
              yield* on(sleep(1));
              print(name, currentTask()?.name);
            }),
          ));
        }),
        { name: "worker" },
      );
      yield* on(task);
    });
  }),
  [[2, "worker worker"], [4, "worker worker"]],
);

bothStyles(
  "forEach() takes plain iterables, closes them, and awaits none of their values",
  once(({ define, on }, print) => {
    function* letters() {
      try {
        yield* "abc";
      } finally {
        print("closed");
      }
    }
    return define(function* main() {
      yield* on(forEach("xy", (letter, index) => print(letter, index)));
      yield* on(forEach([new Future()], (value) => print(value)));
      yield* on(forEach(
        letters(),
        define(function* (letter: string) {
          yield* on(sleep(1));
          print(letter);
          return letter !== "b";
        }),
      ));
    });
  }),
  [[0, "x 0"], [0, "y 1"], [0, "<Future pending>"], [1, "a"], [2, "b"], [2, "closed"]],
);

bothStyles(
  "forEach() closes a producer whose answer and a cancellation come together",
  once(({ define, on }, print) => {
    // The promise is foreign: nothing tells it of the cancellation, and it brings a value all the same.
    const foreign = (answer: Promise<IteratorResult<number>>): AsyncIterable<number> => ({
      [Symbol.asyncIterator]: () => ({
        next: () => answer,
        return() {
          print("closed");
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    });
    return define(function* main() {
      const answer = Promise.withResolvers<IteratorResult<number>>();
      const task = createTask(define(function* () {
        yield* on(forEach(foreign(answer.promise), () => print("never printed")));
      }));
      yield* on(sleep(10));
      task.cancel();
      getRunningLoop().callLater(10, () => answer.resolve({ done: false, value: 1 }));
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    });
  }),
  [[20, "closed"], [20, "cancelled true"]],
);

bothStyles(
  "forEach() needs no return() of an iterator that is left early",
  once(({ define, on }, print) =>
    define(function* main() {
      const endless: AsyncIterable<number> = {
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.resolve({ done: false, value: 1 }),
        }),
      };
      yield* on(forEach(endless, () => false));
      print("after the loop");
    })
  ),
  [[0, "after the loop"]],
);

Deno.test("forEach() refuses what cannot be iterated with TypeError", () => {
  for (const wrong of [5, null, undefined, {}, sleep(1), new Future(), function* () {}]) {
    assertThrows(() => forEach(wrong as never, () => {}), TypeError);
  }
});
