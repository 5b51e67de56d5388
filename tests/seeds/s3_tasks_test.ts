/**
 * The document on tasks: creating, overlapping, and what really starts one.
 */
import { createTask, getRunningLoop, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { delay, delayAsync } from "./delay.ts";

// S3-E6, S3-O4, S3-A2, S3-C12, S3-C15
bothStyles("createTask() returns a Task before the body runs its first line", {
  generator(print) {
    return function* main() {
      const sleepForThree = createTask(delay(print, 3));
      print(sleepForThree.constructor.name);
      const result = yield* sleepForThree;
      print(result);
    };
  },
  async(print) {
    return async function main() {
      const sleepForThree = createTask(() => delayAsync(print, 3));
      print(sleepForThree.constructor.name);
      const result = await sleepForThree;
      print(result);
    };
  },
}, [
  [0, "Task"],
  [0, "sleeping for 3 second(s)"],
  [3000, "finished sleeping for 3 second(s)"],
  [3000, "3"],
]);

// S3-P2: the document says that a task has to be awaited in order to run.
bothStyles("createTask() runs the task to its end when it is never awaited", {
  generator(print) {
    return function* main() {
      const task = createTask(delay(print, 1));
      print("created");
      yield* sleep(0);
      print("yielded once");
      yield* sleep(2000);
      print(task.done(), task.result());
    };
  },
  async(print) {
    return async function main() {
      const task = createTask(() => delayAsync(print, 1));
      print("created");
      await sleep(0);
      print("yielded once");
      await sleep(2000);
      print(task.done(), task.result());
    };
  },
}, [
  [0, "created"],
  [0, "sleeping for 1 second(s)"],
  [0, "yielded once"],
  [1000, "finished sleeping for 1 second(s)"],
  [2000, "true 1"],
]);

// S3-P2
bothStyles(
  "createTask() loses the rest of a task that is not awaited when main ends first",
  once(({ define, on }, print) => {
    const work = define(function* () {
      print("starts");
      yield* on(sleep(1000));
      print("never printed");
    });
    return define(function* main() {
      createTask(work);
      yield* on(sleep(500));
      print("main ends");
    });
  }),
  [[0, "starts"], [500, "main ends"]],
);

// S3-E7, S3-C14
bothStyles("createTask() overlaps three sleeps when all are made before the first await", {
  generator(print) {
    return function* main() {
      const sleepForThree = createTask(delay(print, 3));
      const sleepAgain = createTask(delay(print, 3));
      const sleepOnceMore = createTask(delay(print, 3));

      yield* sleepForThree;
      yield* sleepAgain;
      yield* sleepOnceMore;
    };
  },
  async(print) {
    return async function main() {
      const sleepForThree = createTask(() => delayAsync(print, 3));
      const sleepAgain = createTask(() => delayAsync(print, 3));
      const sleepOnceMore = createTask(() => delayAsync(print, 3));

      await sleepForThree;
      await sleepAgain;
      await sleepOnceMore;
    };
  },
}, [
  [0, "sleeping for 3 second(s)"],
  [0, "sleeping for 3 second(s)"],
  [0, "sleeping for 3 second(s)"],
  [3000, "finished sleeping for 3 second(s)"],
  [3000, "finished sleeping for 3 second(s)"],
  [3000, "finished sleeping for 3 second(s)"],
]);

// S3-C13, S3-C14
bothStyles(
  "await adds up the sleeps that createTask() overlaps",
  once(({ define, on }, print) => {
    const work = define(function* () {
      yield* on(sleep(100));
    });
    return define(function* main() {
      for (let i = 0; i < 3; i++) yield* on(work());
      print("awaited one after another");
      for (const task of [1, 2, 3].map(() => createTask(work))) yield* on(task);
      print("awaited as tasks");
    });
  }),
  [[300, "awaited one after another"], [400, "awaited as tasks"]],
);

// S3-E8, S3-O5
bothStyles("createTask() lets two tasks sleep while main runs other code", {
  generator(print) {
    function* helloEverySecond() {
      for (let i = 0; i < 2; i++) {
        yield* sleep(1000);
        print("I'm running other code while I'm waiting!");
      }
    }
    return function* main() {
      const firstDelay = createTask(delay(print, 3));
      const secondDelay = createTask(delay(print, 3));
      yield* helloEverySecond();
      yield* firstDelay;
      yield* secondDelay;
    };
  },
  async(print) {
    async function helloEverySecond() {
      for (let i = 0; i < 2; i++) {
        await sleep(1000);
        print("I'm running other code while I'm waiting!");
      }
    }
    return async function main() {
      const firstDelay = createTask(() => delayAsync(print, 3));
      const secondDelay = createTask(() => delayAsync(print, 3));
      await helloEverySecond();
      await firstDelay;
      await secondDelay;
    };
  },
}, [
  [0, "sleeping for 3 second(s)"],
  [0, "sleeping for 3 second(s)"],
  [1000, "I'm running other code while I'm waiting!"],
  [2000, "I'm running other code while I'm waiting!"],
  [3000, "finished sleeping for 3 second(s)"],
  [3000, "finished sleeping for 3 second(s)"],
]);

// S3-C17: the document lets the tasks start first; the awaited coroutine in fact does.
bothStyles(
  "await starts a coroutine at once and before the tasks that were created earlier",
  once(({ define, on }, print) => {
    const child = define(function* (name: string) {
      print(name, "starts");
      yield* on(sleep(3000));
    });
    const helloEverySecond = define(function* () {
      print("awaited coroutine starts");
      yield* on(sleep(1000));
      print("awaited coroutine ends");
    });
    return define(function* main() {
      createTask(() => child("task 1"));
      createTask(() => child("task 2"));
      yield* on(helloEverySecond());
    });
  }),
  [
    [0, "awaited coroutine starts"],
    [0, "task 1 starts"],
    [0, "task 2 starts"],
    [1000, "awaited coroutine ends"],
  ],
);

// S3-C16
bothStyles(
  "await of something that is done does not start the created tasks",
  once(({ define, on }, print) => {
    // deno-lint-ignore require-yield -- it ends in its first step
    const child = define(function* () {
      print("task starts");
    });
    return define(function* main() {
      const done = getRunningLoop().createFuture<string>();
      done.setResult("done");
      const task = createTask(child);
      print("awaited what is", yield* on(done));
      yield* on(task);
    });
  }),
  [[0, "awaited what is done"], [0, "task starts"]],
);
