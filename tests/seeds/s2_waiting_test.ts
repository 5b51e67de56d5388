/**
 * The chapter's comparison of gather, wait and asCompleted.
 */
import { assertEquals, assertInstanceOf } from "@std/assert";
import {
  ALL_COMPLETED,
  asCompleted,
  CancelledError,
  createTask,
  ExceptionGroup,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type Future,
  gather,
  run,
  sleep,
  TaskGroup,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

// S2-E8
bothStyles("gather() keeps the order of the call when a later one finishes first", {
  generator(print) {
    function* fetch(name: string, ms: number) {
      yield* sleep(ms);
      print(name, "fetched");
      return name;
    }
    return function* main() {
      const results = yield* gather(
        [fetch("a", 300), fetch("b", 100), fetch("c", 200)],
        { returnExceptions: false },
      );
      print(results.join(", "));
    };
  },
  async(print) {
    async function fetch(name: string, ms: number) {
      await sleep(ms);
      print(name, "fetched");
      return name;
    }
    return async function main() {
      const results = await gather(
        [() => fetch("a", 300), () => fetch("b", 100), () => fetch("c", 200)],
        { returnExceptions: false },
      );
      print(results.join(", "));
    };
  },
}, [
  [100, "b fetched"],
  [200, "c fetched"],
  [300, "a fetched"],
  [300, "a, b, c"],
]);

// S2-E9, S2-C10
bothStyles("gather() returns errors beside results when returnExceptions is set", {
  generator(print) {
    function* fetch(name: string) {
      yield* sleep(200);
      return name;
    }
    function* fetchMightFail(name: string) {
      yield* sleep(100);
      if (name === "b") throw new Error(name);
      return name;
    }
    return function* main() {
      const results = yield* gather([fetch("a"), fetchMightFail("b")], { returnExceptions: true });
      for (const r of results) {
        if (r instanceof Error) print("실패:", r.message);
        else print("성공:", r.toUpperCase());
      }
    };
  },
  async(print) {
    async function fetch(name: string) {
      await sleep(200);
      return name;
    }
    async function fetchMightFail(name: string) {
      await sleep(100);
      if (name === "b") throw new Error(name);
      return name;
    }
    return async function main() {
      const results = await gather([() => fetch("a"), () => fetchMightFail("b")], {
        returnExceptions: true,
      });
      for (const r of results) {
        if (r instanceof Error) print("실패:", r.message);
        else print("성공:", r.toUpperCase());
      }
    };
  },
}, [
  [200, "성공: A"],
  [200, "실패: b"],
]);

// S2-P3
bothStyles(
  "gather() leaves the siblings of a failed child running where TaskGroup cancels them",
  once(({ define, on }, print) => {
    const sibling = define(function* () {
      try {
        yield* on(sleep(200));
        print("sibling ran on");
      } catch (error) {
        if (error instanceof CancelledError) print("sibling cancelled");
        throw error;
      }
    });
    const failing = define(function* () {
      yield* on(sleep(100));
      throw new Error("boom");
    });
    return define(function* main() {
      try {
        yield* on(gather([sibling, failing]));
      } catch (error) {
        print("gather threw", error);
      }
      yield* on(sleep(200));
      try {
        yield* on(TaskGroup.run((tg) => {
          tg.createTask(sibling);
          tg.createTask(failing);
        }));
      } catch (error) {
        print("group threw", error instanceof ExceptionGroup && error.errors.join(", "));
      }
    });
  }),
  [
    [100, "gather threw Error: boom"],
    [200, "sibling ran on"],
    [400, "sibling cancelled"],
    [400, "group threw Error: boom"],
  ],
);

// S2-E10, S2-C11
bothStyles(
  "wait() returns the fastest task and the pending ones when returnWhen is FIRST_COMPLETED",
  {
    generator(print) {
      return function* main() {
        const [task1, task2, task3] = [300, 100, 200].map((ms) => createTask(sleep(ms)));
        const { done, pending } = yield* wait([task1!, task2!, task3!], {
          returnWhen: FIRST_COMPLETED,
        });
        print(done instanceof Set, pending instanceof Set, done.size, pending.size);
        print(done.has(task2!), pending.has(task1!), pending.has(task3!));
      };
    },
    async(print) {
      return async function main() {
        const [task1, task2, task3] = [300, 100, 200].map((ms) => createTask(sleep(ms)));
        const { done, pending } = await wait([task1!, task2!, task3!], {
          returnWhen: FIRST_COMPLETED,
        });
        print(done instanceof Set, pending instanceof Set, done.size, pending.size);
        print(done.has(task2!), pending.has(task1!), pending.has(task3!));
      };
    },
  },
  [
    [100, "true true 1 2"],
    [100, "true true true"],
  ],
);

/** Three tasks that end at 300, 100 and 200 ms; the last one fails on request. */
function threeTasks(fail: boolean): Future<number>[] {
  return [300, 100, 200].map((ms, i) =>
    createTask(function* () {
      yield* sleep(ms);
      if (fail && i === 2) throw new Error("boom");
      return i;
    })
  );
}

// S2-A1
for (
  const [returnWhen, fail, time, done] of [
    [undefined, false, 300, [0, 1, 2]],
    [ALL_COMPLETED, true, 300, [0, 1, 2]],
    [FIRST_COMPLETED, false, 100, [1]],
    [FIRST_EXCEPTION, true, 200, [1, 2]],
    [FIRST_EXCEPTION, false, 300, [0, 1, 2]],
  ] as const
) {
  bothStyles(
    `wait() returns at ${time} ms when returnWhen is ${returnWhen} and ${
      fail ? "one" : "no"
    } task fails`,
    once(({ define, on }, print) => {
      return define(function* main() {
        const tasks = threeTasks(fail);
        const sets = yield* on(wait(tasks, returnWhen === undefined ? {} : { returnWhen }));
        for (const set of [sets.done, sets.pending]) {
          print(...[...set].map((task) => tasks.indexOf(task)).sort());
        }
        for (const task of sets.done) task.exception();
      });
    }),
    [[time, done.join(" ")], [time, [0, 1, 2].filter((i) => !done.some((d) => d === i)).join(" ")]],
  );
}

// S2-A1: CPython's ValueError is a RangeError in JavaScript.
Deno.test("wait() throws RangeError when it is given nothing to wait for", async () => {
  const error = await run(function* main() {
    try {
      return yield* wait([]);
    } catch (error) {
      return error;
    }
  }, { clock: new VirtualClock() });
  assertInstanceOf(error, RangeError);
});

// S2-A1
bothStyles(
  "wait() returns what is pending and cancels nothing when its timeout passes",
  once(({ define, on }, print) => {
    return define(function* main() {
      const tasks = threeTasks(false);
      const { done, pending } = yield* on(wait(tasks, { timeoutMs: 150 }));
      print(done.size, pending.size);
      yield* on(wait(tasks));
      print(...tasks.map((task) => task.result()));
    });
  }),
  [[150, "1 2"], [300, "0 1 2"]],
);

// S2-E11, S2-C13
bothStyles("asCompleted() hands results out in the order in which they finish", {
  generator(print) {
    function* fetch(u: string, ms: number) {
      yield* sleep(ms);
      return u;
    }
    return function* main() {
      const coros = [fetch("u1", 300), fetch("u2", 100), fetch("u3", 200)];
      for (const coro of asCompleted(coros)) {
        const result = yield* coro;
        print("받음:", result);
      }
    };
  },
  async(print) {
    async function fetch(u: string, ms: number) {
      await sleep(ms);
      return u;
    }
    return async function main() {
      const coros = [() => fetch("u1", 300), () => fetch("u2", 100), () => fetch("u3", 200)];
      for (const coro of asCompleted(coros)) {
        const result = await coro;
        print("받음:", result);
      }
    };
  },
}, [
  [100, "받음: u2"],
  [200, "받음: u3"],
  [300, "받음: u1"],
]);

// S2-E11: `for await` exists in async functions only.
Deno.test("asCompleted() yields the tasks it was given when it is iterated with for await", async () => {
  const clock = new VirtualClock();
  const events: unknown[] = [];
  await run(async function main() {
    const tasks = [300, 100, 200].map((ms) => createTask(sleep(ms, ms)));
    for await (const finished of asCompleted(tasks)) {
      // TypeScript may take what `for await` gives for the future's result, though it is the future.
      const task = finished as unknown as Future<number>;
      events.push([clock.now(), task.result(), tasks.some((one) => one === task)]);
    }
  }, { clock });
  assertEquals(events, [[100, 100, true], [200, 200, true], [300, 300, true]]);
});
