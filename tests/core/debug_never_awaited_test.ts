/**
 * Debug mode reports coroutines that nobody awaits: when their loop closes, or when they are collected.
 */
import { assertEquals } from "@std/assert";
import {
  asCompleted,
  coroutine,
  createTask,
  DebugWarning,
  ensureFuture,
  EventLoop,
  RuntimeError,
  sleep,
  TaskGroup,
  waitFor,
} from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { collectGarbage } from "../support/garbage.ts";
import { contextsOf, reported } from "../support/reports.ts";

const nested = coroutine(function* nested() {
  yield* sleep(1);
});

reported(
  "Coroutine is reported when it was never awaited, with where it was made",
  once(({ define, on }) => {
    // Kept, so that they are told at the end, and not when V8 happens to collect them.
    const forgotten: unknown[] = [];
    const forgetful = define(function* forgetful() {
      forgotten.push(nested());
      yield* on(sleep(5));
    });
    return define(function* main() {
      yield* on(forgetful());
      forgotten.push(sleep(7));
      yield* on(sleep(5));
    });
  }),
  [
    [10, "CoroutineNeverAwaited, made in forgetful"],
    [10, "CoroutineNeverAwaited, made in main"],
  ],
);

reported(
  "Coroutine is not reported when it was started, cancelled before its first step, or closed",
  once(({ define, on }, print) => {
    return define(function* main() {
      createTask(nested()).cancel();
      nested().close();
      yield* on(waitFor(nested(), 10));
      for (const next of asCompleted([nested(), nested()])) {
        yield* on(next);
        break;
      }
      const group = new TaskGroup();
      try {
        group.createTask(nested());
      } catch (error) {
        print("refused", error instanceof RuntimeError);
      }
      yield* on(sleep(5));
    });
  }),
  [[2, "refused true"]],
);

Deno.test("Coroutine that was never awaited is reported when it is collected, by its name and place", async () => {
  const reports: unknown[] = [];
  const loop = new EventLoop({ debug: true });
  loop.slowCallbackMs = Infinity; // how long a step takes is up to the machine
  loop.setExceptionHandler((_loop, { exception }) => reports.push(exception));
  await loop.runUntilComplete(() => {
    nested();
  });
  assertEquals(reports.length, 0);
  await collectGarbage();
  const [report, ...others] = reports;
  loop.close();
  if (!(report instanceof DebugWarning)) throw report;
  assertEquals([others.length, reports.length], [0, 1]);
  assertEquals(report.kind, "CoroutineNeverAwaited");
  assertEquals(/"nested"/.test(report.message), true);
  assertEquals(/^made at .*debug_never_awaited_test\.ts:\d+:\d+\)?$/.test(report.where[0]!), true);
});

Deno.test("Coroutine that was never awaited belongs to the loop that ran when it was made", async () => {
  const contexts = await contextsOf(function* main() {
    yield* sleep(1);
  });
  const plain = new EventLoop();
  plain.setExceptionHandler((_loop, context) => contexts.push(context));
  await plain.runUntilComplete(() => {
    nested();
  });
  plain.close();
  assertEquals(contexts, []);
});

Deno.test("Coroutine that was never awaited can be collected while the loop runs on in debug mode", async () => {
  const reports: unknown[] = [];
  const collected = Promise.withResolvers<void>();
  const loop = new EventLoop({ debug: true });
  loop.slowCallbackMs = Infinity; // how long a step takes is up to the machine
  loop.setExceptionHandler((_loop, { exception }) => {
    reports.push(exception);
    collected.resolve();
  });
  // What it was made by keeps it alive, and must not be kept alive by the record of where it was made.
  class Forgetful {
    made: unknown = null;
    forget() {
      this.made = nested();
    }
  }
  await loop.runUntilComplete(async () => {
    new Forgetful().forget();
    await sleep(0);
    await ensureFuture(Promise.all([collectGarbage(), collected.promise]));
    assertEquals(reports.length, 1);
  });
  loop.close();
  assertEquals(reports.length, 1);
});
