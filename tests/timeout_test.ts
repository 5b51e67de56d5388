import { assertEquals } from "@std/assert";
import {
  asyncWith,
  type CoroutineGenerator,
  createTask,
  getRunningLoop,
  run,
  sleep,
  timeout,
  VirtualClock,
} from "../mod.ts";

Deno.test("asyncWith() sets no timer for a timeout before its body waits", async () => {
  const timers: number[] = [];
  await run(function* () {
    const { _timers } = getRunningLoop();
    const note = () => timers.push(_timers.size);
    yield* asyncWith(timeout(1000), function* () {
      note();
      yield* sleep(0);
      note();
    });
    note();
  }, { clock: new VirtualClock() });
  assertEquals(timers, [0, 1, 0]);
});

Deno.test("asyncWith() takes the deadline that its body sets before it waits", async () => {
  const ends: (number | string)[] = [];
  await run(function* () {
    const loop = getRunningLoop();
    for (const first of [1000, null]) {
      try {
        yield* asyncWith(timeout(first), function* (deadline) {
          deadline.reschedule(loop.time() + 5);
          yield* sleep(2000);
        });
      } catch (error) {
        ends.push((error as Error).name, loop.time(), loop._timers.size);
      }
    }
  }, { clock: new VirtualClock() });
  assertEquals(ends, ["TimeoutError", 5, 0, "TimeoutError", 10, 0]);
});

Deno.test("asyncWith() takes the timer of a timeout back when its generator is closed", async () => {
  const events: (string | number)[] = [];
  await run(function* () {
    const { _timers } = getRunningLoop();
    const outer = (function* (): CoroutineGenerator<void> {
      yield* asyncWith(timeout(1000), function* () {
        try {
          yield* sleep(500);
        } finally {
          events.push("closed");
        }
      });
    })();
    const task = createTask(function* () {
      outer.next();
      events.push(_timers.size);
      outer.return();
      events.push(_timers.size);
      yield* sleep(0);
    });
    yield* task;
  }, { clock: new VirtualClock() });
  assertEquals(events, [2, "closed", 0]);
});
