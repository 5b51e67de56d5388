/** `checkLeaks`: what it finds, and what it lets pass. */
import { assertEquals, assertThrows } from "@std/assert";
import {
  createTask,
  explore,
  Future,
  gather,
  getRunningLoop,
  run,
  shield,
  sleep,
  type Task,
  TaskGroup,
  VirtualClock,
  waitFor,
} from "../../mod.ts";
import { checkLeaks, LeakError } from "../../src/testing/mod.ts";
import { bothStyles, once, type Style } from "../support/both_styles.ts";

/** Registers a body under `checkLeaks`; prints what was left behind, or the result. */
function checked(
  name: string,
  body: (style: Style, signal: AbortSignal) => Generator<unknown, unknown, unknown>,
  expected: readonly string[],
): void {
  bothStyles(
    name,
    once((style, print) => {
      const { define, on } = style;
      return define(function* main() {
        const { signal } = new AbortController();
        const loop = getRunningLoop();
        const outsider = createTask(sleep(100));
        try {
          const writes = define(() => body(style, signal) as ReturnType<typeof sleep> & never);
          const result = yield* on(checkLeaks(writes, { signals: [signal] }));
          print("result", result);
        } catch (error) {
          if (!(error instanceof LeakError)) print((error as Error).name);
          else for (const { kind, what } of error.leaks) print(kind, what);
        }
        loop.removeSignalHandler("SIGUSR2");
        outsider.cancel();
      });
    }),
    expected.map((line) => [Number(line.split(":")[0]), line.slice(line.indexOf(":") + 1)]),
  );
}

checked("checkLeaks() returns the result of a body that leaves nothing", function* ({ on }) {
  const done = createTask(sleep(10, "done"));
  const timer = getRunningLoop().callLater(500, () => {});
  timer.cancel();
  const cancelled = createTask(sleep(1000));
  yield* on(sleep(1));
  cancelled.cancel();
  return yield* on(done);
}, ["10:result done"]);

checked("checkLeaks() names tasks that have not ended", function* ({ on, define }) {
  createTask(sleep(1000), { name: "sleeper" });
  const forever = new Future<void>();
  createTask(
    define(function* () {
      yield* on(forever);
    }),
    { name: "waiter" },
  );
  yield* on(sleep(5));
}, ["5:task sleeper waits for sleep(1000)", "5:task waiter waits for a future"]);

// deno-lint-ignore require-yield -- it has nothing to wait for.
checked("checkLeaks() lets tasks pass that have ended by the time nothing can run", function* () {
  createTask(function* () {
    for (let i = 0; i < 50; i++) yield* sleep(0);
  });
}, ["0:result "]);

// deno-lint-ignore require-yield -- it has nothing to wait for.
checked("checkLeaks() names timers, not those that were cancelled", function* () {
  const loop = getRunningLoop();
  loop.callLater(10, function remind() {}).cancel();
  loop.callLater(20, function remind() {});
}, ["0:timer <TimerHandle remind> at 20"]);

checked(
  "checkLeaks() counts the abort listeners that stay on a signal",
  function* ({ on }, signal) {
    const gone = new AbortController();
    const [kept, removed, captured] = [() => {}, () => {}, () => {}];
    signal.addEventListener("abort", kept);
    signal.addEventListener("abort", kept); // the same: the platform keeps one
    signal.addEventListener("abort", captured, true);
    signal.addEventListener("abort", captured); // another: in another phase
    signal.addEventListener("abort", removed, { once: true });
    signal.removeEventListener("abort", removed);
    signal.addEventListener("abort", () => {}, { signal: gone.signal });
    signal.addEventListener("else", () => {});
    gone.abort();
    yield* on(sleep(0));
  },
  ["0:abort listener 3 on one signal"],
);

// deno-lint-ignore require-yield -- it has nothing to wait for.
checked("checkLeaks() names signal handlers", function* () {
  getRunningLoop().addSignalHandler("SIGUSR2", () => {});
}, ["0:signal handler SIGUSR2"]);

