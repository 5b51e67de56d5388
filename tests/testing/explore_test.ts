/** `explore`: what it runs, what counts as a failure, and what its errors say. */
import { assertEquals, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import {
  createTask,
  currentTask,
  ExplorationError,
  explore,
  type ExploreOptions,
  Future,
  getRunningLoop,
  run,
  RuntimeError,
  SeededScheduler,
  sleep,
  type Startable,
  VirtualClock,
} from "../../mod.ts";
import { once } from "../support/both_styles.ts";

const STYLES = ["generator", "async"] as const;

/** Three tasks with sleeps that end at the same times; prints who runs. */
const crowd = once(({ define, on }, print) => {
  const worker = define(function* (name: string) {
    for (let i = 0; i < 4; i++) {
      print(name);
      yield* on(sleep(i % 2));
    }
  });
  return define(function* main() {
    const tasks = [..."abc"].map((name) => createTask(() => worker(name)));
    for (const task of tasks) yield* on(task);
  });
});

for (const style of STYLES) {
  Deno.test(`explore() runs main once for every seed from the first on (${style})`, async () => {
    const orders = new Map<number, string>();
    for (let seed = 40; seed < 60; seed++) {
      const lines: string[] = [];
      const main = crowd[style]((line) => lines.push(String(line)));
      await run(main, { clock: new VirtualClock(), scheduler: new SeededScheduler(seed) });
      orders.set(seed, lines.join(""));
    }
    const explored: string[] = [];
    const main = () => {
      const lines: string[] = [];
      explored.push("");
      const at = explored.length - 1;
      return crowd[style]((line) => {
        lines.push(String(line));
        explored[at] = lines.join("");
      });
    };
    assertEquals(await explore(main, { seed: 40, runs: 20 }), { runs: 20 });
    assertEquals(explored, [...orders.values()]);
    assertEquals(new Set(explored).size > 10, true);
  });

  Deno.test(`explore() replays a failure by its seed, step by step (${style})`, async () => {
    let lines: string[] = [];
    const program = once(({ define, on }) => {
      const worker = define(function* (name: string) {
        for (let i = 0; i < 3; i++) {
          lines.push(name);
          yield* on(sleep(0));
        }
      });
      return define(function* main() {
        lines = [];
        const tasks = [..."abcd"].map((name) => createTask(() => worker(name)));
        for (const task of tasks) yield* on(task);
        if (lines.join("").startsWith("dcb")) throw new RangeError("found");
      });
    });
    const main = program[style](() => {});
    const failure = await assertRejects(() => explore(main), ExplorationError);
    const first = lines;
    const again = { seed: failure.seed, runs: 1 };
    const replayed = await assertRejects(() => explore(main, again), ExplorationError);
    assertEquals([replayed.seed, replayed.runs, lines], [failure.seed, 1, first]);
    const options = { clock: new VirtualClock(), scheduler: new SeededScheduler(failure.seed) };
    await assertRejects(() => run(main, options), RangeError, "found");
    assertEquals(lines, first);
  });

  Deno.test(`explore() stops at a deadlock and tells who waits for whom (${style})`, async () => {
    const deadlock = once(({ define, on }) =>
      define(function* main() {
        const tasks: Record<string, Future<unknown>> = {};
        const waitFor = define(function* (name: string) {
          yield* on(sleep(1));
          yield* on(tasks[name]!);
        });
        tasks.ping = createTask(() => waitFor("pong"), { name: "ping" });
        tasks.pong = createTask(() => waitFor("ping"), { name: "pong" });
        yield* on(tasks.ping);
      })
    );
    const main = deadlock[style](() => {});
    const failure = await assertRejects(() => explore(main), ExplorationError);
    const cause = failure.cause as Error;
    assertEquals(cause.constructor, RuntimeError);
    assertEquals(cause.message.split("\n").slice(1), [
      "  main waits for ping",
      "  └─ ping waits for pong",
      "     └─ pong waits for ping",
      "        └─ ping (above)",
      `  Deadlock: task "ping" waits for task "pong", which waits for task "ping"`,
    ]);
    assertStringIncludes(failure.message, cause.message);
  });

  Deno.test(`explore() ends a run that would not end by itself (${style})`, async () => {
    const endless = once(({ define, on }) =>
      define(function* main() {
        createTask(
          define(function* () {
            for (;;) yield* on(sleep(1));
          }),
          { name: "ticker" },
        );
        yield* on(new Future<void>());
      })
    );
    const main = endless[style](() => {});
    const failure = await assertRejects(
      () => explore(main, { maxIterations: 1000 }),
      ExplorationError,
    );
    assertEquals(failure.seed, 0);
    assertStringIncludes((failure.cause as Error).message, "main waits for a future");
  });
}

Deno.test("explore() starts what main returns: a coroutine, a promise, a function, a value", async () => {
  const mains: (() => Startable<unknown>)[] = [
    () => sleep(1),
    async () => await sleep(1),
    () => async () => await sleep(1),
    () => () => sleep(1),
    () =>
      function* () {
        yield* sleep(1);
      },
    () => Promise.resolve(1),
  ];
  for (const main of mains) assertEquals(await explore(main, { runs: 2 }), { runs: 2 });
});

Deno.test("explore() runs everything that main starts before the next run", async () => {
  const events: string[] = [];
  let runs = 0;
  await explore(function* () {
    const name = `run ${++runs}`;
    createTask(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(1);
        events.push(`${name} has ended`);
      }
    });
    yield* sleep(1);
    events.push(name);
  }, { runs: 2 });
  assertEquals(events, ["run 1", "run 1 has ended", "run 2", "run 2 has ended"]);
});

