/**
 * Delays that are no delays, too long for the host, or measured on a clock that jumps.
 */
import { assertEquals, assertLessOrEqual } from "@std/assert";
import { stub } from "@std/testing/mock";
import {
  asCompleted,
  type Clock,
  createTask,
  getRunningLoop,
  moveOnAfter,
  run,
  sleep,
  timeout,
  timeoutAt,
  VirtualClock,
  wait,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { refused, thrownBy } from "../support/misuse.ts";

const NOT_FINITE = [NaN, Infinity, -Infinity];

for (const ms of NOT_FINITE) {
  refused(`sleep() throws RangeError when the delay is ${ms}`, RangeError, function* ({ on }) {
    yield* on(sleep(ms));
  });
}

refused("waitFor() throws RangeError when the timeout is NaN", RangeError, function* ({ on }) {
  yield* on(waitFor(sleep(5), NaN));
});

refused("wait() throws RangeError when the timeout is NaN", RangeError, function* ({ on }) {
  yield* on(wait([createTask(sleep(5))], { timeoutMs: NaN }));
});

for (const make of [timeout, timeoutAt, moveOnAfter]) {
  refused(
    `${make.name}() throws RangeError when the time is NaN`,
    RangeError,
    // deno-lint-ignore require-yield -- it throws
    function* () {
      make(NaN);
    },
  );
}

bothStyles(
  "sleep(), timeouts and waits throw TypeError when the time is no number",
  once(({ define }, print) => {
    // deno-lint-ignore require-yield -- everything throws
    return define(function* main() {
      const text = "5" as unknown as number;
      print(thrownBy(() => sleep(text)), thrownBy(() => waitFor(sleep(1), text)));
      print(thrownBy(() => timeout(text)), thrownBy(() => timeoutAt(text)));
      print(thrownBy(() => asCompleted([sleep(1)], { timeoutMs: text })));
      print(thrownBy(() => getRunningLoop().callLater(text, print)));
    });
  }),
  [
    [0, "TypeError TypeError"],
    [0, "TypeError TypeError"],
    [0, "TypeError"],
    [0, "TypeError"],
  ],
);

bothStyles(
  "wait(), asCompleted() and waitFor() wait as long as it takes when the time is Infinity",
  once(({ define, on }, print) => {
    return define(function* main() {
      const { done } = yield* on(wait([createTask(sleep(5))], { timeoutMs: Infinity }));
      print(done.size);
      for (const next of asCompleted([sleep(5, "next")], { timeoutMs: Infinity })) {
        print(yield* on(next));
      }
      print(yield* on(waitFor(sleep(5, "waited"), Infinity)));
    });
  }),
  [[5, "1"], [10, "next"], [15, "waited"]],
);

bothStyles(
  "EventLoop.callLater() and callAt() throw RangeError when the time is not finite",
  once(({ define, on }, print) => {
    return define(function* main() {
      const loop = getRunningLoop();
      for (const ms of NOT_FINITE) {
        print(
          thrownBy(() => loop.callLater(ms, print, "never printed")),
          thrownBy(() => loop.callAt(ms, print, "never printed")),
        );
      }
      loop.callLater(10, print, "other timer");
      yield* on(sleep(20));
    });
  }),
  [
    [0, "RangeError RangeError"],
    [0, "RangeError RangeError"],
    [0, "RangeError RangeError"],
    [10, "other timer"],
  ],
);

bothStyles(
  "EventLoop.callLater() runs in the next turn when the delay is negative",
  once(({ define, on }, print) => {
    return define(function* main() {
      const loop = getRunningLoop();
      loop.callLater(0, print, "zero");
      loop.callLater(-5, print, "negative");
      loop.callAt(-1, print, "in the past");
      loop.callSoon(print, "soon");
      yield* on(sleep(0));
      print("after one turn");
      yield* on(sleep(0));
      print("after two turns");
    });
  }),
  [
    [0, "soon"],
    [0, "after one turn"],
    [0, "negative"],
    [0, "in the past"],
    [0, "zero"],
    [0, "after two turns"],
  ],
);

bothStyles(
  "sleep() yields once when the delay is negative",
  once(({ define, on }, print) => {
    const worker = define(function* (name: string) {
      for (const step of [1, 2]) print(name + step, yield* on(sleep(-100, "slept")));
    });
    return define(function* main() {
      const tasks = ["a", "b"].map((name) => createTask(() => worker(name)));
      for (const task of tasks) yield* on(task);
    });
  }),
  [[0, "a1 slept"], [0, "b1 slept"], [0, "a2 slept"], [0, "b2 slept"]],
);

bothStyles(
  "sleep() ends on time when the delay is longer than the host's timers take",
  once(({ define, on }, print) => {
    return define(function* main() {
      yield* on(sleep(2 ** 31));
      yield* on(sleep(2 ** 40));
      print("slept");
    });
  }),
  [[2 ** 31 + 2 ** 40, "slept"]],
);

// The host's clock, because its setTimeout is the subject: beyond 2^31 - 1 ms it would fire at once.
Deno.test("EventLoop.callLater() asks the host for no more than its timers take", async () => {
  const { setTimeout: hostSetTimeout } = globalThis;
  const asked: number[] = [];
  let called = false;
  using _ = stub(
    globalThis,
    "setTimeout",
    ((fn: () => void, ms = 0) => {
      asked.push(ms);
      return hostSetTimeout(fn, ms);
    }) as typeof setTimeout,
  );
  await run(async function main() {
    getRunningLoop().callLater(2 ** 31 + 1000, () => called = true);
    // The loop rests, with the long timer as its only one, until the host calls back.
    await new Promise<void>((resolve) => hostSetTimeout(resolve, 5));
  });
  assertEquals(called, false);
  assertLessOrEqual(Math.max(0, ...asked), 2 ** 31 - 1);
  assertEquals(asked.some((ms) => ms > 2 ** 30), true);
});

/** Moves to each deadline as soon as it is asked for, and now and then back in between. */
class JumpingClock implements Clock {
  #now = 1000;
  readonly #jumps: number[];

  constructor(...jumps: number[]) {
    this.#jumps = jumps;
  }

  now(): number {
    return this.#now;
  }

  schedule(when: number, wake: () => void): () => void {
    const jump = this.#jumps.shift();
    const id = setTimeout(() => {
      this.#now = jump === undefined ? when : this.#now - jump;
      wake();
    }, 0);
    return () => clearTimeout(id);
  }
}

Deno.test("EventLoop runs every timer in order when its clock jumps backwards", async () => {
  const events: string[] = [];
  const clock = new JumpingClock(500, 5000, 1);
  await run(async function main() {
    const loop = getRunningLoop();
    loop.callLater(20, () => events.push("second"));
    loop.callLater(10, () => events.push("first"));
    await sleep(30);
    events.push(`main at ${loop.time()}`);
    await sleep(30);
    events.push(`main at ${loop.time()}`);
  }, { clock });
  assertEquals(events, ["first", "second", "main at 1030", "main at 1060"]);
});

Deno.test("VirtualClock ends the run with RuntimeError when nothing can happen any more", async () => {
  const refusal = await run(function* main() {
    yield* getRunningLoop().createFuture();
  }, { clock: new VirtualClock() }).then(() => "nothing", (error) => error.constructor.name);
  assertEquals(refusal, "RuntimeError");
});
