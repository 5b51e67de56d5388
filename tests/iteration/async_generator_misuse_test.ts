/**
 * asyncGenerator: bodies that are none, and two users at once.
 */
import { assertEquals, assertThrows } from "@std/assert";
import {
  asyncGenerator,
  type CoroutineAsyncGenerator,
  createTask,
  emit,
  provide,
  run,
  RuntimeError,
  sleep,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { refused } from "../support/misuse.ts";
import { ticking } from "./ticking.ts";

bothStyles(
  "asyncGenerator() refuses the second of two tasks that ask at once",
  once(({ define, on }, print) =>
    define(function* main() {
      const it = ticking(print)(1);
      const first = createTask(it.next());
      yield* on(sleep(1));
      for (const ask of [() => it.next(), () => it.return(), () => it.throw(new Error())]) {
        try {
          yield* on(ask());
        } catch (error) {
          print(error instanceof RuntimeError);
        }
      }
      print((yield* on(first)).value);
      print((yield* on(it.next())).done);
    })
  ),
  [
    [1, "true"],
    [1, "true"],
    [1, "true"],
    [10, "0"],
    [10, "ended"],
    [15, "cleaned up"],
    [15, "true"],
  ],
);

refused(
  "asyncGenerator() refuses a body that asks itself for a value",
  RuntimeError,
  function* ({ on }) {
    const selves: CoroutineAsyncGenerator<unknown>[] = [];
    const ask = asyncGenerator(function* () {
      yield* emit(yield* selves[0]!.next());
    });
    const it = ask();
    selves.push(it);
    yield* on(it.next());
  },
);

refused(
  "asyncGenerator() refuses provide() in its body",
  RuntimeError,
  function* ({ on }) {
    yield* on(
      asyncGenerator(function* () {
        yield* provide(1);
      })().next(),
    );
  },
);

refused(
  "asyncGenerator() refuses a yield without the star in its body",
  RuntimeError,
  function* ({ on }) {
    yield* on(
      asyncGenerator(function* () {
        yield 5;
      })().next(),
    );
  },
);

Deno.test("emit() is refused with RuntimeError in a coroutine that is no asyncGenerator", async () => {
  const seen: unknown[] = [];
  await run(function* () {
    try {
      yield* emit(1);
    } catch (error) {
      seen.push(error instanceof RuntimeError);
    }
  });
  assertEquals(seen, [true]);
});

refused("asyncGenerator() refuses to run one step twice", RuntimeError, function* ({ on }) {
  const step = asyncGenerator(function* () {
    yield* emit(1);
  })().next();
  yield* on(step);
  yield* on(step);
});

Deno.test("asyncGenerator() refuses what is no generator function with TypeError", () => {
  assertThrows(() => asyncGenerator(5 as never), TypeError);
  const native = asyncGenerator(async function* () {} as never);
  assertThrows(() => native(), TypeError);
});
