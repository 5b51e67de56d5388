/**
 * The note on awaitables: coroutine, Task and Future, what may be awaited and what happens then.
 */
import { assert, assertEquals, assertInstanceOf, assertStrictEquals } from "@std/assert";
import {
  asCompleted,
  type Awaitable,
  CancelledError,
  Coroutine,
  coroutine,
  createTask,
  ensureFuture,
  Future,
  gather,
  getRunningLoop,
  isAwaitable,
  isCoroutine,
  isFuture,
  run,
  shield,
  sleep,
  Task,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once, record } from "../support/both_styles.ts";

// S1-C1: an async function has no such error, `await 5` is 5 in JavaScript.
Deno.test("yield* throws TypeError when the operand is not awaitable", async () => {
  for (const operand of [5, null, undefined, {}, Promise.resolve(5), () => 5]) {
    const error = await run(function* main() {
      try {
        return yield* operand as unknown as Future<unknown>;
      } catch (error) {
        return error;
      }
    });
    assertInstanceOf(error, TypeError);
  }
});

/** One fresh awaitable of every kind, each with the result "value". */
function everyKind(): Awaitable<string>[] {
  const future = getRunningLoop().createFuture<string>();
  getRunningLoop().callLater(10, () => future.setResult("value"));
  return [
    sleep(10, "value"),
    (function* () {
      return yield* sleep(10, "value");
    })(),
    future,
    createTask(sleep(10, "value")),
    Promise.resolve("value"),
  ];
}

// S1-C2
bothStyles(
  "gather(), waitFor(), shield(), ensureFuture() and asCompleted() accept every kind of awaitable",
  once(({ define, on }, print) => {
    const first = define(function* (aw: Awaitable<string>) {
      for (const next of asCompleted([aw])) return yield* on(next);
      throw new Error("asCompleted() yielded nothing");
    });
    const consumers: Record<string, (aw: Awaitable<string>) => Awaitable<unknown>> = {
      gather: (aw) => gather([aw]),
      waitFor: (aw) => waitFor(aw, 1000),
      shield,
      ensureFuture,
      asCompleted: first,
    };
    return define(function* main() {
      for (const [name, consume] of Object.entries(consumers)) {
        print(name, ...(yield* on(gather(everyKind().map(consume)))));
      }
    });
  }),
  ["gather", "waitFor", "shield", "ensureFuture", "asCompleted"].map((name, row) =>
    [(row + 1) * 10, name + " value".repeat(5)] as const
  ),
);

// S1-C2
Deno.test("isAwaitable() recognises every kind of awaitable and nothing else", async () => {
  await run(function* main() {
    const kinds = everyKind();
    assertEquals(kinds.map(isAwaitable), [true, true, true, true, true]);
    assertEquals([5, null, undefined, "text", {}, []].map(isAwaitable), Array(6).fill(false));
    yield* gather(kinds);
  });
});

// S1-C3, S1-C11
bothStyles("await takes a coroutine, a Task and a Future", {
  generator(print) {
    function* nested() {
      yield* sleep(10);
      return 42;
    }
    return function* main() {
      const future = getRunningLoop().createFuture<number>();
      getRunningLoop().callLater(30, () => future.setResult(42));
      print("coroutine", yield* nested());
      print("task", yield* createTask(nested()));
      print("future", yield* future);
    };
  },
  async(print) {
    async function nested() {
      await sleep(10);
      return 42;
    }
    return async function main() {
      const future = getRunningLoop().createFuture<number>();
      getRunningLoop().callLater(30, () => future.setResult(42));
      print("coroutine", await nested());
      print("task", await createTask(nested));
      print("future", await future);
    };
  },
}, [
  [10, "coroutine 42"],
  [20, "task 42"],
  [30, "future 42"],
]);

// S1-E1, S1-C12
Deno.test("coroutine() runs nothing when it is called and not awaited (generator)", async () => {
  const events = await record((print) => {
    // deno-lint-ignore require-yield -- the document's coroutine awaits nothing
    const nested = coroutine(function* nested() {
      print("nested runs");
      return 42;
    });
    return function* main() {
      const unused = nested();
      yield* sleep(10);
      unused.close();
      print("slept");
      print(yield* nested());
    };
  });
  assertEquals(events, [[10, "slept"], [10, "nested runs"], [10, "42"]]);
});

