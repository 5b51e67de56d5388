/**
 * The document on cancelling a task and on giving it a timeout.
 */
import {
  CancelledError,
  createTask,
  shield,
  sleep,
  type Task,
  TimeoutError,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { delay, delayAsync } from "./delay.ts";

// S3-E9, S3-O6, S3-A3
bothStyles("Task.cancel() is noticed at the next poll when main polls done()", {
  generator(print) {
    return function* main() {
      const longTask = createTask(delay(print, 10));
      let secondsElapsed = 0;
      while (!longTask.done()) {
        print("Task not finished, checking again in a second.");
        yield* sleep(1000);
        secondsElapsed++;
        if (secondsElapsed === 5) longTask.cancel();
      }
      try {
        yield* longTask;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        print("Our task was cancelled.");
      }
    };
  },
  async(print) {
    return async function main() {
      const longTask = createTask(() => delayAsync(print, 10));
      let secondsElapsed = 0;
      while (!longTask.done()) {
        print("Task not finished, checking again in a second.");
        await sleep(1000);
        secondsElapsed++;
        if (secondsElapsed === 5) longTask.cancel();
      }
      try {
        await longTask;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        print("Our task was cancelled.");
      }
    };
  },
}, [
  [0, "Task not finished, checking again in a second."],
  [0, "sleeping for 10 second(s)"],
  [1000, "Task not finished, checking again in a second."],
  [2000, "Task not finished, checking again in a second."],
  [3000, "Task not finished, checking again in a second."],
  [4000, "Task not finished, checking again in a second."],
  [5000, "Task not finished, checking again in a second."],
  [6000, "Our task was cancelled."],
]);

// S3-P3, S3-C19
bothStyles(
  "Task.cancel() lets plain code run on to the next await when the task cancels itself",
  once(({ define, on }, print) => {
    const busy = define(function* () {
      print("before cancel");
      print("cancel", task.cancel(), task.cancelled());
      for (const line of [1, 2]) print("plain code runs on", line);
      yield* on(sleep(0));
      print("never printed");
    });
    let task: Task<void>;
    return define(function* main() {
      task = createTask(busy);
      try {
        yield* on(task);
      } catch (error) {
        print("cancelled at await", error instanceof CancelledError, task.cancelled());
      }
    });
  }),
  [
    [0, "before cancel"],
    [0, "cancel true false"],
    [0, "plain code runs on 1"],
    [0, "plain code runs on 2"],
    [0, "cancelled at await true true"],
  ],
);

// S3-C19
bothStyles(
  "Task.cancelled() is false right after cancel() and true when the task has ended",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(1000));
      yield* on(sleep(100));
      print("requested", task.cancel(), "cancelled", task.cancelled(), "done", task.done());
      yield* on(sleep(100));
      print("cancelled", task.cancelled(), "done", task.done());
    });
  }),
  [[100, "requested true cancelled false done false"], [200, "cancelled true done true"]],
);

// S3-E10, S3-O7
bothStyles("waitFor() throws TimeoutError and cancels the task when time is up", {
  generator(print) {
    return function* main() {
      const delayTask = createTask(delay(print, 2));
      try {
        const result = yield* waitFor(delayTask, 1000);
        print(result);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print("Got a timeout!");
        print(`Was the task cancelled? ${delayTask.cancelled() ? "True" : "False"}`);
      }
    };
  },
  async(print) {
    return async function main() {
      const delayTask = createTask(() => delayAsync(print, 2));
      try {
        const result = await waitFor(delayTask, 1000);
        print(result);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print("Got a timeout!");
        print(`Was the task cancelled? ${delayTask.cancelled() ? "True" : "False"}`);
      }
    };
  },
}, [
  [0, "sleeping for 2 second(s)"],
  [1000, "Got a timeout!"],
  [1000, "Was the task cancelled? True"],
]);

// S3-A4
bothStyles(
  "waitFor() throws TimeoutError without starting the coroutine when the timeout is 0",
  once(({ define, on }, print) => {
    // deno-lint-ignore require-yield -- it must not even start
    const work = define(function* () {
      print("never printed");
    });
    return define(function* main() {
      try {
        yield* on(waitFor(work, 0));
      } catch (error) {
        print(error instanceof TimeoutError);
      }
      yield* on(sleep(100));
      print("not started");
    });
  }),
  [[0, "true"], [100, "not started"]],
);

// S3-A4
bothStyles(
  "waitFor() throws TimeoutError after the cleanup of the inner task",
  once(({ define, on }, print) => {
    const work = define(function* () {
      try {
        yield* on(sleep(2000));
      } catch (error) {
        yield* on(sleep(500));
        print("cleaned up", error instanceof CancelledError);
        throw error;
      }
    });
    return define(function* main() {
      try {
        yield* on(waitFor(work, 1000));
      } catch (error) {
        print("timed out", error instanceof TimeoutError);
      }
    });
  }),
  [[1500, "cleaned up true"], [1500, "timed out true"]],
);

// S3-C20
bothStyles("waitFor() leaves the task running when it is shielded", {
  generator(print) {
    return function* main() {
      const task = createTask(delay(print, 2));
      try {
        yield* waitFor(shield(task), 1000);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print("It takes longer than expected");
        print(`cancelled? ${task.cancelled() ? "True" : "False"}`);
      }
      print(yield* task);
    };
  },
  async(print) {
    return async function main() {
      const task = createTask(() => delayAsync(print, 2));
      try {
        await waitFor(shield(task), 1000);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print("It takes longer than expected");
        print(`cancelled? ${task.cancelled() ? "True" : "False"}`);
      }
      print(await task);
    };
  },
}, [
  [0, "sleeping for 2 second(s)"],
  [1000, "It takes longer than expected"],
  [1000, "cancelled? False"],
  [2000, "finished sleeping for 2 second(s)"],
  [2000, "2"],
]);
