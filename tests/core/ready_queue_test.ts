/** What is ready runs in order, in bursts of any size. */
import { assertEquals } from "@std/assert";
import { getRunningLoop, run, sleep } from "../../mod.ts";

/** Some fill many blocks of the queue, some a part of one, some exactly one. */
const BURSTS = [30_000, 10, 1024, 1023, 40_000, 0, 1025, 20_000];

Deno.test("EventLoop.callSoon() keeps the order in bursts of any size, one after the other", async () => {
  const called: number[] = [];
  let made = 0;
  await run(function* () {
    const loop = getRunningLoop();
    for (const size of BURSTS) {
      for (let i = 0; i < size; i++) loop.callSoon((id) => called.push(id), made++);
      yield* sleep(0);
    }
  });
  assertEquals(called, Array.from({ length: made }, (_, i) => i));
});

Deno.test("EventLoop.callSoon() keeps the order while callbacks schedule others", async () => {
  const called: number[] = [];
  const expected: number[] = [];
  await run(function* () {
    const loop = getRunningLoop();
    const schedule = (id: number, depth: number) => {
      loop.callSoon(() => {
        called.push(id);
        if (depth > 1) { for (const child of [2 * id, 2 * id + 1]) schedule(child, depth - 1); }
      });
    };
    schedule(1, 15);
    for (let depth = 0; depth < 15; depth++) yield* sleep(0);
  });
  for (let id = 1; id < 2 ** 15; id++) expected.push(id); // level by level
  assertEquals(called, expected);
});