Deno.test("explore() fails with the error of a callback", async () => {
  const thrown = new RangeError("in a callback");
  const failure = await assertRejects(
    () =>
      explore(function* () {
        getRunningLoop().callSoon(() => {
          throw thrown;
        });
        yield* sleep(1);
      }),
    ExplorationError,
  );
  assertEquals((failure.cause as Error).cause, thrown);
});

Deno.test("explore() leaves errors to the exception handler that main sets", async () => {
  const heard: string[] = [];
  await explore(function* () {
    getRunningLoop().setExceptionHandler((_loop, { exception }) => heard.push(String(exception)));
    getRunningLoop().callSoon(() => {
      throw new RangeError("expected");
    });
    yield* sleep(1);
  }, { runs: 1 });
  assertEquals(heard, ["RangeError: expected"]);
});

Deno.test("explore() calls the main task main, and names it in errors that are no Error", async () => {
  const failure = await assertRejects(() =>
    explore(() => {
      throw currentTask()!.name;
    }), ExplorationError);
  assertEquals([failure.cause, failure.seed, failure.runs], ["main", 0, 1]);
});

for (const style of STYLES) {
  Deno.test(`explore() does 5,000 runs of a program of ten tasks within 5 s (${style})`, async () => {
    const ten = once(({ define, on }) => {
      const worker = define(function* (n: number) {
        for (let i = 0; i < 5; i++) yield* on(sleep(i % 2 * n));
        return 1;
      });
      return define(function* main() {
        const tasks = Array.from({ length: 10 }, (_, n) => createTask(() => worker(n)));
        let sum = 0;
        for (const task of tasks) sum += yield* on(task);
        assertEquals(sum, 10);
      });
    });
    const start = performance.now();
    await explore(ten[style](() => {}), { runs: 5000 });
    assertLess(performance.now() - start, 5000);
  });
}

// ---------------------------------------------------------------- bad input

const BAD_OPTIONS: ExploreOptions[] = [
  ...[NaN, Infinity, -1, 1.5, 2 ** 53].map((runs) => ({ runs })),
  ...[NaN, Infinity, -Infinity, 0.5, 2 ** 53].map((seed) => ({ seed })),
  ...[NaN, Infinity, 0, -1, 2.5].map((maxIterations) => ({ maxIterations })),
  { seed: Number.MAX_SAFE_INTEGER, runs: 2 },
  { runs: "10" as unknown as number },
];

Deno.test("explore() throws RangeError before it runs anything when a number is none", async () => {
  let runs = 0;
  const main = () => sleep(++runs);
  for (const options of BAD_OPTIONS) {
    await assertRejects(() => explore(main, options), RangeError);
  }
  assertEquals(runs, 0);
});

Deno.test("explore() throws TypeError when it is given no function", async () => {
  const started = sleep(1);
  for (const main of [started, null, undefined, 42, {}]) {
    await assertRejects(() => explore(main as unknown as () => Startable<void>), TypeError);
  }
  started.close();
});

Deno.test("explore() runs nothing when runs is 0, and takes any safe integer as a seed", async () => {
  let runs = 0;
  const main = () => sleep(++runs);
  assertEquals(await explore(main, { runs: 0 }), { runs: 0 });
  assertEquals(await explore(main, { seed: -(2 ** 53 - 1), runs: 1 }), { runs: 1 });
  assertEquals(runs, 1);
});

Deno.test("explore() throws RuntimeError inside a task", async () => {
  await run(async () => {
    await assertRejects(() => explore(() => sleep(1)), RuntimeError);
  });
});
