/**
 * Blocks that are given what cannot be entered, or what is no body.
 */
import { assertEquals, assertThrows } from "@std/assert";
import {
  asyncContextManager,
  asyncWith,
  createTask,
  forEach,
  Lock,
  moveOnAfter,
  provide,
  run,
  sleep,
  TaskGroup,
  timeout,
  timeoutAt,
  waitFor,
} from "../mod.ts";
import { bothStyles, once } from "./support/both_styles.ts";
import { thrownBy } from "./support/misuse.ts";

const opened = asyncContextManager(function* () {
  yield* provide("open");
});

for (
  const [what, manager] of [
    ["an object", {}],
    ["null", null],
    ["a class", TaskGroup],
    ["a function that makes a manager", opened],
    ["what acquires a lock", new Lock().acquire()],
  ] as const
) {
  Deno.test(`asyncWith() throws TypeError at once when it is given ${what}`, () => {
    assertThrows(() => asyncWith(manager as never, () => {}), TypeError);
  });
}

bothStyles(
  "asyncWith(), TaskGroup.run() and forEach() throw TypeError at once when the body is no function",
  once(({ define, on }, print) =>
    define(function* main() {
      const generator = (function* () {
        yield* sleep(1);
      })();
      for (const body of [undefined, generator, createTask(sleep(1))] as never[]) {
        print(thrownBy(() => asyncWith(new Lock(), body)));
        print(thrownBy(() => asyncWith(timeout(1), body)));
        print(thrownBy(() => TaskGroup.run(body)));
        print(thrownBy(() => forEach([1], body)));
      }
      yield* on(sleep(10));
      print("main goes on");
    })
  ),
  [
    ...Array.from({ length: 12 }, () => [0, "TypeError"] as const),
    [10, "main goes on"],
  ],
);

Deno.test("timeout(), timeoutAt(), moveOnAfter() and waitFor() throw TypeError without a time", async () => {
  const none = undefined as unknown as number;
  const thrown = await run(() =>
    [
      () => timeout(none),
      () => timeoutAt(none),
      () => moveOnAfter(none),
      () => waitFor(sleep(1), none),
    ].map(thrownBy)
  );
  assertEquals(thrown, ["TypeError", "TypeError", "TypeError", "TypeError"]);
});
