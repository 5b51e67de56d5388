/** The time that a test owns: when it stands still, when and where to it moves. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  createTask,
  ensureFuture,
  EventLoop,
  Future,
  getRunningLoop,
  run,
  RuntimeError,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

/** Work for more than two time slices of the loop, in steps that give way to others. */
function* work({ on }: Style) {
  const end = performance.now() + 20;
  while (performance.now() < end) yield* on(sleep(0));
}

bothStyles(
  "VirtualClock stands still while a task has more to run than fits into one turn of the host",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const sleeper = createTask(sleep(1000));
      yield* on(ensureFuture(manyMicrotasks())); // the loop rests, and is woken before time moves
      yield* work(style);
      print("worked");
      yield* on(sleeper);
      print("slept");
    });
  }),
  [[0, "worked"], [1000, "slept"]],
);

/** A foreign promise of more microtasks than the loop takes for one step of an async function. */
async function manyMicrotasks(): Promise<void> {
  for (let i = 0; i < 100; i++) await null;
}

bothStyles(
  "VirtualClock stands still for all loops while one of them has something to run",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const clock = new VirtualClock();
      const other = new EventLoop({ clock });
      const otherEnds = other.runUntilComplete(async () => {
        await sleep(50);
        return `other at ${clock.now()}`;
      });
      const busy = new EventLoop({ clock });
      const busyEnds = busy.runUntilComplete(style.define(function* () {
        yield* work(style);
        const before = clock.now();
        yield* on(sleep(10));
        return `busy at ${before} and ${clock.now()}`;
      }));
      print(yield* on(ensureFuture(busyEnds)));
      print(yield* on(ensureFuture(otherEnds)));
      for (const loop of [other, busy]) loop.close();
    });
  }),
  [[0, "busy at 0 and 10"], [0, "other at 50"]],
);

/** Prints at 10, 20 and 30. */
const ticking = ({ define, on }: Style, print: Print) =>
  define(function* main() {
    for (let i = 0; i < 3; i++) {
      yield* on(sleep(10));
      print("tick");
    }
  });

/** Runs `ticking` on a clock that moves only when told, from outside. */
async function ticked(
  style: Style["name"],
  move: (clock: VirtualClock, print: Print) => Promise<void>,
  options = { autojump: false },
): Promise<string[]> {
  const clock = new VirtualClock(options);
  const events: string[] = [];
  const print: Print = (...words) => events.push(`${words.join(" ")} at ${clock.now()}`);
  const running = run(once(ticking)[style](print), { clock });
  await move(clock, print);
  await clock.advance(1000);
  await running;
  return events;
}

for (const style of ["generator", "async"] as const) {
  Deno.test(`VirtualClock.advance() stops at every deadline on the way (${style})`, async () => {
    assertEquals(
      await ticked(style, async (clock, print) => {
        await clock.advance(9);
        print("moved");
        await clock.advance(1);
        print("moved");
        await clock.advance(15);
        print("moved");
      }),
      ["moved at 9", "tick at 10", "moved at 10", "tick at 20", "moved at 25", "tick at 30"],
    );
  });

  Deno.test(`VirtualClock.advance() never moves time back when called twice at once (${style})`, async () => {
    assertEquals(
      await ticked(style, async (clock, print) => {
        const far = clock.advance(25).then(() => print("far"));
        const near = clock.advance(5).then(() => print("near"));
        await Promise.all([far, near]);
        print("both");
      }),
      ["tick at 10", "near at 10", "tick at 20", "far at 25", "both at 25", "tick at 30"],
    );
  });

  Deno.test(`VirtualClock.advance() is not overtaken by the clock's own jumps (${style})`, async () => {
    const moved: number[] = [];
    const events = await ticked(style, async (clock) => {
      await clock.advance(5);
      moved.push(clock.now());
    }, { autojump: true });
    assertEquals([moved, events], [[5], ["tick at 10", "tick at 20", "tick at 30"]]);
  });

  Deno.test(`VirtualClock.advance() waits until nothing can run at its end (${style})`, async () => {
    const clock = new VirtualClock({ autojump: false });
    const events: string[] = [];
    const main = once((style) =>
      style.define(function* () {
        yield* style.on(sleep(10));
        yield* work(style);
        events.push("worked");
      })
    )[style](() => {});
    const running = run(main, { clock });
    await clock.advance(10);
    events.push("moved");
    await running;
    assertEquals(events, ["worked", "moved"]);
  });

  Deno.test(`VirtualClock.advanceTo() moves the time from inside of a task too (${style})`, async () => {
    const clock = new VirtualClock({ start: 100, autojump: false });
    const events: string[] = [];
    const main = once(({ define, on }) =>
      define(function* () {
        createTask(define(function* () {
          yield* on(sleep(20));
          events.push(`slept until ${clock.now()}`);
        }));
        yield* on(ensureFuture(clock.advanceTo(130)));
        events.push(`moved to ${clock.now()}`);
      })
    );
    await run(main[style](() => {}), { clock });
    assertEquals(events, ["slept until 120", "moved to 130"]);
  });
}