// S1-E1: JavaScript starts an async function when it is called, whoever awaits it.
Deno.test("async function runs its first step when it is called and not awaited (async)", async () => {
  const events = await record((print) => {
    // deno-lint-ignore require-await -- the document's coroutine awaits nothing
    async function nested() {
      print("nested runs");
      return 42;
    }
    return async function main() {
      const unused = nested();
      await sleep(10);
      print("slept");
      print(await nested(), await unused);
    };
  });
  assertEquals(events, [[0, "nested runs"], [10, "slept"], [10, "nested runs"], [10, "42 42"]]);
});

// S1-E2
bothStyles(
  "createTask() gives a handle whose await returns the result",
  once(({ define, on }, print) => {
    // deno-lint-ignore require-yield -- the document's coroutine awaits nothing
    const nested = define(function* () {
      print("nested runs");
      return 42;
    });
    return define(function* main() {
      const task = createTask(nested);
      print("created");
      print(yield* on(task));
    });
  }),
  [[0, "created"], [0, "nested runs"], [0, "42"]],
);

// S1-C4
bothStyles(
  "createTask() runs the coroutine at the next turn of the loop when nobody awaits it",
  once(({ define, on }, print) => {
    // deno-lint-ignore require-yield -- it ends in its first step
    const nested = define(function* () {
      print("nested runs");
      return 42;
    });
    return define(function* main() {
      const task = createTask(nested);
      print("created");
      yield* on(sleep(0));
      print("after one turn", task.done(), task.result());
    });
  }),
  [[0, "created"], [0, "nested runs"], [0, "after one turn true 42"]],
);

// S1-C5
bothStyles(
  "Task.cancel() stops the coroutine through the handle",
  once(({ define, on }, print) => {
    const nested = define(function* () {
      yield* on(sleep(1000));
      print("never printed");
    });
    return define(function* main() {
      const task = createTask(nested);
      yield* on(sleep(100));
      task.cancel();
      try {
        yield* on(task);
      } catch (error) {
        print(error instanceof CancelledError, task.cancelled());
      }
    });
  }),
  [[100, "true true"]],
);

// S1-C7
Deno.test("Future.getLoop() returns the loop that created it", async () => {
  await run(function* main() {
    const loop = getRunningLoop();
    const task = createTask(sleep(0));
    assertStrictEquals(loop.createFuture().getLoop(), loop);
    assertStrictEquals(task.getLoop(), loop);
    yield* task;
  });
});

// S1-C8
bothStyles(
  "Future suspends its waiter until another task resolves it",
  once(({ define, on }, print) => {
    const waiter = define(function* (fut: Future<string>) {
      print("waiting");
      print("got", yield* on(fut));
    });
    const resolver = define(function* (fut: Future<string>) {
      yield* on(sleep(500));
      print("resolving");
      fut.setResult("it");
    });
    return define(function* main() {
      const fut = getRunningLoop().createFuture<string>();
      yield* on(gather([() => waiter(fut), () => resolver(fut)]));
    });
  }),
  [[0, "waiting"], [500, "resolving"], [500, "got it"]],
);

// S1-E3
bothStyles("gather() returns a future's and a coroutine's value in the order given", {
  generator(print) {
    function functionThatReturnsAFutureObject() {
      const fut = getRunningLoop().createFuture<string>();
      getRunningLoop().callLater(1000, () => fut.setResult("future value"));
      return fut;
    }
    // deno-lint-ignore require-yield -- the document says nothing of what it awaits
    function* someCoroutine() {
      return "coroutine value";
    }
    return function* main() {
      print(yield* functionThatReturnsAFutureObject());
      const both = yield* gather([functionThatReturnsAFutureObject(), someCoroutine()]);
      print(both.join(", "));
    };
  },
  async(print) {
    function functionThatReturnsAFutureObject() {
      const fut = getRunningLoop().createFuture<string>();
      getRunningLoop().callLater(1000, () => fut.setResult("future value"));
      return fut;
    }
    // deno-lint-ignore require-await -- the document says nothing of what it awaits
    async function someCoroutine() {
      return "coroutine value";
    }
    return async function main() {
      print(await functionThatReturnsAFutureObject());
      const both = await gather([functionThatReturnsAFutureObject(), someCoroutine]);
      print(both.join(", "));
    };
  },
}, [
  [1000, "future value"],
  [2000, "future value, coroutine value"],
]);

// S1-D1, S3-D5
Deno.test("Coroutine and Future are separate awaitables and only Task is a Future", () => {
  assert(isCoroutine(sleep(0)) && !isFuture(sleep(0)));
  assert(!(Coroutine.prototype instanceof Future) && !(Future.prototype instanceof Coroutine));
  assert(Task.prototype instanceof Future && !(Task.prototype instanceof Coroutine));
});
