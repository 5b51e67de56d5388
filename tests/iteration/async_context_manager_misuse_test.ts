/**
 * asyncContextManager: bodies that are none, and managers used twice or the wrong way round.
 */
import { assertEquals, assertThrows } from "@std/assert";
import { asyncContextManager, asyncWith, emit, provide, RuntimeError, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { refused } from "../support/misuse.ts";

refused(
  "asyncContextManager() refuses a body that provides nothing",
  RuntimeError,
  function* ({ on }) {
    const empty = asyncContextManager(function* () {
      yield* sleep(0);
    });
    yield* on(asyncWith(empty(), () => {}));
  },
);

for (
  const [how, body] of [
    ["ends", () => {}],
    ["throws", () => {
      throw new RangeError("block failed");
    }],
  ] as const
) {
  bothStyles(
    `asyncContextManager() refuses and closes a body that provides twice when the block ${how}`,
    once(({ define, on }, print) => {
      const twice = asyncContextManager(function* () {
        try {
          yield* provide(1);
        } catch {
          print("caught");
        }
        try {
          yield* provide(2);
        } finally {
          yield* sleep(1);
          print("closed");
        }
      });
      return define(function* main() {
        try {
          yield* on(asyncWith(twice(), body));
        } catch (error) {
          print(error instanceof RuntimeError);
        }
      });
    }),
    [...how === "throws" ? [[0, "caught"] as const] : [], [1, "closed"], [1, "true"]],
  );
}

refused(
  "asyncContextManager() refuses to be entered twice",
  RuntimeError,
  function* ({ on }) {
    const cm = asyncContextManager(function* () {
      yield* provide(1);
    })();
    yield* on(asyncWith(cm, () => {}));
    yield* on(asyncWith(cm, () => {}));
  },
);

refused(
  "asyncContextManager() refuses to be left before it was entered",
  RuntimeError,
  function* ({ on }) {
    const cm = asyncContextManager(function* () {
      yield* provide(1);
    })();
    yield* on(cm.exit(null));
  },
);

refused(
  "asyncContextManager() refuses emit() in its body",
  RuntimeError,
  function* ({ on }) {
    const wrong = asyncContextManager(function* () {
      yield* emit(1);
    });
    yield* on(asyncWith(wrong(), () => {}));
  },
);

Deno.test("asyncContextManager() refuses what is no generator function with TypeError", () => {
  assertThrows(() => asyncContextManager(5 as never), TypeError);
  const native = asyncContextManager(async function* () {} as never);
  assertThrows(() => native(), TypeError);
});

Deno.test("asyncContextManager() keeps name and length of its function", () => {
  const cm = asyncContextManager(function* open(_a: number, _b: number) {
    yield* provide(1);
  });
  assertEquals([cm.name, cm.length], ["open", 2]);
});