Deno.test("VirtualClock starts at its start, and knows the next deadline", async () => {
  const clock = new VirtualClock({ start: -500 });
  assertEquals([clock.now(), clock.nextDeadline()], [-500, null]);
  const takeBack = clock.schedule(-100, () => {});
  clock.schedule(-50, () => {});
  assertEquals(clock.nextDeadline(), -100);
  takeBack();
  takeBack();
  assertEquals(clock.nextDeadline(), -50);
  await clock.advance(1000);
  assertEquals([clock.now(), clock.nextDeadline()], [500, null]);
});

Deno.test("VirtualClock does not jump by itself without autojump, nor with a threshold of Infinity", async () => {
  for (const options of [{ autojump: false }, { autojumpThreshold: Infinity }]) {
    const clock = new VirtualClock(options);
    const loop = new EventLoop({ clock });
    const running = loop.runUntilComplete(() => sleep(10, "slept"));
    // Real time, because its passing must have no effect.
    await new Promise((resolve) => setTimeout(resolve, 5));
    assertEquals(clock.now(), 0);
    await clock.advance(10);
    assertEquals(await running, "slept");
    loop.close();
  }
});

// Real time, because the threshold is a time of the host. The margin: 3 ms of work in 50 of waiting.
Deno.test("VirtualClock waits anew for its threshold whenever there was something to run", async () => {
  const clock = new VirtualClock({ autojumpThreshold: 50 });
  const seen: number[] = [];
  await run(function* () {
    const sleeper = createTask(sleep(1000));
    for (let i = 0; i < 20; i++) {
      // I/O, 100 ms in all
      yield* ensureFuture(new Promise((resolve) => setTimeout(resolve, 5)));
      seen.push(clock.now());
    }
    yield* sleeper;
  }, { clock });
  assertEquals([new Set(seen), clock.now()], [new Set([0]), 1000]);
});

Deno.test("VirtualClock leaves no timer of the host behind when its loop has ended", async () => {
  // The sanitizers of this test fail when it does.
  const clock = new VirtualClock({ autojumpThreshold: 10_000 });
  await run(async () => {
    const sleeper = createTask(() => sleep(1000));
    await new Promise((resolve) => setTimeout(resolve, 1));
    sleeper.cancel();
  }, { clock });
  assertEquals(clock.now(), 0);
});

Deno.test("VirtualClock ends the runs of all its loops when each of them waits for ever", async () => {
  const clock = new VirtualClock();
  const loops = [1, 2].map(() => new EventLoop({ clock }));
  const ends = loops.map((loop, i) =>
    loop.runUntilComplete(function* () {
      yield* sleep(i);
      yield* new Future<void>();
    })
  );
  const reasons = (await Promise.allSettled(ends)).map((end) =>
    end.status === "rejected" ? end.reason.constructor : end
  );
  assertEquals(reasons, [RuntimeError, RuntimeError]);
  for (const loop of loops) loop.close();
  assertEquals(clock.now(), 1);
});

// The loop, whose time slice is over by then, stops a turn of the host later: run() must not close it before.
Deno.test("VirtualClock ends a run that waits for ever after work of more than a time slice", async () => {
  const error = await assertRejects(() =>
    run(function* () {
      for (const end = performance.now() + 20; performance.now() < end;);
      yield* new Future<void>();
    }, { clock: new VirtualClock() }), RuntimeError);
  assertEquals(error.message.split(":")[0], "Cannot go on");
});

Deno.test("VirtualClock ends no run while a foreign promise is awaited", async () => {
  const clock = new VirtualClock();
  const foreign = Promise.withResolvers<string>();
  const running = run(async () => {
    await sleep(5);
    return await foreign.promise;
  }, { clock });
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve, 0));
  foreign.resolve("at last");
  assertEquals([await running, clock.now()], ["at last", 5]);
});

// ---------------------------------------------------------------- bad input

Deno.test("VirtualClock throws RangeError when its options are no times", () => {
  for (const start of [NaN, Infinity, -Infinity]) {
    assertThrows(() => new VirtualClock({ start }), RangeError);
  }
  for (const autojumpThreshold of [NaN, -1, -Infinity]) {
    assertThrows(() => new VirtualClock({ autojumpThreshold }), RangeError);
  }
});

Deno.test("VirtualClock.advance() and advanceTo() reject with RangeError when that is no way forward", async () => {
  const clock = new VirtualClock({ start: 10 });
  for (const ms of [NaN, Infinity, -1]) await assertRejects(() => clock.advance(ms), RangeError);
  for (const when of [NaN, Infinity, 9]) {
    await assertRejects(() => clock.advanceTo(when), RangeError);
  }
  await clock.advance(0);
  await clock.advanceTo(10);
  assertEquals(clock.now(), 10);
});

Deno.test("VirtualClock keeps the time of a loop that reads it", async () => {
  const clock = new VirtualClock({ start: 7 });
  const times = await run(function* () {
    const times = [getRunningLoop().time()];
    yield* sleep(1.5);
    return [...times, getRunningLoop().time()];
  }, { clock });
  assertEquals(times, [7, 8.5]);
});
