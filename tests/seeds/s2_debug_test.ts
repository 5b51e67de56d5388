/**
 * The chapter's debug mode: what it warns of. A forgotten await is the other documents' warning too.
 */
import { coroutine, createTask, getRunningLoop, sleep } from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { busy } from "../support/host_time.ts";
import { reported } from "../support/reports.ts";

// S2-E23, S2-C22, S2-X3: `took 0.187 seconds`; the environment variable is in core/debug_environment_test.ts.
reported(
  "run() in debug mode warns of a heavy loop in a coroutine, with task, place and time",
  once(({ define, on }) => {
    const heavy = define(function* heavy() {
      yield* on(sleep(10));
      busy(187); // for i in range(10_000_000)
      yield* on(sleep(10));
    });
    return define(function* main() {
      yield* on(createTask(heavy, { name: "heavy" }));
    });
  }),
  [[10, "SlowStep heavy, after sleep(10) in heavy, up to sleep(10) in heavy, made in main"]],
);

// S2-C22: the threshold can be set.
reported(
  "run() in debug mode takes a step as slow from slowCallbackMs on, which is 100 at first",
  once(({ define, on }, print) => {
    const heavy = define(function* heavy() {
      busy(50);
      yield* on(sleep(10));
    });
    return define(function* main() {
      const loop = getRunningLoop();
      print(loop.slowCallbackMs);
      yield* on(createTask(heavy, { name: "unnoticed" }));
      loop.slowCallbackMs = 50;
      yield* on(createTask(heavy, { name: "noticed" }));
    });
  }),
  [[0, "100"], [10, "SlowStep noticed, from its start, up to sleep(10) in heavy, made in main"]],
);

// S3-P1: a blocking sleep stops the ticker, and is noticed.
reported(
  "run() in debug mode warns of a sleep that blocks the thread",
  once(({ define, on }, print) => {
    const ticker = define(function* ticker() {
      for (let i = 0; i < 3; i++) {
        yield* on(sleep(10));
        print("tick");
      }
    });
    const blocks = define(function* blocks() {
      yield* on(sleep(15));
      busy(1000); // time.sleep(1)
    });
    return define(function* main() {
      const tick = createTask(ticker);
      yield* on(createTask(blocks, { name: "blocks" }));
      yield* on(tick);
    });
  }),
  [
    [10, "tick"],
    [15, "SlowStep blocks, after sleep(15) in blocks, to its end, made in main"],
    [20, "tick"],
    [30, "tick"],
  ],
);

const nested = coroutine(function* nested() {
  yield* sleep(1);
  return 42;
});
const coroutineAddOne = coroutine(function* coroutineAddOne(number: number) {
  yield* sleep(1);
  return number + 1;
});

// S1-O1, S2-C23: nothing runs; the document prints the right line only.
reported(
  "Coroutine that is called and not awaited does not run, and debug mode says so",
  once(({ define, on }, print) => {
    return define(function* main() {
      nested();
      print(yield* on(nested()));
    });
  }),
  [[1, "42"], [1, "CoroutineNeverAwaited, made in main"]],
);

// S3-O1: in place of the address the object has its name.
reported(
  "Coroutine that is printed instead of awaited names itself, and debug mode warns",
  once(({ define, on }, print) => {
    return define(function* main() {
      const result = coroutineAddOne(1);
      print("Coroutine result is", result, "and the type is", result.constructor.name);
      print("Awaited it is", yield* on(coroutineAddOne(1)));
    });
  }),
  [
    [0, "Coroutine result is <Coroutine coroutineAddOne> and the type is GeneratorCoroutine"],
    [1, "Awaited it is 2"],
    [1, "CoroutineNeverAwaited, made in main"],
  ],
);

// S3-C9: a sleep is a coroutine too.
reported(
  "sleep() without an await is warned of in debug mode",
  once(({ define, on }) => {
    return define(function* main() {
      sleep(1000);
      yield* on(sleep(1));
    });
  }),
  [[1, "CoroutineNeverAwaited, made in main"]],
);
