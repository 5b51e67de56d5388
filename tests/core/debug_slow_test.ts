/**
 * Debug mode reports what keeps others from running. How long a step takes is decided by the tests.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { createTask, DebugWarning, Future, getRunningLoop, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { busy } from "../support/host_time.ts";
import { contextsOf, reported } from "../support/reports.ts";

reported(
  "EventLoop.debug reports a slow step between its two waits",
  once(({ define, on }) => {
    const crunch = define(function* crunch() {
      yield* on(sleep(10));
      busy(187);
      yield* on(sleep(5));
      busy(99);
    });
    return define(function* main() {
      yield* on(createTask(crunch, { name: "cruncher" }));
    });
  }),
  [[10, "SlowStep cruncher, after sleep(10) in crunch, up to sleep(5) in crunch, made in main"]],
);

reported(
  "EventLoop.debug reports a slow first step and a slow last one",
  once(({ define, on }) => {
    const crunch = define(function* crunch() {
      busy(100);
      yield* on(sleep(10));
      busy(100);
    });
    return define(function* main() {
      yield* on(createTask(crunch, { name: "cruncher" }));
    });
  }),
  [
    [0, "SlowStep cruncher, from its start, up to sleep(10) in crunch, made in main"],
    [10, "SlowStep cruncher, after sleep(10) in crunch, to its end, made in main"],
  ],
);

reported(
  "EventLoop.debug reports slow callbacks of every kind",
  once(({ define, on }) => {
    return define(function* main() {
      const loop = getRunningLoop();
      const future = new Future<number>();
      future.addDoneCallback(function notify() {
        busy(150);
      });
      loop.callSoon(() => future.setResult(42));
      loop.callSoon(function soon() {
        busy(150);
      });
      loop.callLater(10, function later() {
        busy(150);
      });
      yield* on(sleep(20));
    });
  }),
  [
    [0, "SlowCallback <Handle soon>"],
    [0, "SlowCallback a future"],
    [10, "SlowCallback <TimerHandle later>"],
  ],
);

for (const style of ["generator", "async"] as const) {
  Deno.test(`EventLoop.debug does not charge a task for one that it starts eagerly (${style})`, async () => {
    const program = once(({ define, on }) => {
      const eager = define(function* (ms: number) {
        busy(ms);
        yield* on(sleep(1));
      });
      return define(function* main() {
        yield* on(sleep(10));
        createTask(() => eager(150), { name: "slow", eagerStart: true });
        yield* on(sleep(10));
        const task = createTask(() => eager(60), { name: "quick", eagerStart: true });
        busy(60);
        yield* on(task);
      });
    });
    const contexts = await contextsOf(program[style](() => {}));
    assertEquals(contexts.map(({ task }) => task?.name), ["slow"]);
  });
}

reported(
  "EventLoop.slowCallbackMs is what a step may take",
  once(({ define, on }) => {
    const crunch = define(function* crunch() {
      busy(150);
      yield* on(sleep(10));
      busy(200);
    });
    return define(function* main() {
      getRunningLoop().slowCallbackMs = 200;
      yield* on(createTask(crunch, { name: "cruncher" }));
    });
  }),
  [[10, "SlowStep cruncher, after sleep(10) in crunch, to its end, made in main"]],
);

Deno.test("DebugWarning says how long a step took and where the task was made", async () => {
  const [context] = await contextsOf(function* main() {
    yield* sleep(10);
    busy(187);
  });
  const { exception, task } = context!;
  if (!(exception instanceof DebugWarning)) throw exception;
  assertEquals([exception.kind, exception.name], ["SlowStep", "SlowStep"]);
  assertMatch(exception.message, /187 ms/);
  assertMatch(exception.message, new RegExp(`"${task!.name}"`));
  assertMatch(
    exception.where[0]!,
    /^after sleep\(10\), at main \(file:.*debug_slow_test\.ts:\d+:\d+\)$/,
  );
  assertMatch(exception.stack!, /^SlowStep: .*\n {4}after sleep/);
});

bothStyles(
  "EventLoop.debug can be switched on and off while tasks run",
  once(({ define, on }, print) => {
    return define(function* main() {
      const loop = getRunningLoop();
      loop.slowCallbackMs = 0;
      loop.setExceptionHandler((_loop, { exception }) =>
        print(exception instanceof DebugWarning ? exception.kind : exception)
      );
      for (const debug of [true, true, false, false]) {
        loop.debug = debug;
        yield* on(sleep(10));
        print("debug", loop.debug);
      }
    });
  }),
  [
    [0, "SlowStep"],
    [10, "debug true"],
    [10, "SlowStep"],
    [20, "debug true"],
    [30, "debug false"],
    [40, "debug false"],
  ],
);
