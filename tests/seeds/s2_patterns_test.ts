/**
 * The chapter's patterns: first result wins, timeout, a hand-written iterator.
 */
import { assertEquals } from "@std/assert";
import {
  asyncWith,
  CancelledError,
  createTask,
  FIRST_COMPLETED,
  race,
  run,
  sleep,
  timeout,
  TimeoutError,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

// S2-E19: the document's program asks the loser to end and does not wait for it.
bothStyles("wait() leaves the cancelled loser to clean up when the winner's result is taken", {
  generator(print) {
    function* fetch(name: string, ms: number) {
      try {
        yield* sleep(ms);
        return name;
      } catch (error) {
        yield* sleep(50);
        print(name, "cleaned up");
        throw error;
      }
    }
    return function* main() {
      const tasks = [createTask(fetch("A", 300)), createTask(fetch("B", 100))];
      const { done, pending } = yield* wait(tasks, { returnWhen: FIRST_COMPLETED });
      for (const t of pending) t.cancel();
      for (const t of done) print("winner", t.result());
      yield* wait(pending);
      for (const t of pending) print("loser cancelled", t.cancelled());
    };
  },
  async(print) {
    async function fetch(name: string, ms: number) {
      try {
        await sleep(ms);
        return name;
      } catch (error) {
        await sleep(50);
        print(name, "cleaned up");
        throw error;
      }
    }
    return async function main() {
      const tasks = [createTask(() => fetch("A", 300)), createTask(() => fetch("B", 100))];
      const { done, pending } = await wait(tasks, { returnWhen: FIRST_COMPLETED });
      for (const t of pending) t.cancel();
      for (const t of done) print("winner", t.result());
      await wait(pending);
      for (const t of pending) print("loser cancelled", t.cancelled());
    };
  },
}, [
  [100, "winner B"],
  [150, "A cleaned up"],
  [150, "loser cancelled true"],
]);

// S2-E19, S2-C19
bothStyles(
  "race() returns the winner after the loser has cleaned up",
  once(({ define, on }, print) => {
    const fetch = define(function* (name: string, ms: number) {
      try {
        yield* on(sleep(ms));
        return name;
      } catch (error) {
        yield* on(sleep(50));
        print(name, "cleaned up", error instanceof CancelledError);
        throw error;
      }
    });
    return define(function* main() {
      print("winner", yield* on(race([() => fetch("A", 300), () => fetch("B", 100)])));
    });
  }),
  [[150, "A cleaned up true"], [150, "winner B"]],
);

// S2-E20
bothStyles("timeout() throws TimeoutError when the body takes longer", {
  generator(print) {
    return function* main() {
      try {
        yield* asyncWith(timeout(5000), function* () {
          yield* sleep(10_000);
        });
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print("5초 초과");
      }
    };
  },
  async(print) {
    return async function main() {
      try {
        await asyncWith(timeout(5000), async () => {
          await sleep(10_000);
        });
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print("5초 초과");
      }
    };
  },
}, [[5000, "5초 초과"]]);

// S2-E15: a hand-written async iterator is consumed by `for await`, which exists in async functions only.
Deno.test("sleep() paces a hand-written async iterator that a task consumes", async () => {
  class Counter {
    #n = 0;
    constructor(readonly limit: number) {}
    [Symbol.asyncIterator]() {
      return this;
    }
    async next(): Promise<IteratorResult<number, undefined>> {
      if (this.#n >= this.limit) return { done: true, value: undefined };
      await sleep(100);
      this.#n++;
      return { done: false, value: this.#n };
    }
  }
  const clock = new VirtualClock();
  const events: [number, number][] = [];
  await run(async function main() {
    for await (const i of new Counter(3)) events.push([clock.now(), i]);
  }, { clock });
  assertEquals(events, [[100, 1], [200, 2], [300, 3]]);
});
