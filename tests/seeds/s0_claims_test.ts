/**
 * What the document on Future and Task claims and its examples do not show.
 */
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  allTasks,
  CancelledError,
  createTask,
  ExceptionGroup,
  Future,
  gather,
  getRunningLoop,
  run,
  RuntimeError,
  sleep,
  Task,
  TaskGroup,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

// S0-C9
bothStyles(
  "gather() turns coroutines into tasks before it is awaited",
  once(({ define, on }, print) => {
    const job = define(function* () {
      yield* on(sleep(1000));
    });
    return define(function* main() {
      const all = gather([job, job, job]);
      print(allTasks().size - 1);
      yield* on(all);
      print(allTasks().size - 1);
    });
  }),
  [[0, "3"], [1000, "0"]],
);

// S0-C11
bothStyles(
  "TaskGroup cancels the siblings and throws one error when a child fails",
  once(({ define, on }, print) => {
    const a = define(function* () {
      yield* on(sleep(1000));
      throw new Error("A failed");
    });
    const b = define(function* () {
      try {
        yield* on(sleep(2000));
      } catch (error) {
        if (error instanceof CancelledError) print("B cancelled");
        throw error;
      }
    });
    return define(function* main() {
      try {
        yield* on(TaskGroup.run((tg) => {
          tg.createTask(a);
          tg.createTask(b);
        }));
      } catch (error) {
        assert(error instanceof ExceptionGroup);
        print(error.errors.join(", "));
      }
    });
  }),
  [[1000, "B cancelled"], [1000, "Error: A failed"]],
);

// S0-C2
bothStyles(
  "sleep() overlaps in a thousand tasks of a single thread",
  once(({ define, on }, print) => {
    const job = define(function* () {
      yield* on(sleep(100));
      return 1;
    });
    return define(function* main() {
      const results = yield* on(gather(Array.from({ length: 1000 }, () => job)));
      print(results.reduce((sum, one) => sum + one, 0), "tasks");
    });
  }),
  [[100, "1000 tasks"]],
);

// S0-C3, S0-T2
Deno.test("Task extends Future in its prototype chain", () => {
  assertStrictEquals(Object.getPrototypeOf(Task.prototype), Future.prototype);
});

// S0-C3, S0-T3
bothStyles(
  "createFuture() and createTask() return a Future and a Task",
  once(({ define, on }, print) => {
    return define(function* main() {
      const future = getRunningLoop().createFuture();
      const task = createTask(sleep(0));
      print(future instanceof Future, future instanceof Task);
      print(task instanceof Future, task instanceof Task);
      yield* on(task);
    });
  }),
  [[0, "true false"], [0, "true true"]],
);

// S0-T4
bothStyles(
  "Task.setResult() and setException() throw RuntimeError and leave the task running",
  once(({ define, on }, print) => {
    const job = define(function* () {
      yield* on(sleep(1000));
      return "its own result";
    });
    return define(function* main() {
      const future = getRunningLoop().createFuture<string>();
      future.setResult("set by hand");
      print(future.result());

      const task = createTask(job);
      for (const misuse of [() => task.setResult("x"), () => task.setException(new Error("x"))]) {
        try {
          misuse();
        } catch (error) {
          print(error instanceof RuntimeError, task.done());
        }
      }
      print(yield* on(task));
    });
  }),
  [[0, "set by hand"], [0, "true false"], [0, "true false"], [1000, "its own result"]],
);

// S0-C5
bothStyles(
  "Task settles by itself while a bare Future stays pending",
  once(({ define, on }, print) => {
    return define(function* main() {
      const future = getRunningLoop().createFuture();
      const task = createTask(sleep(1000));
      yield* on(sleep(5000));
      print("task", task.done(), "future", future.done());
    });
  }),
  [[5000, "task true future false"]],
);

// S0-C4, S0-T6
bothStyles(
  "Future and Task pass through the same states when they finish or are cancelled",
  once(({ define, on }, print) => {
    const describe = (f: Future<unknown>) => `done=${f.done()} cancelled=${f.cancelled()}`;
    return define(function* main() {
      const finished = [getRunningLoop().createFuture<string>(), createTask(sleep(10, "value"))];
      const cancelled = [getRunningLoop().createFuture(), createTask(sleep(10))];
      print("pending", ...[...finished, ...cancelled].map(describe));

      finished[0]?.setResult("value");
      print("cancel() returns", ...cancelled.map((f) => f.cancel()));
      yield* on(sleep(20));
      print("finished", ...finished.map(describe), ...finished.map((f) => f.result()));
      print("cancelled", ...cancelled.map(describe));
      print("cancel() of what is done returns", ...finished.map((f) => f.cancel()));
    });
  }),
  [
    [0, `pending${" done=false cancelled=false".repeat(4)}`],
    [0, "cancel() returns true true"],
    [20, `finished${" done=true cancelled=false".repeat(2)} value value`],
    [20, `cancelled${" done=true cancelled=true".repeat(2)}`],
    [20, "cancel() of what is done returns false false"],
  ],
);

// S0-C7, S0-C15, S1-C8b
bothStyles(
  "Future carries an event of an EventTarget to its waiter",
  once(({ define, on }, print) => {
    function nextEvent(target: EventTarget, type: string): Future<Event> {
      const fut = getRunningLoop().createFuture<Event>();
      target.addEventListener(type, (event) => fut.setResult(event), { once: true });
      return fut;
    }
    return define(function* main() {
      const button = new EventTarget();
      getRunningLoop().callLater(300, () => button.dispatchEvent(new Event("click")));
      const event = yield* on(nextEvent(button, "click"));
      print(event.type);
    });
  }),
  [[300, "click"]],
);

// S0-C15, S1-C8b: a host timer cannot run on virtual time, so this one waits for a real one.
Deno.test("Future carries the call of a host timer to its waiter", async () => {
  const result = await run(function* main() {
    const fut = getRunningLoop().createFuture<string>();
    setTimeout(() => fut.setResult("called back"), 0);
    return yield* fut;
  });
  assertEquals(result, "called back");
});

// S0-C7: a worker runs on the host's clock.
Deno.test("Future carries the message of a worker to its waiter", async () => {
  const url = URL.createObjectURL(new Blob(["postMessage('from the worker')"]));
  const message = await run(async function main() {
    const loop = getRunningLoop();
    const fut = loop.createFuture<unknown>();
    const worker = new Worker(url, { type: "module" });
    // In the turn that makes the worker: a message that nobody listens for is lost.
    worker.onmessage = ({ data }) => void loop.callSoonThreadsafe(() => fut.setResult(data));
    try {
      return await fut;
    } finally {
      worker.terminate();
    }
  });
  URL.revokeObjectURL(url);
  assertEquals(message, "from the worker");
});
