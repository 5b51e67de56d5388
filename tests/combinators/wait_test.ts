/** What `wait` counts: futures that were done before, one after the other, and at once. */
import {
  ALL_COMPLETED,
  createTask,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  Future,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

/** One with a result, one that has failed, one that was cancelled. */
const ENDED = {
  finished: () => {
    const future = new Future<string>();
    future.setResult("result");
    return future;
  },
  failed: () => {
    const future = new Future<string>();
    future.setException(new Error("failed"));
    future.exception(); // looked at
    return future;
  },
  cancelled: () => {
    const future = new Future<string>();
    future.cancel();
    return future;
  },
};

for (
  const [returnWhen, before, time] of [
    [FIRST_EXCEPTION, "finished", 20],
    [FIRST_EXCEPTION, "failed", 0],
    [FIRST_EXCEPTION, "cancelled", 20],
    [FIRST_COMPLETED, "finished", 0],
    [FIRST_COMPLETED, "cancelled", 0],
    [ALL_COMPLETED, "failed", 20],
  ] as const
) {
  bothStyles(
    `wait() until ${returnWhen} returns at ${time} ms when one was ${before} before`,
    once(({ define, on }, print) =>
      define(function* () {
        const late = createTask(define(function* () {
          yield* on(sleep(20));
        }));
        const { done, pending } = yield* on(wait([ENDED[before](), late], { returnWhen }));
        print(done.size, pending.size);
      })
    ),
    [[time, time === 0 ? "1 1" : "2 0"]],
  );
}

bothStyles(
  "wait() leaves futures that go on without a waiter when time is up, and can wait for them again",
  once(({ define, on }, print) =>
    define(function* () {
      const futures = [new Future<void>(), new Future<void>()];
      for (let i = 0; i < 2; i++) {
        const { done, pending } = yield* on(wait(futures, { timeoutMs: 10 }));
        print(done.size, pending.size, futures.every((future) => future._waiters === null));
        futures[0]!.setResult();
        futures.reverse();
      }
    })
  ),
  [[10, "0 2 true"], [20, "1 1 true"]],
);
