/**
 * Debug mode names the tasks that a loop still has when it is closed.
 */
import { assertEquals, assertMatch } from "@std/assert";
import {
  createTask,
  DebugWarning,
  EventLoop,
  type ExceptionContext,
  gather,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { describeReport } from "../support/reports.ts";

async function reportsOfClosing(debug: boolean, style: "generator" | "async") {
  const contexts: ExceptionContext[] = [];
  const loop = new EventLoop({ debug, clock: new VirtualClock() });
  loop.setExceptionHandler((_loop, context) => contexts.push(context));
  const program = once(({ define, on }) => {
    const waits = define(function* waits() {
      yield* on(sleep(1000));
    });
    const gathers = define(function* gathers() {
      yield* on(gather([sleep(1000)]));
    });
    return define(function* main() {
      createTask(waits, { name: "a" });
      createTask(gathers, { name: "b" });
      yield* on(sleep(10));
      createTask(waits, { name: "at once" });
    });
  });
  await loop.runUntilComplete(program[style](() => {}));
  loop.close();
  return contexts;
}

for (const style of ["generator", "async"] as const) {
  Deno.test(`EventLoop.close() reports unfinished tasks in debug mode, each once (${style})`, async () => {
    const contexts = await reportsOfClosing(true, style);
    const reports = contexts.map(describeReport).filter((report) => !/Task-\d/.test(report));
    assertEquals(reports, [
      "TaskDestroyed a, waited in waits, made in main",
      "TaskDestroyed b, waited in gathers, made in main",
      "TaskDestroyed at once, waited in waits, made in main",
    ]);
    for (const { exception } of contexts) {
      if (!(exception instanceof DebugWarning)) throw exception;
      assertMatch(exception.message, /^task "/);
    }
  });

  Deno.test(`EventLoop.close() says nothing of unfinished tasks with debug mode off (${style})`, async () => {
    assertEquals((await reportsOfClosing(false, style)).map(describeReport), []);
  });
}
