/**
 * Combinators that are given nothing, nonsense, or the same thing twice.
 */
import {
  asCompleted,
  type Awaitable,
  createTask,
  type Future,
  gather,
  race,
  shield,
  sleep,
  wait,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { refused, thrownBy } from "../support/misuse.ts";

const NONSENSE = [5, "text", null, undefined, {}] as unknown as Awaitable<unknown>[];

bothStyles(
  "gather(), shield() and asCompleted() throw TypeError when an argument cannot be awaited",
  once(({ define, on }, print) => {
    return define(function* main() {
      for (const nonsense of NONSENSE) {
        print(
          thrownBy(() => gather([nonsense])),
          thrownBy(() => shield(nonsense)),
          thrownBy(() => [...asCompleted([nonsense])]),
        );
      }
      yield* on(sleep(10));
      print("main goes on");
    });
  }),
  [
    ...NONSENSE.map(() => [0, "TypeError TypeError TypeError"] as const),
    [10, "main goes on"],
  ],
);

bothStyles(
  "gather(), race(), asCompleted() and wait() throw TypeError when they are given no list",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(10));
      for (const noList of [task, sleep(10), 5, null] as unknown as Future<void>[][]) {
        print(
          thrownBy(() => gather(noList)),
          thrownBy(() => race(noList)),
          thrownBy(() => asCompleted(noList)),
        );
        try {
          yield* on(wait(noList));
        } catch (error) {
          print(error instanceof TypeError);
        }
      }
      yield* on(task);
      print("task ends");
    });
  }),
  [
    ...[1, 2, 3, 4].flatMap(() => [[0, "TypeError TypeError TypeError"], [0, "true"]] as const),
    [10, "task ends"],
  ],
);

for (const [index, nonsense] of NONSENSE.entries()) {
  refused(
    `race() throws TypeError when it is given ${index === 4 ? "an object" : String(nonsense)}`,
    TypeError,
    function* ({ on }) {
      yield* on(race([sleep(1000), nonsense]));
    },
  );
}

refused("race() throws RangeError when it is given nothing", RangeError, function* ({ on }) {
  yield* on(race([]));
});

refused("wait() throws RangeError when it is given nothing", RangeError, function* ({ on }) {
  yield* on(wait([]));
});

refused("wait() throws TypeError when it is given a coroutine", TypeError, function* ({ on }) {
  yield* on(wait([sleep(5) as unknown as Future<void>]));
});

refused("wait() throws RangeError when returnWhen is unknown", RangeError, function* ({ on }) {
  const returnWhen = "FIRST_FAILED" as unknown as "FIRST_EXCEPTION";
  yield* on(wait([createTask(sleep(5))], { returnWhen }));
});

// CPython counts a timeout below 0 as 0.
bothStyles(
  "waitFor() and wait() time out at once when the timeout is negative",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(10, "result"));
      try {
        yield* on(waitFor(sleep(5), -1));
      } catch (error) {
        print(error instanceof Error && error.name);
      }
      const { done, pending } = yield* on(wait([task], { timeoutMs: -1 }));
      print(done.size, pending.size);
      print(yield* on(task));
    });
  }),
  [[0, "TimeoutError"], [0, "0 1"], [10, "result"]],
);

bothStyles(
  "gather() waits once for what it is given twice and returns it in both places",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(10, "task"));
      const nap = sleep(20, "coroutine");
      print(...(yield* on(gather([task, nap, task, nap]))));
    });
  }),
  [[20, "task coroutine task coroutine"]],
);

bothStyles(
  "asCompleted() yields once what it is given twice",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(10, "task"));
      const nap = sleep(20, "coroutine");
      for (const next of asCompleted([task, nap, task, nap])) print(yield* on(next));
    });
  }),
  [[10, "task"], [20, "coroutine"]],
);

bothStyles(
  "gather(), asCompleted() and race() call a function as often as they are given it",
  once(({ define, on }, print) => {
    let calls = 0;
    const call = define(function* () {
      const n = ++calls;
      yield* on(sleep(n));
      return n;
    });
    return define(function* main() {
      print(...(yield* on(gather([call, call]))));
      for (const next of asCompleted([call, call])) print(yield* on(next));
      print(yield* on(race([call, call])), calls);
    });
  }),
  [[2, "1 2"], [5, "3"], [6, "4"], [11, "5 6"]],
);
