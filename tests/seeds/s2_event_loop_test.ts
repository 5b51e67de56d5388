/**
 * The chapter on the event loop: one coroutine at a time, the yield point, Future and Task.
 */
import { assertEquals } from "@std/assert";
import { createTask, Future, gather, getRunningLoop, sleep } from "../../mod.ts";
import { bothStyles, once, record } from "../support/both_styles.ts";

// S2-C1
bothStyles(
  "EventLoop runs one coroutine at a time when many are ready",
  once(({ define, on }, print) => {
    let running = 0;
    let most = 0;
    const worker = define(function* () {
      for (let i = 0; i < 10; i++) {
        running++;
        most = Math.max(most, running);
        running--;
        yield* on(sleep(0));
      }
    });
    return define(function* main() {
      yield* on(gather(Array.from({ length: 20 }, () => worker)));
      print("at most", most);
    });
  }),
  [[0, "at most 1"]],
);

// S2-E1, S2-C2a, S2-C2b, S2-C2c: an async function cannot be advanced by hand, so generators only.
Deno.test("Future lets a loop written by hand drive generators step by step", async () => {
  const events = await record((print) => {
    /** The document's loop, with what it lacks: it waits while the queue is empty and futures are pending. */
    function* runLoop(coros: Generator<unknown, void>[]) {
      const queue = [...coros];
      let waiting = 0;
      while (queue.length > 0 || waiting > 0) {
        const coro = queue.shift();
        if (coro === undefined) {
          yield* sleep(1);
          continue;
        }
        const step = coro.next();
        if (step.done) continue;
        waiting++;
        (step.value as Future<unknown>).addDoneCallback(() => {
          waiting--;
          queue.push(coro);
        });
      }
    }
    function* coro(name: string, ms: number) {
      for (const step of [1, 2]) {
        print(`${name}${step}`);
        const fut = getRunningLoop().createFuture<void>();
        getRunningLoop().callLater(ms, () => fut.setResult(undefined));
        // A yield without the star: the hand-written loop wants the future itself.
        yield fut;
      }
      print(`${name} ends`);
    }
    return function* main() {
      yield* runLoop([coro("a", 10), coro("b", 15)]);
      print("loop ends");
    };
  });
  assertEquals(events, [
    [0, "a1"],
    [0, "b1"],
    [10, "a2"],
    [15, "b2"],
    [20, "a ends"],
    [30, "b ends"],
    [30, "loop ends"],
  ]);
});

// S2-C2d
bothStyles(
  "sleep(0) lets the other tasks run in between when two tasks take steps",
  once(({ define, on }, print) => {
    const worker = define(function* (name: string) {
      for (const step of [1, 2]) {
        print(`${name}${step}`);
        yield* on(sleep(0));
      }
    });
    return define(function* main() {
      yield* on(gather([() => worker("a"), () => worker("b")]));
    });
  }),
  [[0, "a1"], [0, "b1"], [0, "a2"], [0, "b2"]],
);

// S2-C3
bothStyles(
  "await loses updates in the middle of a read-modify-write and nowhere else",
  once(({ define, on }, print) => {
    const count = { safe: 0, unsafe: 0 };
    const safe = define(function* () {
      const value = count.safe;
      count.safe = value + 1;
      yield* on(sleep(0));
    });
    const unsafe = define(function* () {
      const value = count.unsafe;
      yield* on(sleep(0));
      count.unsafe = value + 1;
    });
    return define(function* main() {
      yield* on(gather(Array.from({ length: 10 }, () => safe)));
      yield* on(gather(Array.from({ length: 10 }, () => unsafe)));
      print("safe", count.safe, "unsafe", count.unsafe);
    });
  }),
  [[0, "safe 10 unsafe 1"]],
);

