/** `settle`: when it returns, and what it leaves alone. */
import { assertEquals, assertThrows } from "@std/assert";
import {
  createTask,
  type EventLoop,
  Future,
  getRunningLoop,
  run,
  Runner,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { settle } from "../../src/testing/mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "settle() returns when all other tasks wait, and time has not moved",
  once(({ define, on }, print) => {
    const gate = new Future<void>();
    const worker = define(function* (name: string, steps: number) {
      for (let i = 0; i < steps; i++) yield* on(sleep(0));
      print(name, "waits");
      yield* on(gate);
      print(name, "goes on");
      yield* on(sleep(5));
      print(name, "ends");
    });
    return define(function* main() {
      const tasks = [1, 30].map((steps, i) => createTask(() => worker(`worker ${i}`, steps)));
      yield* on(settle());
      print("settled");
      gate.setResult();
      yield* on(settle());
      print("settled again");
      for (const task of tasks) yield* on(task);
    });
  }),
  [
    [0, "worker 0 waits"],
    [0, "worker 1 waits"],
    [0, "settled"],
    [0, "worker 0 goes on"],
    [0, "worker 1 goes on"],
    [0, "settled again"],
    [5, "worker 0 ends"],
    [5, "worker 1 ends"],
  ],
);

bothStyles(
  "settle() waits for an async function that awaits finished promises",
  once(({ define, on }, print) => {
    return define(function* main() {
      createTask(async () => {
        for (let i = 0; i < 200; i++) await null;
        print("microtasks are done");
      });
      yield* on(settle());
      print("settled");
    });
  }),
  [[0, "microtasks are done"], [0, "settled"]],
);

bothStyles(
  "settle() waits for work that takes several turns of the host",
  once(({ define, on }, print) => {
    return define(function* main() {
      createTask(define(function* () {
        const end = performance.now() + 20;
        while (performance.now() < end) yield* on(sleep(0));
        print("work is done");
      }));
      yield* on(settle());
      print("settled");
    });
  }),
  [[0, "work is done"], [0, "settled"]],
);

bothStyles(
  "settle() returns in several tasks at once, and is left quietly when its task is cancelled",
  once(({ define, on }, print) => {
    const settler = define(function* (name: string) {
      try {
        yield* on(settle());
        print(name, "settled");
      } catch (error) {
        print(name, (error as Error).name);
      }
    });
    return define(function* main() {
      const tasks = ["a", "b", "c"].map((name) => createTask(() => settler(name)));
      yield* on(sleep(0));
      tasks[1]!.cancel();
      for (const task of tasks) yield* on(task);
      yield* on(sleep(10));
      print("main goes on");
    });
  }),
  [[0, "b CancelledError"], [0, "a settled"], [0, "c settled"], [10, "main goes on"]],
);

Deno.test("settle() waits for another loop from outside, and returns for one that does not run", async () => {
  const events: string[] = [];
  const gate = new Future<void>();
  await using runner = new Runner({ clock: new VirtualClock({ autojump: false }) });
  const loop: EventLoop = runner.getLoop();
  await settle(loop);
  const running = runner.run(async () => {
    events.push("waits");
    await gate;
    events.push("goes on");
  });
  await settle(loop);
  events.push("settled");
  loop.callSoonThreadsafe(() => gate.setResult());
  await settle(loop);
  events.push("settled again");
  await running;
  await settle(loop);
  assertEquals(events, ["waits", "settled", "goes on", "settled again"]);
});

Deno.test("settle() throws TypeError when it is given no event loop", async () => {
  for (const loop of [null, 42, {}, "loop"]) {
    assertThrows(() => settle(loop as unknown as EventLoop), TypeError);
  }
  assertEquals(await run(async () => await settle(getRunningLoop())), undefined);
});
