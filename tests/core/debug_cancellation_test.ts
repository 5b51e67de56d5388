/**
 * Debug mode reports a task that was asked to end and returned as if it had not been.
 */
import { assertEquals, assertMatch } from "@std/assert";
import {
  asyncWith,
  type Awaitable,
  CancelledError,
  createTask,
  currentTask,
  DebugWarning,
  moveOnAfter,
  shieldScope,
  sleep,
  TaskGroup,
  wait,
  waitFor,
} from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { contextsOf, reported } from "../support/reports.ts";

reported(
  "Task that swallows its cancellation is reported, with who has cancelled it as the cause",
  once(({ define, on }, print) => {
    const stubborn = define(function* stubborn() {
      try {
        yield* on(sleep(100));
      } catch {
        yield* on(sleep(5));
      }
      return "normal";
    });
    return define(function* main() {
      const task = createTask(stubborn, { name: "stubborn" });
      yield* on(sleep(10));
      task.cancel("enough");
      yield* on(wait([task]));
      print(task.result(), task.cancelled(), task.cancelling());
    });
  }),
  [
    [15, "CancellationSwallowed stubborn, made in main, because of CancelledError: enough"],
    [15, "normal false 1"],
  ],
);

reported(
  "Task that ends as it was asked to, or takes the request back, is not reported",
  once(({ define, on }, print) => {
    const obedient = define(function* () {
      try {
        yield* on(sleep(100));
      } finally {
        yield* on(sleep(5));
      }
    });
    const relieved = define(function* () {
      try {
        yield* on(sleep(100));
      } catch {
        currentTask()!.uncancel();
      }
    });
    const failing = define(function* () {
      try {
        yield* on(sleep(100));
      } catch {
        throw new RangeError("instead");
      }
    });
    return define(function* main() {
      const tasks = [obedient, relieved, failing].map((body) => createTask(body));
      yield* on(sleep(10));
      for (const task of tasks) task.cancel();
      yield* on(wait(tasks));
      print(tasks[0]!.cancelled(), tasks[1]!.cancelled(), tasks[2]!.exception());
    });
  }),
  [[15, "true false RangeError: instead"]],
);

reported(
  "Timeouts, groups and shielded scopes that cancel a task are not reported",
  once(({ define, on }, print) => {
    const slow = define(function* () {
      yield* on(sleep(100));
    });
    const failing = define(function* () {
      yield* on(sleep(10));
      throw new Error("child");
    });
    const errorOf = define(function* (aw: Awaitable<unknown>) {
      try {
        yield* on(aw);
      } catch (error) {
        print((error as Error).name);
      }
    });
    return define(function* main() {
      yield* on(asyncWith(moveOnAfter(10), slow));
      yield* on(errorOf(waitFor(shieldScope(failing), 5)));
      yield* on(errorOf(TaskGroup.run((group) => {
        group.createTask(failing);
        return slow();
      })));
    });
  }),
  [[20, "Error"], [30, "ExceptionGroup"]],
);

Deno.test("CancellationSwallowed says where the task was made and where it was cancelled", async () => {
  const contexts = await contextsOf(function* main() {
    const task = createTask(function* () {
      try {
        yield* sleep(100);
      } catch {
        // and no word of it
      }
    });
    yield* sleep(10);
    task.cancel("enough");
    yield* task;
  });
  const { exception } = contexts[0]!;
  if (!(exception instanceof DebugWarning)) throw exception;
  const { cause } = exception;
  if (!(cause instanceof CancelledError)) throw cause;
  assertEquals([exception.kind, cause.message], ["CancellationSwallowed", "enough"]);
  assertMatch(exception.where[0]!, /^made at main \(.*debug_cancellation_test\.ts/);
  assertMatch(cause.stack!, /^CancelledError: enough\n {4}at main \(.*debug_cancellation_test\.ts/);
});
