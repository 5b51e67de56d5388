/**
 * Debug mode reports what a failed gather leaves running, because nobody else knows of it.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { createTask, DebugWarning, gather, sleep } from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { contextsOf, describeReport, reported } from "../support/reports.ts";

reported(
  "gather() that fails reports the children that it has started and that run on",
  once(({ define, on }, print) => {
    const fails = define(function* fails() {
      yield* on(sleep(10));
      throw new Error("first");
    });
    return define(function* main() {
      const known = createTask(sleep(50), { name: "known" });
      try {
        yield* on(gather([fails(), known]));
      } catch (error) {
        print("caught", error, known.done());
      }
      yield* on(known);
    });
  }),
  // A task that somebody else has made is no orphan.
  [[10, "caught Error: first false"]],
);

reported(
  "gather() that succeeds, is cancelled, or returns errors leaves no orphans",
  once(({ define, on }, print) => {
    const fails = define(function* fails() {
      yield* on(sleep(10));
      throw new Error("one of them");
    });
    return define(function* main() {
      yield* on(gather([sleep(1), sleep(2)]));
      print(yield* on(gather([fails(), sleep(20, "other")], { returnExceptions: true })));
      const all = gather([sleep(50), sleep(60)]);
      all.cancel();
      try {
        yield* on(all);
      } catch (error) {
        print(error);
      }
    });
  }),
  [[22, "Error: one of them,other"], [22, "CancelledError"]],
);

for (const style of ["generator", "async"] as const) {
  Deno.test(`OrphansLeft names some orphans, counts the others, and has the failure as its cause (${style})`, async () => {
    const failure = new Error("first");
    const program = once(({ define, on }) => {
      const fails = define(function* fails() {
        yield* on(sleep(10));
        throw failure;
      });
      return define(function* main() {
        const tasks = Array.from({ length: 5 }, (_, i) => sleep(50 + i));
        try {
          yield* on(gather([fails(), ...tasks]));
        } catch (error) {
          assertEquals(error, failure);
        }
        yield* on(sleep(100));
      });
    });
    const contexts = await contextsOf(program[style](() => {}));
    assertEquals(contexts.length, 1);
    const { exception, future } = contexts[0]!;
    if (!(exception instanceof DebugWarning)) throw exception;
    assertEquals([exception.kind, exception.cause, future?.done()], ["OrphansLeft", failure, true]);
    assertMatch(exception.message, /"Task-\d+", "Task-\d+", "Task-\d+" and 2 more/);
    assertMatch(describeReport(contexts[0]!), /, made in main, because of Error: first$/);
  });
}