// deno-lint-ignore require-yield -- it has nothing to wait for.
checked("checkLeaks() throws the error of the body as it is", function* () {
  createTask(sleep(1000));
  throw new RangeError("the body's own");
}, ["0:RangeError"]);

for (const style of ["generator", "async"] as const) {
  Deno.test(`checkLeaks() is left by a cancellation, in the body and while it looks (${style})`, async () => {
    const program = once(({ define, on }) =>
      define(function* main() {
        const outcomes: unknown[] = [];
        for (const wait of [5, 0]) {
          const checking: Task<unknown> = createTask(() =>
            checkLeaks(define(function* () {
              if (wait > 0) yield* on(sleep(wait));
              else checking.cancel();
            }))
          );
          yield* on(sleep(1));
          checking.cancel();
          yield* on(gather([checking], { returnExceptions: true }));
          outcomes.push(checking.cancelled());
        }
        return outcomes;
      })
    );
    const outcomes = await run(program[style](() => {}), { clock: new VirtualClock() });
    assertEquals(outcomes, [true, true]);
  });
}

Deno.test("checkLeaks() gives a signal its own methods back, also when one check is inside another", async () => {
  const { signal } = new AbortController();
  const before = signal.addEventListener;
  const lines = await run(async () => {
    const inner = async () => {
      signal.addEventListener("abort", () => {});
      await sleep(0);
    };
    const check = (body: () => Promise<void>) => async () =>
      await checkLeaks(body, { signals: [signal] });
    return await check(() => check(inner)().catch((error) => assertEquals(error.leaks.length, 1)))()
      .then(() => "nothing", (error) => error.leaks.map((leak: { what: string }) => leak.what));
  });
  assertEquals(lines, ["1 on one signal"]);
  assertEquals([signal.addEventListener, Object.keys(signal)], [before, []]);
});

Deno.test("checkLeaks() finds under some seed what a cancel at the wrong moment leaves behind", async () => {
  const leaky = () =>
    checkLeaks(function* () {
      // The bug: between the two lines a cancel leaves the timer behind.
      const starts = function* () {
        const timer = getRunningLoop().callLater(50, () => {});
        yield* sleep(0);
        try {
          yield* sleep(10);
        } finally {
          timer.cancel();
        }
      };
      const task = createTask(starts());
      yield* sleep(0);
      yield* sleep(0);
      yield* sleep(0);
      task.cancel();
      yield* gather([task], { returnExceptions: true });
    });
  await run(leaky, { clock: new VirtualClock() });
  const failure = await explore(leaky).then(() => null, (error) => error);
  assertEquals(failure.cause.leaks.length, 1);
});

Deno.test("checkLeaks() finds nothing behind the scopes and combinators", async () => {
  const { signal } = new AbortController();
  await explore(() =>
    checkLeaks(function* () {
      const inner = createTask(sleep(3));
      const results = yield* gather([
        TaskGroup.run(function* (group) {
          for (let i = 0; i < 3; i++) group.createTask(sleep(i));
          group.createTask(() => group.cancel());
          yield* sleep(100);
        }),
        waitFor(sleep(100), 2),
        waitFor(shield(inner), 2),
        waitFor(async () => await sleep(100), 2),
      ], { returnExceptions: true });
      yield* inner;
      assertEquals(results.length, 4);
    }, { signals: [signal] }), { runs: 100 });
});

Deno.test("checkLeaks() throws TypeError when it is given no function, or no signals", () => {
  for (const body of [null, 42, sleep(0), {}]) {
    assertThrows(() => checkLeaks(body as unknown as () => void), TypeError);
  }
  for (const signal of [null, {}, new AbortController()]) {
    const signals = [signal as unknown as AbortSignal];
    assertThrows(() => checkLeaks(() => {}, { signals }), TypeError);
  }
});