// S2-E2, S2-P1
bothStyles(
  "gather() runs coroutines one after another when none of them awaits",
  once(({ define, on }, print) => {
    // deno-lint-ignore require-yield -- having no yield point is the subject
    const slow = define(function* (name: string) {
      print(name, "starts");
      let total = 0;
      for (let i = 0; i < 10_000_000; i++) total += i;
      print(name, "ends");
      return total;
    });
    return define(function* main() {
      const totals = yield* on(gather([() => slow("a"), () => slow("b"), () => slow("c")]));
      print(...totals);
    });
  }),
  [
    [0, "a starts"],
    [0, "a ends"],
    [0, "b starts"],
    [0, "b ends"],
    [0, "c starts"],
    [0, "c ends"],
    [0, "49999995000000 49999995000000 49999995000000"],
  ],
);

// S2-E3
bothStyles("EventLoop.callLater() passes its arguments to a bound setResult", {
  generator(print) {
    return function* main() {
      const loop = getRunningLoop();
      const fut = loop.createFuture<string>();
      loop.callLater(1000, fut.setResult.bind(fut), "done");
      const result = yield* fut;
      print(result);
    };
  },
  async(print) {
    return async function main() {
      const loop = getRunningLoop();
      const fut = loop.createFuture<string>();
      loop.callLater(1000, fut.setResult.bind(fut), "done");
      const result = await fut;
      print(result);
    };
  },
}, [[1000, "done"]]);

// S2-C6
Deno.test("Future shows its state when it is inspected", () => {
  const [pending, finished, failed, cancelled] = Array.from({ length: 4 }, () => new Future());
  finished?.setResult("done");
  failed?.setException(new Error("boom"));
  failed?.exception();
  cancelled?.cancel();
  assertEquals([pending, finished, failed, cancelled].map((fut) => Deno.inspect(fut)), [
    "<Future pending>",
    '<Future finished result="done">',
    '<Future finished exception=Error("boom")>',
    "<Future cancelled>",
  ]);
});

// S2-E4, S2-C8
bothStyles("Task is a Future when createTask() made it", {
  generator(print) {
    return function* main() {
      const task = createTask(sleep(10));
      print(task instanceof Future);
      yield* task;
    };
  },
  async(print) {
    return async function main() {
      const task = createTask(sleep(10));
      print(task instanceof Future);
      await task;
    };
  },
}, [[0, "true"]]);

// S2-E5
bothStyles(
  "Task tells its outcome when it is asked by done(), exception() and result()",
  once(({ define, on }, print) => {
    const slow = define(function* () {
      yield* on(sleep(1000));
      return "too late";
    });
    const failing = define(function* (): Generator<Future<unknown>, string, unknown> {
      yield* on(sleep(50));
      throw new Error("boom");
    });
    const working = define(function* () {
      yield* on(sleep(50));
      return "ok";
    });
    return define(function* main() {
      for (const work of [slow, failing, working]) {
        const task = createTask(work);
        yield* on(sleep(100));
        print(task.done());
        if (task.done()) {
          const error = task.exception();
          if (error instanceof Error) print("실패:", error.message);
          else print("성공:", task.result());
        }
        print("cancel", task.cancel());
      }
    });
  }),
  [
    [100, "false"],
    [100, "cancel true"],
    [200, "true"],
    [200, "실패: boom"],
    [200, "cancel false"],
    [300, "true"],
    [300, "성공: ok"],
    [300, "cancel false"],
  ],
);

// S2-E7
bothStyles("Future.addDoneCallback() empties a set of background tasks when they are done", {
  generator(print) {
    function* backgroundWork() {
      yield* sleep(100);
      print("background work is done");
    }
    return function* main() {
      const backgroundTasks = new Set<Future<void>>();
      const task = createTask(backgroundWork());
      backgroundTasks.add(task);
      task.addDoneCallback((done) => backgroundTasks.delete(done));
      print(backgroundTasks.size);
      yield* task;
      print(backgroundTasks.size);
    };
  },
  async(print) {
    async function backgroundWork() {
      await sleep(100);
      print("background work is done");
    }
    return async function main() {
      const backgroundTasks = new Set<Future<void>>();
      const task = createTask(backgroundWork);
      backgroundTasks.add(task);
      task.addDoneCallback((done) => backgroundTasks.delete(done));
      print(backgroundTasks.size);
      await task;
      print(backgroundTasks.size);
    };
  },
}, [
  [0, "1"],
  [100, "background work is done"],
  [100, "0"],
]);
