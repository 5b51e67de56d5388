/** The order that a scheduler gives, and what a loop does with one that makes no sense. */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  createTask,
  EventLoop,
  getRunningLoop,
  run,
  type Scheduler,
  SeededScheduler,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { once } from "../support/both_styles.ts";

const range = (length: number) => Array.from({ length }, (_, i) => i);

Deno.test("SeededScheduler.order() gives at least one of all, and none twice", () => {
  for (const seed of range(100)) {
    const scheduler = new SeededScheduler(seed);
    for (const ready of [1, 2, 3, 10, 1000]) {
      const order = [...scheduler.order(ready) ?? range(ready)];
      assertEquals(new Set(order).size, order.length);
      assert(order.length > 0 && order.every((i) => Number.isInteger(i) && i >= 0 && i < ready));
    }
  }
});

Deno.test("SeededScheduler.order() comes to every order of three, and to every first of ten", () => {
  const orders = new Set<string>();
  const firsts = new Set<number>();
  for (const seed of range(200)) {
    const order = [...new SeededScheduler(seed).order(3)!];
    if (order.length === 3) orders.add(order.join(""));
    firsts.add([...new SeededScheduler(seed).order(10)!][0]!);
  }
  assertEquals([orders.size, firsts.size], [6, 10]);
});

Deno.test("SeededScheduler.order() holds somebody back for several iterations under some seed", () => {
  const longest = range(100).map((seed) => {
    const scheduler = new SeededScheduler(seed);
    let held = 0;
    // The last of two, which the scheduler is free to leave out again and again.
    while (held < 1000 && ![...scheduler.order(2)!].includes(1)) held++;
    return held;
  });
  assert(Math.max(...longest) >= 3);
  assert(longest.every((held) => held < 1000));
});

Deno.test("SeededScheduler gives the same orders for the same seed, and others for another", () => {
  const orders = (seed: number) => {
    const scheduler = new SeededScheduler(seed);
    return range(20).map(() => [...scheduler.order(8)!].join("")).join(" ");
  };
  const seeds = [0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1, -(2 ** 53) + 1];
  for (const seed of seeds) assertEquals(orders(seed), orders(seed));
  assertEquals(new Set(seeds.map(orders)).size, seeds.length);
});

Deno.test("SeededScheduler throws RangeError when the seed is no safe integer", () => {
  for (const seed of [NaN, Infinity, -Infinity, 0.5, 2 ** 53, "1" as unknown as number]) {
    assertThrows(() => new SeededScheduler(seed), RangeError);
  }
});

// ---------------------------------------------------------------- any scheduler

const three = once(({ define, on }, print) => {
  const worker = define(function* (name: string) {
    print(`${name}1`);
    yield* on(sleep(0));
    print(`${name}2`);
  });
  return define(function* main() {
    const tasks = [..."abc"].map((name) => createTask(() => worker(name)));
    for (const task of tasks) yield* on(task);
  });
});

const ORDERS: [name: string, order: Scheduler["order"], expected: string][] = [
  ["backwards", (ready) => range(ready).toReversed(), "c1 b1 a1 a2 b2 c2"],
  ["one at a time", () => [0], "a1 b1 c1 a2 b2 c2"],
  ["the last alone", (ready) => [ready - 1], "c1 c2 b1 b2 a1 a2"],
  ["as it comes", () => null, "a1 b1 c1 a2 b2 c2"],
];

for (const style of ["generator", "async"] as const) {
  for (const [name, order, expected] of ORDERS) {
    Deno.test(`EventLoop runs what is ready in its scheduler's order, ${name} (${style})`, async () => {
      const lines: unknown[] = [];
      const main = three[style]((line) => lines.push(line));
      await run(main, { clock: new VirtualClock(), scheduler: { order } });
      assertEquals(lines.join(" "), expected);
    });
  }
}

const SENSELESS: [name: string, order: (ready: number) => unknown][] = [
  ["names an entry twice", () => [0, 0]],
  ["names an entry that is not there", (ready) => [ready]],
  ["names a negative entry", () => [-1]],
  ["names NaN", () => [NaN]],
  ["names a fraction", () => [0.5]],
  ["names a string", () => "0"],
  ["names nobody", () => []],
];

for (const [name, order] of SENSELESS) {
  Deno.test(`run() throws RangeError when the scheduler ${name}`, async () => {
    const scheduler = { order } as Scheduler;
    await assertRejects(() => run(() => sleep(1), { scheduler }), RangeError);
  });
}

Deno.test("run() throws TypeError when the scheduler gives no order at all", async () => {
  const scheduler = { order: () => 7 } as unknown as Scheduler;
  await assertRejects(() => run(() => sleep(1), { scheduler }), TypeError);
});

Deno.test("EventLoop.runForever() throws what its scheduler throws, and can go on from there", async () => {
  const failures = [new EvalError("no order today")];
  const scheduler: Scheduler = {
    order() {
      const failure = failures.pop();
      if (failure !== undefined) throw failure;
      return null;
    },
  };
  const loop = new EventLoop({ clock: new VirtualClock(), scheduler });
  const events: string[] = [];
  for (const word of ["first", "second"]) loop.callSoon(() => events.push(word));
  await assertRejects(() => loop.runForever(), EvalError, "no order today");
  assertEquals([events, loop.isRunning()], [[], false]);
  await loop.runUntilComplete(function* () {
    yield* sleep(1);
    events.push(`at ${getRunningLoop().time()}`);
  });
  loop.close();
  assertEquals(events, ["first", "second", "at 1"]);
});
