/**
 * The chapter's section on cancellation: where it is thrown, cleanup, shield.
 */
import { CancelledError, createTask, shield, shieldScope, sleep, wait } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

// S2-C20: where it is thrown is seen from the lines around, a CancelledError carries no stack.
bothStyles(
  "Task.cancel() throws CancelledError at the await point",
  once(({ define, on }, print) => {
    const work = define(function* () {
      for (const step of [1, 2, 3]) {
        try {
          print("before await", step);
          yield* on(sleep(100));
          print("after await", step);
        } catch (error) {
          print("thrown at await", step, error instanceof CancelledError);
          throw error;
        }
      }
    });
    return define(function* main() {
      const task = createTask(work);
      yield* on(sleep(150));
      task.cancel();
      yield* on(wait([task]));
    });
  }),
  [[0, "before await 1"], [100, "after await 1"], [100, "before await 2"], [
    150,
    "thrown at await 2 true",
  ]],
);

// S2-E21
bothStyles("Task.cancel() lets the task await its cleanup before it ends as cancelled", {
  generator(print) {
    function* cleanup() {
      print("cleanup start");
      yield* sleep(100);
      print("cleanup end");
    }
    function* work() {
      try {
        yield* sleep(10_000);
      } catch (error) {
        if (error instanceof CancelledError) yield* cleanup();
        throw error;
      }
    }
    return function* main() {
      const task = createTask(work());
      yield* sleep(50);
      task.cancel();
      yield* wait([task]);
      print("cancelled", task.cancelled());
    };
  },
  async(print) {
    async function cleanup() {
      print("cleanup start");
      await sleep(100);
      print("cleanup end");
    }
    async function work() {
      try {
        await sleep(10_000);
      } catch (error) {
        if (error instanceof CancelledError) await cleanup();
        throw error;
      }
    }
    return async function main() {
      const task = createTask(work);
      await sleep(50);
      task.cancel();
      await wait([task]);
      print("cancelled", task.cancelled());
    };
  },
}, [
  [50, "cleanup start"],
  [150, "cleanup end"],
  [150, "cancelled true"],
]);

// S2-P5
bothStyles(
  "Task ends as finished when its cancellation is caught and not thrown again",
  once(({ define, on }, print) => {
    const work = define(function* () {
      try {
        yield* on(sleep(10_000));
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
      }
      return "normal";
    });
    return define(function* main() {
      const task = createTask(work);
      yield* on(sleep(50));
      task.cancel();
      print(yield* on(task), task.cancelled(), task.cancelling());
    });
  }),
  [[50, "normal false 1"]],
);

// S2-E22
bothStyles(
  "shield() keeps the inner work running and throws in the caller when that is cancelled",
  {
    generator(print) {
      function* importantWork() {
        yield* sleep(200);
        print("inner finished");
      }
      function* critical() {
        return yield* shield(importantWork());
      }
      return function* main() {
        const task = createTask(critical());
        yield* sleep(50);
        task.cancel();
        try {
          yield* task;
        } catch (error) {
          print("outer", error instanceof CancelledError);
        }
        yield* sleep(300);
      };
    },
    async(print) {
      async function importantWork() {
        await sleep(200);
        print("inner finished");
      }
      async function critical() {
        return await shield(createTask(importantWork));
      }
      return async function main() {
        const task = createTask(critical);
        await sleep(50);
        task.cancel();
        try {
          await task;
        } catch (error) {
          print("outer", error instanceof CancelledError);
        }
        await sleep(300);
      };
    },
  },
  [
    [50, "outer true"],
    [200, "inner finished"],
  ],
);

// S2-E22, S2-C21
bothStyles(
  "shieldScope() finishes its body and cancels the caller afterwards",
  once(({ define, on }, print) => {
    const lastStep = define(function* () {
      print("payment begins");
      yield* on(sleep(200));
      print("payment is booked");
    });
    const pay = define(function* () {
      try {
        yield* on(shieldScope(lastStep));
        yield* on(sleep(0));
        print("never printed");
      } catch (error) {
        print("cancelled afterwards", error instanceof CancelledError);
        throw error;
      }
    });
    return define(function* main() {
      const task = createTask(pay);
      yield* on(sleep(50));
      task.cancel();
      yield* on(wait([task]));
      print("task cancelled", task.cancelled());
    });
  }),
  [
    [0, "payment begins"],
    [200, "payment is booked"],
    [200, "cancelled afterwards true"],
    [200, "task cancelled true"],
  ],
);
