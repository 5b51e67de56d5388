/**
 * Condition: waiting for a change of what a lock guards.
 */
import { assertEquals } from "@std/assert";
import { asyncWith, Condition, createTask, gather, Lock, sleep } from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

/** A task that waits to be notified, and says whether it has the lock then. */
function waiter({ define, on }: Style, print: Print, condition: Condition) {
  return define(function* (name: string) {
    yield* on(condition.acquire());
    try {
      yield* on(condition.wait());
      print(name, "notified, locked", condition.locked());
    } catch (error) {
      print(name, (error as Error).name, "locked", condition.locked());
      throw error;
    } finally {
      condition.release();
    }
  });
}

bothStyles(
  "Condition.notify() lets as many go on as it is told, the first first",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const condition = new Condition();
      const wait = waiter(style, print, condition);
      const tasks = ["a", "b", "c"].map((name) => createTask(() => wait(name)));
      yield* on(sleep(1));
      for (const n of [0, 2, 1]) {
        yield* on(asyncWith(condition, () => condition.notify(n)));
        print("notified", n);
        yield* on(sleep(1));
      }
      yield* on(gather(tasks));
      print(condition);
    })
  ),
  [
    [1, "notified 0"],
    [2, "notified 2"],
    [2, "a notified, locked true"],
    [2, "b notified, locked true"],
    [3, "notified 1"],
    [3, "c notified, locked true"],
    [4, "<Condition unlocked>"],
  ],
);

bothStyles(
  "Condition.notifyAll() lets everybody go on, one after the other",
  once((style, print) =>
    style.define(function* main() {
      const { define, on } = style;
      const condition = new Condition();
      const wait = waiter(style, print, condition);
      const tasks = ["a", "b"].map((name) => createTask(() => wait(name)));
      yield* on(sleep(1));
      yield* on(asyncWith(
        condition,
        define(function* () {
          condition.notifyAll();
          print(JSON.stringify(condition.statistics()));
          yield* on(sleep(5)); // nobody goes on without the lock
        }),
      ));
      yield* on(gather(tasks));
    })
  ),
  [
    [1, '{"tasksWaiting":0,"lockStatistics":{"locked":true,"tasksWaiting":0}}'],
    [6, "a notified, locked true"],
    [6, "b notified, locked true"],
  ],
);

bothStyles(
  "Condition.wait() has the lock again when it is cancelled while it waits",
  once((style, print) =>
    style.define(function* main() {
      const { define, on } = style;
      const condition = new Condition();
      const task = createTask(() => waiter(style, print, condition)("a"));
      yield* on(sleep(1));
      yield* on(asyncWith(
        condition,
        define(function* () {
          task.cancel();
          yield* on(sleep(5));
          print("done", task.done());
        }),
      ));
      yield* on(sleep(1));
      print(task.cancelled(), condition.locked());
    })
  ),
  [[6, "done false"], [6, "a CancelledError locked true"], [7, "true false"]],
);

bothStyles(
  "Condition.wait() waits for the lock however often it is cancelled",
  once((style, print) =>
    style.define(function* main() {
      const { define, on } = style;
      const condition = new Condition();
      const task = createTask(() => waiter(style, print, condition)("a"));
      yield* on(sleep(1));
      yield* on(asyncWith(
        condition,
        define(function* () {
          for (let i = 0; i < 3; i++) {
            task.cancel();
            yield* on(sleep(1));
          }
        }),
      ));
      yield* on(sleep(1));
      print(task.cancelled(), condition.locked(), task.cancelling());
    })
  ),
  [[4, "a CancelledError locked true"], [5, "true false 3"]],
);

bothStyles(
  "Condition.wait() notifies another when it is cancelled after it was notified",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const condition = new Condition();
      const wait = waiter(style, print, condition);
      const [a, b] = ["a", "b"].map((name) => createTask(() => wait(name)));
      yield* on(sleep(1));
      yield* on(asyncWith(condition, () => {
        condition.notify();
        a!.cancel();
      }));
      yield* on(b!);
      print(a!.cancelled(), condition.locked());
    })
  ),
  [[1, "a CancelledError locked true"], [1, "b notified, locked true"], [1, "true false"]],
);

bothStyles(
  "Condition.waitFor() asks with the lock held, and gives what the predicate gave",
  once((style, print) =>
    style.define(function* main() {
      const { define, on } = style;
      const condition = new Condition();
      let items = 0;
      const consumer = createTask(() =>
        asyncWith(
          condition,
          define(function* () {
            return yield* on(condition.waitFor(() => {
              print("asked, locked", condition.locked());
              return items >= 2 && `${items} items`;
            }));
          }),
        )
      );
      for (let i = 0; i < 2; i++) {
        yield* on(sleep(1));
        yield* on(asyncWith(condition, () => {
          items++;
          condition.notify();
        }));
      }
      print(yield* on(consumer));
    })
  ),
  [
    [0, "asked, locked true"],
    [1, "asked, locked true"],
    [2, "asked, locked true"],
    [2, "2 items"],
  ],
);

bothStyles(
  "Condition shares the lock that it is given",
  once(({ define, on }, print) =>
    define(function* main() {
      const lock = new Lock();
      const [full, empty] = [new Condition(lock), new Condition(lock)];
      yield* on(full.acquire());
      print(lock.locked(), empty.locked());
      empty.notifyAll();
      full.release();
      print(lock.locked());
    })
  ),
  [[0, "true true"], [0, "false"]],
);

Deno.test("Condition.hold() has its lock for a block", async () => {
  const condition = new Condition();
  {
    using _ = await condition.hold();
    assertEquals(condition.locked(), true);
  }
  assertEquals(condition.locked(), false);
});
