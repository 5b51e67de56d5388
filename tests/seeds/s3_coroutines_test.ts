/**
 * The document on coroutines: calling, running, pausing, and `run`.
 */
import { assert, assertEquals, assertInstanceOf, assertStrictEquals } from "@std/assert";
import {
  CancelledError,
  Coroutine,
  coroutine,
  createTask,
  ensureFuture,
  type EventLoop,
  getRunningLoop,
  run,
  RuntimeError,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { delay, delayAsync } from "./delay.ts";

// S3-E1, S3-C4: an async function has no such object, its call starts it and returns a promise.
Deno.test("coroutine() returns a Coroutine object when it is called and runs nothing", () => {
  let ran = false;
  // deno-lint-ignore require-yield -- the document's coroutine awaits nothing
  const coroutineAddOne = coroutine(function* coroutineAddOne(number: number) {
    ran = true;
    return number + 1;
  });
  const addOne = (number: number) => number + 1;

  const functionResult = addOne(1);
  const coroutineResult = coroutineAddOne(1);

  assertEquals(
    `Function result is ${functionResult} and the type is ${typeof functionResult}`,
    "Function result is 2 and the type is number",
  );
  assertEquals(
    `Coroutine result is ${coroutineResult}`,
    "Coroutine result is <Coroutine coroutineAddOne>",
  );
  assertInstanceOf(coroutineResult, Coroutine);
  assertEquals(ran, false);
  coroutineResult.close();
});

// S3-E2, S3-C6
Deno.test("run() returns the result of a coroutine that awaits nothing", async () => {
  // deno-lint-ignore require-yield -- the document's coroutine awaits nothing
  function* coroutineAddOne(number: number) {
    return number + 1;
  }
  // deno-lint-ignore require-await -- the document's coroutine awaits nothing
  async function coroutineAddOneAsync(number: number) {
    return number + 1;
  }
  assertEquals(await run(coroutineAddOne(1)), 2);
  assertEquals(await run(() => coroutineAddOneAsync(1)), 2);
});

// S3-C5
Deno.test("run() makes a loop of its own for each call and closes it", async () => {
  const loops: EventLoop[] = [];
  for (let i = 0; i < 2; i++) {
    await run(() => {
      loops.push(getRunningLoop());
      assertEquals([loops[i]?.isRunning(), loops[i]?.isClosed()], [true, false]);
    });
  }
  const [first, second] = loops;
  assert(first !== second);
  assertEquals(loops.map((loop) => [loop.isRunning(), loop.isClosed()]), [
    [false, true],
    [false, true],
  ]);
});

// S3-C5
bothStyles(
  "run() cancels the tasks that main leaves behind and waits for their cleanup",
  once(({ define, on }, print) => {
    const leftover = define(function* () {
      try {
        yield* on(sleep(10_000));
      } catch (error) {
        print("leftover cancelled", error instanceof CancelledError);
        yield* on(sleep(500));
        print("leftover cleaned up");
        throw error;
      }
    });
    return define(function* main() {
      createTask(leftover);
      yield* on(sleep(100));
      print("main ends");
    });
  }),
  [[100, "main ends"], [100, "leftover cancelled true"], [600, "leftover cleaned up"]],
);

// S3-C5
Deno.test("run() throws the error of main after the leftover tasks have ended", async () => {
  const events: string[] = [];
  const failure = new Error("main failed");
  let thrown: unknown;
  try {
    await run(function* main() {
      createTask(function* () {
        try {
          yield* sleep(10_000);
        } finally {
          events.push("leftover ended");
        }
      });
      yield* sleep(0);
      throw failure;
    }, { clock: new VirtualClock() });
  } catch (error) {
    thrown = error;
  }
  assertStrictEquals(thrown, failure);
  assertEquals(events, ["leftover ended"]);
});

// S3-C5
bothStyles(
  "run() is refused with RuntimeError when it is called in a task",
  once(({ define, on }, print) => {
    const inner = coroutine(function* () {
      yield* sleep(0);
      print("never printed");
    });
    return define(function* main() {
      try {
        yield* on(ensureFuture(run(inner)));
      } catch (error) {
        print(error instanceof RuntimeError);
      }
      yield* on(sleep(10));
      print("main goes on");
    });
  }),
  [[0, "true"], [10, "main goes on"]],
);

// S3-E3, S3-A1, S3-C8
bothStyles("await returns the value of a coroutine that awaits nothing", {
  generator(print) {
    // deno-lint-ignore require-yield -- the document's coroutine awaits nothing
    function* addOne(number: number) {
      return number + 1;
    }
    return function* main() {
      const onePlusOne = yield* addOne(1);
      const twoPlusOne = yield* addOne(2);
      print(onePlusOne);
      print(twoPlusOne);
    };
  },
  async(print) {
    // deno-lint-ignore require-await -- the document's coroutine awaits nothing
    async function addOne(number: number) {
      return number + 1;
    }
    return async function main() {
      const onePlusOne = await addOne(1);
      const twoPlusOne = await addOne(2);
      print(onePlusOne);
      print(twoPlusOne);
    };
  },
}, [[0, "2"], [0, "3"]]);

// S3-C2, S3-C3, S3-C7
bothStyles(
  "await runs the coroutine, pauses its caller until it returns and wakes it with the value",
  once(({ define, on }, print) => {
    const callee = define(function* () {
      print("1 callee runs");
      yield* on(sleep(100));
      print("2 callee returns");
      return "the value";
    });
    const other = define(function* () {
      yield* on(sleep(50));
      print("another task runs while both wait");
    });
    return define(function* main() {
      createTask(other);
      print("3 caller wakes with", yield* on(callee()));
    });
  }),
  [
    [0, "1 callee runs"],
    [50, "another task runs while both wait"],
    [100, "2 callee returns"],
    [100, "3 caller wakes with the value"],
  ],
);

// S3-E4, S3-E5, S3-O3, S3-C9, S3-C10
bothStyles("await runs coroutines one after another when no task is made", {
  generator(print) {
    // deno-lint-ignore require-yield -- the document's coroutine awaits nothing
    function* addOne(number: number) {
      return number + 1;
    }
    function* helloWorldMessage() {
      yield* delay(print, 1);
      return "Hello World!";
    }
    return function* main() {
      const message = yield* helloWorldMessage();
      const onePlusOne = yield* addOne(1);
      print(onePlusOne);
      print(message);
    };
  },
  async(print) {
    // deno-lint-ignore require-await -- the document's coroutine awaits nothing
    async function addOne(number: number) {
      return number + 1;
    }
    async function helloWorldMessage() {
      await delayAsync(print, 1);
      return "Hello World!";
    }
    return async function main() {
      const message = await helloWorldMessage();
      const onePlusOne = await addOne(1);
      print(onePlusOne);
      print(message);
    };
  },
}, [
  [0, "sleeping for 1 second(s)"],
  [1000, "finished sleeping for 1 second(s)"],
  [1000, "2"],
  [1000, "Hello World!"],
]);

// S3-P1: the host's clock, because a blocked thread is what virtual time cannot show.
Deno.test("sleep() of other tasks is late when a task blocks the thread", async () => {
  const events: string[] = [];
  await run(function* main() {
    const ticker = createTask(function* () {
      yield* sleep(1);
      events.push("tick");
    });
    yield* sleep(0);
    events.push("blocks");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    events.push("unblocks");
    yield* ticker;
  });
  assertEquals(events, ["blocks", "unblocks", "tick"]);
});
