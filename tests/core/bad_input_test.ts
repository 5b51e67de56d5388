/**
 * Awaiting, starting and settling what cannot be awaited, started or settled.
 */
import { assertEquals, assertRejects } from "@std/assert";
import {
  type Clock,
  type Coroutine,
  coroutine,
  type CoroutineGenerator,
  createTask,
  currentTask,
  ensureFuture,
  EventLoop,
  Future,
  gather,
  getRunningLoop,
  InvalidStateError,
  run,
  RuntimeError,
  sleep,
  type Startable,
  VirtualClock,
} from "../../mod.ts";
import { bothStyles, once, record } from "../support/both_styles.ts";
import { refused, thrownBy } from "../support/misuse.ts";

/** What is neither awaitable nor startable. */
const NONSENSE: readonly unknown[] = [5, NaN, "text", true, null, undefined, {}, [], Symbol("s")];

// Only generators can yield the wrong thing: an async function may await a number or a promise, and has
// no star to forget.
for (
  const [name, expected, misuse] of [
    ["is given to yield* as a number", "TypeError", function* () {
      yield* 5 as unknown as Future<unknown>;
    }],
    ["is yielded as a number", "RuntimeError", function* () {
      yield 5;
    }],
    ["is yielded as a future without the star", "RuntimeError", function* () {
      yield new Future();
    }],
    ["is yielded as a coroutine without the star", "RuntimeError", function* () {
      yield sleep(0);
    }],
    ["is yielded as a promise", "RuntimeError", function* () {
      yield Promise.resolve();
    }],
    ["is yielded as an object", "RuntimeError", function* () {
      yield {};
    }],
  ] as [string, string, () => CoroutineGenerator<void>][]
) {
  Deno.test(`Task throws ${expected} into the generator when the operand ${name}`, async () => {
    const events = await record((print) => {
      return function* main() {
        const other = createTask(sleep(10, "bystander"));
        try {
          yield* misuse();
          print("nothing was thrown");
        } catch (error) {
          print(error instanceof Error && error.constructor.name);
        }
        print(yield* other);
        yield* sleep(10);
        print("main");
      };
    });
    assertEquals(events, [[0, expected], [10, "bystander"], [20, "main"]]);
  });
}

/** A coroutine of the library's, and one of a user's. */
const COROUTINES: Record<string, () => Coroutine<void>> = {
  "sleep()": () => sleep(0),
  "a user's coroutine": coroutine(function* () {
    yield* sleep(0);
  }),
};

for (const [what, make] of Object.entries(COROUTINES)) {
  refused(`await throws RuntimeError when ${what} was awaited`, RuntimeError, function* ({ on }) {
    const coro = make();
    yield* on(coro);
    yield* on(coro);
  });

  refused(`await throws RuntimeError when ${what} was closed`, RuntimeError, function* ({ on }) {
    const coro = make();
    coro.close();
    yield* on(coro);
  });

  refused(
    `createTask() throws RuntimeError when ${what} was awaited`,
    RuntimeError,
    function* ({ on }) {
      const coro = make();
      yield* on(coro);
      createTask(coro);
    },
  );

  refused(
    `createTask() throws RuntimeError when ${what} is another task's`,
    RuntimeError,
    // deno-lint-ignore require-yield -- the second call throws
    function* () {
      const coro = make();
      createTask(coro);
      createTask(coro);
    },
  );
}

refused("Task throws RuntimeError when it awaits itself", RuntimeError, function* ({ on }) {
  yield* on(currentTask()!);
});

refused(
  "Task throws RuntimeError when it awaits a future of another loop",
  RuntimeError,
  function* ({
    on,
  }) {
    yield* on(new EventLoop().createFuture());
  },
);

refused("run() throws RuntimeError when it is called in a task", RuntimeError, function* ({ on }) {
  yield* on(ensureFuture(run(() => sleep(0))));
});

bothStyles(
  "createTask() and ensureFuture() throw TypeError when the argument cannot be awaited",
  once(({ define, on }, print) => {
    return define(function* main() {
      const tasks = NONSENSE.map((x) => thrownBy(() => createTask(x as Startable<unknown>)));
      const futures = NONSENSE.map((x) => thrownBy(() => ensureFuture(x as Future<unknown>)));
      print(...new Set([...tasks, ...futures]));
      yield* on(sleep(10));
      print("main goes on");
    });
  }),
  [[0, "TypeError"], [10, "main goes on"]],
);

