/**
 * Groups, timeouts and runners that are used before they are open, after they are closed, or twice.
 */
import { assertEquals } from "@std/assert";
import {
  asyncWith,
  ExceptionGroup,
  run,
  Runner,
  RuntimeError,
  sleep,
  type Startable,
  TaskGroup,
  timeout,
  VirtualClock,
} from "../mod.ts";
import { bothStyles, once } from "./support/both_styles.ts";
import { refused, thrownBy } from "./support/misuse.ts";

refused(
  "TaskGroup.createTask() throws RuntimeError when the group was not entered",
  RuntimeError,
  // deno-lint-ignore require-yield -- it throws
  function* () {
    new TaskGroup().createTask(sleep(0));
  },
);

refused(
  "TaskGroup.createTask() throws RuntimeError when the group is closed",
  RuntimeError,
  function* ({ on }) {
    const group = new TaskGroup();
    yield* on(asyncWith(group, () => {}));
    group.createTask(sleep(0));
  },
);

refused("TaskGroup throws RuntimeError when it is entered twice", RuntimeError, function* ({ on }) {
  const group = new TaskGroup();
  yield* on(asyncWith(group, () => {}));
  yield* on(asyncWith(group, () => {}));
});

refused(
  "TaskGroup.start() throws RuntimeError when the group is closed",
  RuntimeError,
  function* ({ on }) {
    const group = new TaskGroup();
    yield* on(asyncWith(group, () => {}));
    yield* on(group.start<void>(() => sleep(0)));
  },
);

refused(
  "TaskGroup.start() throws RuntimeError when the child ends without calling started",
  RuntimeError,
  function* ({ define, on }) {
    let caught: unknown;
    yield* on(TaskGroup.run(define(function* (group) {
      try {
        yield* on(group.start<void>(() => sleep(0)));
      } catch (error) {
        caught = error;
      }
    })));
    throw caught;
  },
);

Deno.test("TaskGroup throws RangeError when its options are out of range", () => {
  const options = [{ limit: 0 }, { limit: -1 }, { limit: 1.5 }, { limit: NaN }, {
    onError: "stop",
  }];
  assertEquals(
    options.map((option) => thrownBy(() => new TaskGroup(option as { limit: number }))),
    options.map(() => "RangeError"),
  );
});

bothStyles(
  "TaskGroup.createTask() throws TypeError when the child cannot be started and keeps the others",
  once(({ define, on }, print) => {
    const body = define(function* (group: TaskGroup) {
      group.createTask(define(function* () {
        yield* on(sleep(10));
        print("sibling ends");
      }));
      print(thrownBy(() => group.createTask(5 as unknown as Startable<void>)));
      yield* on(sleep(5));
      print("body ends");
    });
    return define(function* main() {
      yield* on(TaskGroup.run(body));
      print("group ends");
    });
  }),
  [[0, "TypeError"], [5, "body ends"], [10, "sibling ends"], [10, "group ends"]],
);

bothStyles(
  "TaskGroup.createTask() throws RuntimeError when a child has failed",
  once(({ define, on }, print) => {
    const body = define(function* (group: TaskGroup) {
      group.createTask(define(function* () {
        yield* on(sleep(10));
        throw new Error("boom");
      }));
      try {
        yield* on(sleep(1000));
      } finally {
        print(thrownBy(() => group.createTask(sleep(0))));
      }
    });
    return define(function* main() {
      try {
        yield* on(TaskGroup.run(body));
      } catch (error) {
        print(error instanceof ExceptionGroup && error.errors.join(", "));
      }
      yield* on(sleep(10));
      print("main goes on");
    });
  }),
  [[10, "RuntimeError"], [10, "Error: boom"], [20, "main goes on"]],
);

refused("Timeout throws RuntimeError when it is entered twice", RuntimeError, function* ({ on }) {
  const cm = timeout(1000);
  yield* on(asyncWith(cm, () => {}));
  yield* on(asyncWith(cm, () => {}));
});

refused(
  "Timeout.reschedule() throws RuntimeError when the timeout was not entered",
  RuntimeError,
  // deno-lint-ignore require-yield -- it throws
  function* () {
    timeout(1000).reschedule(5);
  },
);

refused(
  "Timeout.reschedule() throws RuntimeError when the block was left",
  RuntimeError,
  function* ({ on }) {
    const cm = timeout(1000);
    yield* on(asyncWith(cm, () => {}));
    cm.reschedule(5);
  },
);

Deno.test("Runner.run() throws RuntimeError when the runner is running or closed", async () => {
  const runner = new Runner({ clock: new VirtualClock() });
  const nameOf = (error: unknown) => (error as Error).constructor.name;
  const first = runner.run(() => sleep(10, "first"));
  assertEquals(await runner.run(() => "second").catch(nameOf), "RuntimeError");
  assertEquals(await first, "first");
  assertEquals(await runner.run(() => "third"), "third");
  await runner.close();
  await runner.close();
  assertEquals(await runner.run(() => "fourth").catch(nameOf), "RuntimeError");
});

Deno.test("run() throws TypeError when main cannot be started", async () => {
  const nameOf = (error: unknown) => (error as Error).constructor.name;
  for (const nonsense of [5, null, undefined, {}, "text"] as unknown as Startable<void>[]) {
    assertEquals(await run(nonsense).then(() => "nothing", nameOf), "TypeError");
  }
  assertEquals(await run(() => "next run"), "next run");
});
