/**
 * Facts of order that every document depends on, as CPython 3.13 gives them.
 */
import {
  asyncWith,
  CancelledError,
  createTask,
  currentTask,
  eagerTaskFactory,
  ExceptionGroup,
  Future,
  gather,
  getRunningLoop,
  RuntimeError,
  sleep,
  Task,
  TaskGroup,
  timeout,
  TimeoutError,
  wait,
} from "../../mod.ts";
import { assertInstanceOf } from "@std/assert";
import { bothStyles, once } from "../support/both_styles.ts";

// G1
bothStyles(
  "createTask() starts lazily by default and eagerly with eagerTaskFactory",
  once(({ define, on }, print) => {
    const child = define(function* () {
      print("start");
      yield* on(sleep(0));
      print("end");
    });
    return define(function* main() {
      const lazy = createTask(child);
      print("after create");
      yield* on(lazy);

      getRunningLoop().setTaskFactory(eagerTaskFactory);
      const eager = createTask(child);
      print("after create");
      yield* on(eager);

      getRunningLoop().setTaskFactory(null);
      const eagerByOption = createTask(child, { eagerStart: true });
      print("after create");
      yield* on(eagerByOption);
    });
  }),
  [
    [0, "after create"],
    [0, "start"],
    [0, "end"],
    [0, "start"],
    [0, "after create"],
    [0, "end"],
    [0, "start"],
    [0, "after create"],
    [0, "end"],
  ],
);

// G2
bothStyles(
  "Future.addDoneCallback() calls back at the next turn when the future is done",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = new Future<void>();
      fut.setResult(undefined);
      fut.addDoneCallback(() => print("callback"));
      print("sync");
      yield* on(sleep(0));
      print("after one turn");
    });
  }),
  [[0, "sync"], [0, "callback"], [0, "after one turn"]],
);

// G3
bothStyles(
  "Future wakes waiters and callbacks in the order in which they came",
  once(({ define, on }, print) => {
    const waiter = define(function* (i: number, fut: Future<void>) {
      yield* on(fut);
      print(i);
    });
    return define(function* main() {
      const fut = new Future<void>();
      const waiters = [0, 1].map((i) => createTask(() => waiter(i, fut)));
      yield* on(sleep(0));
      fut.addDoneCallback(() => print("callback"));
      fut.setResult(undefined);
      yield* on(gather(waiters));
    });
  }),
  [[0, "0"], [0, "1"], [0, "callback"]],
);

// G4
bothStyles(
  "EventLoop.callSoon() keeps its order before timers and skips cancelled handles",
  once(({ define, on }, print) => {
    return define(function* main() {
      const loop = getRunningLoop();
      loop.callLater(20, print, "later");
      loop.callAt(loop.time() + 10, print, "at");
      loop.callSoon(print, "soon1");
      loop.callSoon(print, "never printed").cancel();
      loop.callSoon(print, "soon2");
      yield* on(sleep(50));
    });
  }),
  [[0, "soon1"], [0, "soon2"], [10, "at"], [20, "later"]],
);

// G5
bothStyles(
  "Task.cancel() counts the request and carries its message until uncancel()",
  once(({ define, on }, print) => {
    const work = define(function* () {
      const me = currentTask();
      assertInstanceOf(me, Task);
      try {
        yield* on(sleep(10_000));
      } catch (error) {
        assertInstanceOf(error, CancelledError);
        print(error.message, me.cancelling(), me.uncancel());
      }
      return "normal";
    });
    return define(function* main() {
      const task = createTask(work);
      yield* on(sleep(0));
      task.cancel("because");
      print(yield* on(task), task.cancelled());
    });
  }),
  [[0, "because 1 0"], [0, "normal false"]],
);

// G6
bothStyles(
  "TaskGroup cancels the sibling first and then throws a group of the one error",
  once(({ define, on }, print) => {
    const sibling = define(function* () {
      try {
        yield* on(sleep(1000));
      } catch (error) {
        if (error instanceof CancelledError) print("cancelled");
        throw error;
      }
    });
    const failing = define(function* () {
      yield* on(sleep(10));
      throw new RangeError("boom");
    });
    return define(function* main() {
      try {
        yield* on(TaskGroup.run((tg) => {
          tg.createTask(sibling);
          tg.createTask(failing);
        }));
      } catch (error) {
        assertInstanceOf(error, ExceptionGroup);
        print(error.message, error.errors.join(", "));
      }
    });
  }),
  [[10, "cancelled"], [10, "unhandled errors in a TaskGroup RangeError: boom"]],
);

// G7
bothStyles(
  "gather() returns an empty array when it is given nothing",
  once(({ define, on }, print) => {
    return define(function* main() {
      print(JSON.stringify(yield* on(gather([]))));
    });
  }),
  [[0, "[]"]],
);

// G8
bothStyles(
  "Timeout.reschedule() brings the deadline forward while the body runs",
  once(({ define, on }, print) => {
    return define(function* main() {
      const cm = timeout(10_000);
      const body = define(function* () {
        cm.reschedule(getRunningLoop().time() + 10);
        yield* on(sleep(1000));
      });
      try {
        yield* on(asyncWith(cm, body));
      } catch (error) {
        print(error instanceof TimeoutError, cm.expired());
      }
    });
  }),
  [[10, "true true"]],
);

// G9
bothStyles(
  "Task throws RuntimeError at the await when it awaits itself",
  once(({ define, on }, print) => {
    const selfish = define(function* () {
      const me = currentTask();
      assertInstanceOf(me, Task);
      try {
        yield* on(me);
      } catch (error) {
        print(error instanceof RuntimeError);
      }
      return "ran on";
    });
    return define(function* main() {
      print(yield* on(createTask(selfish)));
    });
  }),
  [[0, "true"], [0, "ran on"]],
);

// G10
bothStyles(
  "wait() returns the unfinished task as pending when its timeout passes",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(1000));
      const { done, pending } = yield* on(wait([task], { timeoutMs: 10 }));
      print(done.size, pending.size, task.done());
      yield* on(task);
      print("task ends", task.cancelled());
    });
  }),
  [[10, "0 1 false"], [1000, "task ends false"]],
);