Deno.test("coroutine() functions throw TypeError at once when they make no generator", () => {
  const asynchronous = coroutine((async () => {}) as unknown as () => CoroutineGenerator<void>);
  assertEquals(thrownBy(() => asynchronous()), "TypeError");
});

Deno.test("coroutine() throws TypeError when the argument is not a function", () => {
  const misuses = NONSENSE.map((x) =>
    thrownBy(() => coroutine(x as () => CoroutineGenerator<void>))
  );
  assertEquals(new Set(misuses), new Set(["TypeError"]));
});

bothStyles(
  "Future throws InvalidStateError when it is settled twice and keeps its first result",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = getRunningLoop().createFuture<string>();
      fut.setResult("first");
      print(thrownBy(() => fut.setResult("second")));
      print(thrownBy(() => fut.setException(new Error("third"))), fut.cancel());
      print(yield* on(fut));
    });
  }),
  [[0, "InvalidStateError"], [0, "InvalidStateError false"], [0, "first"]],
);

// exception() returns null for a success, so that a failure must be something else.
for (const nothing of [null, undefined]) {
  bothStyles(
    `Task and Future fail with RuntimeError when the error is ${nothing}`,
    once(({ define, on }, print) => {
      // deno-lint-ignore require-yield -- it throws
      const work = define(function* () {
        throw nothing;
      });
      return define(function* main() {
        const fut = getRunningLoop().createFuture();
        fut.setException(nothing);
        const errors = yield* on(gather([fut, work], { returnExceptions: true }));
        print(...errors.map((error) => error instanceof RuntimeError));
      });
    }),
    [[0, "true true"]],
  );
}

refused(
  "Future.result() throws InvalidStateError when it is called too early",
  InvalidStateError,
  // deno-lint-ignore require-yield -- it throws
  function* () {
    getRunningLoop().createFuture().result();
  },
);

refused(
  "Task.result() throws InvalidStateError when the task has not ended",
  InvalidStateError,
  // deno-lint-ignore require-yield -- it throws
  function* () {
    createTask(sleep(5)).result();
  },
);

Deno.test("EventLoop throws RuntimeError when it is closed and given work", async () => {
  const loop = new EventLoop();
  const nap = sleep(0);
  loop.close();
  loop.close();
  const refusals = [
    () => loop.callSoon(() => {}),
    () => loop.callSoonThreadsafe(() => {}),
    () => loop.callLater(1, () => {}),
    () => loop.callAt(1, () => {}),
    () => loop.createTask(nap),
  ].map(thrownBy);
  for (const start of [() => loop.runUntilComplete(() => 1), () => loop.runForever()]) {
    await start().catch((error) => refusals.push(error.constructor.name));
  }
  assertEquals(refusals, Array(7).fill("RuntimeError"));
  assertEquals([loop.isClosed(), loop.isRunning()], [true, false]);
});

Deno.test("EventLoop throws RuntimeError when it is closed or run while it runs", async () => {
  const loop = new EventLoop();
  const refusals = await loop.runUntilComplete(async () => {
    const again = await loop.runForever().catch((error) => error.constructor.name);
    return [thrownBy(() => loop.close()), again, loop.isRunning()];
  });
  loop.close();
  assertEquals(refusals, ["RuntimeError", "RuntimeError", true]);
});

Deno.test("getRunningLoop() throws RuntimeError when no loop is running", () => {
  assertEquals(thrownBy(getRunningLoop), "RuntimeError");
  assertEquals(currentTask(), null);
});

for (
  const [name, clock] of [["class", VirtualClock], ["number", 5], ["string", "virtual"]] as const
) {
  Deno.test(`run() refuses a ${name} for a clock with TypeError, before it runs anything`, async () => {
    const events: string[] = [];
    const main = () => Promise.resolve(void events.push("main"));
    await assertRejects(() => run(main, { clock: clock as unknown as Clock }), TypeError);
    assertEquals(events, []);
  });
}
