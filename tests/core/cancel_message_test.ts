/**
 * Who sees the message of a cancel: as in CPython, the first message that is delivered, and whoever
 * asks first about a cancelled task.
 */
import { CancelledError, createTask, Future, gather, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

function describe(error: unknown): string {
  return error instanceof CancelledError ? `cancelled "${error.message}"` : String(error);
}

bothStyles(
  "Task.cancel() gives the message of the first of two cancels in one iteration",
  once(({ define, on }, print) =>
    define(function* () {
      const task = createTask(define(function* () {
        try {
          yield* on(sleep(9));
        } catch (error) {
          print(describe(error));
        }
      }));
      yield* on(sleep(1));
      task.cancel("one");
      task.cancel("two");
      print(task.cancelling());
      yield* on(task);
    })
  ),
  [[1, "2"], [1, 'cancelled "one"']],
);

bothStyles(
  "Task.cancel() gives the message of the first of two cancels when it waits for a gather",
  once(({ define, on }, print) =>
    define(function* () {
      const task = createTask(define(function* () {
        try {
          yield* on(gather([new Future<void>(), new Future<void>()]));
        } catch (error) {
          print(describe(error));
        }
      }));
      yield* on(sleep(1));
      task.cancel("one");
      task.cancel("two");
      yield* on(task);
    })
  ),
  [[1, 'cancelled "one"']],
);

bothStyles(
  "gather() with returnExceptions leaves the message of a cancelled task to who asks it",
  once(({ define, on }, print) =>
    define(function* () {
      const task = createTask(() => sleep(9));
      const future = new Future<void>();
      yield* on(sleep(1));
      task.cancel("task");
      future.cancel("future");
      const results = yield* on(gather([task, future], { returnExceptions: true }));
      print(results.map(describe).join());
      for (let i = 0; i < 2; i++) {
        try {
          task.exception();
        } catch (error) {
          print(describe(error));
        }
      }
    })
  ),
  [[1, 'cancelled "",cancelled "future"'], [1, 'cancelled "task"'], [1, 'cancelled ""']],
);

bothStyles(
  "gather() with returnExceptions fails with the cancel of its last child when it is cancelled",
  once(({ define, on }, print) =>
    define(function* () {
      const last = new Future<void>();
      const task = createTask(define(function* () {
        try {
          yield* on(gather([sleep(9), last], { returnExceptions: true }));
        } catch (error) {
          print(describe(error));
        }
      }));
      yield* on(sleep(1));
      last.cancel("early");
      task.cancel("all");
      yield* on(task);
    })
  ),
  [[1, 'cancelled "early"']],
);
