/**
 * A failure that nobody looks at: reported when its loop closes, and after a second in debug mode.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { createTask, Future, gather, sleep, wait } from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { contextsOf, reported } from "../support/reports.ts";

reported(
  "Task that failed is reported after a second in which nobody looked, and once",
  once(({ define, on }, print) => {
    const bad = define(function* bad() {
      yield* on(sleep(500));
      throw new Error("boom");
    });
    return define(function* main() {
      createTask(bad, { name: "bad" });
      yield* on(sleep(2000));
      print("main ends");
    });
  }),
  [[1500, "Error: boom, made in main"], [2000, "main ends"]],
);

reported(
  "Failure is not reported when somebody looked in time",
  once(({ define, on }, print) => {
    const bad = define(function* bad() {
      yield* on(sleep(500));
      throw new Error("boom");
    });
    return define(function* main() {
      const task = createTask(bad);
      const future = new Future<void>();
      future.setException(new Error("unnoticed"));
      yield* on(wait([task]));
      yield* on(sleep(999));
      print(task.exception(), future.exception());
      print(yield* on(gather([bad()], { returnExceptions: true })));
      yield* on(sleep(2000));
    });
  }),
  [
    [1000, "Error: unnoticed"],
    [1499, "Error: boom Error: unnoticed"],
    [1999, "Error: boom"],
  ],
);

reported(
  "Failure that came less than a second before its loop closes is reported then",
  once(({ define, on }) => {
    const bad = define(function* bad() {
      yield* on(sleep(500));
      throw new Error("boom");
    });
    return define(function* main() {
      createTask(bad);
      yield* on(sleep(600));
    });
  }),
  [[600, "Error: boom, made in main"]],
);

Deno.test("Failure that nobody looked at says where its task was made", async () => {
  const [context, ...others] = await contextsOf(function* main() {
    createTask(() => {
      throw new Error("boom");
    }, { name: "bad" });
    yield* sleep(1);
  });
  assertEquals(others, []);
  assertMatch(context!.message, /^task "bad" /);
  assertMatch(context!.madeAt!, /^main \(.*debug_failure_test\.ts:\d+:\d+\)/);
});
