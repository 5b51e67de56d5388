/**
 * Lock: who gets it, in which order, and what a cancel leaves behind.
 */
import { assertEquals } from "@std/assert";
import { asyncWith, createTask, gather, Lock, run, sleep } from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

/** A task that acquires the lock, has it for `ms` and releases it. */
function visitor({ define, on }: Style, print: Print, lock: Lock) {
  return define(function* (name: string, ms: number) {
    yield* on(lock.acquire());
    print(name, "in");
    yield* on(sleep(ms));
    print(name, "out");
    lock.release();
  });
}

bothStyles(
  "Lock.acquire() goes on without a pause when the lock is free",
  once(({ define, on }, print) =>
    define(function* main() {
      const other = createTask(() => print("other"));
      const lock = new Lock();
      print(yield* on(lock.acquire()), lock.locked());
      lock.release();
      print(lock.locked());
      yield* on(other);
    })
  ),
  [[0, "true true"], [0, "false"], [0, "other"]],
);

bothStyles(
  "Lock.acquire() serves waiting tasks first come, first served",
  once((style, print) =>
    style.define(function* main() {
      const visit = visitor(style, print, new Lock());
      yield* style.on(gather([visit("a", 10), visit("b", 10), visit("c", 10)]));
    })
  ),
  [[0, "a in"], [10, "a out"], [10, "b in"], [20, "b out"], [20, "c in"], [30, "c out"]],
);

bothStyles(
  "Lock.acquire() lets nobody overtake one who was called and has not come yet",
  once((style, print) =>
    style.define(function* main() {
      const lock = new Lock();
      const visit = visitor(style, print, lock);
      yield* style.on(lock.acquire());
      const waiting = createTask(() => visit("waiting", 1));
      yield* style.on(sleep(1));
      lock.release();
      print("released", lock.locked());
      yield* style.on(visit("late", 1));
      yield* style.on(waiting);
    })
  ),
  [[1, "released false"], [1, "waiting in"], [2, "waiting out"], [2, "late in"], [3, "late out"]],
);

bothStyles(
  "Lock.acquire() leaves the line when its task is cancelled while it waits",
  once((style, print) =>
    style.define(function* main() {
      const lock = new Lock();
      const visit = visitor(style, print, lock);
      yield* style.on(lock.acquire());
      const [first, second] = [
        createTask(() => visit("first", 1)),
        createTask(() => visit("second", 1)),
      ];
      yield* style.on(sleep(1));
      first.cancel();
      yield* style.on(sleep(1));
      print(first.cancelled(), lock.statistics().tasksWaiting);
      lock.release();
      yield* style.on(second);
      print(lock.locked());
    })
  ),
  [[2, "true 1"], [2, "second in"], [3, "second out"], [3, "false"]],
);

bothStyles(
  "Lock.acquire() calls the next when its task is cancelled after it was called",
  once((style, print) =>
    style.define(function* main() {
      const lock = new Lock();
      const visit = visitor(style, print, lock);
      yield* style.on(lock.acquire());
      const [first, second] = [
        createTask(() => visit("first", 1)),
        createTask(() => visit("second", 1)),
      ];
      yield* style.on(sleep(1));
      lock.release();
      first.cancel();
      yield* style.on(second);
      print(first.cancelled(), lock.locked());
    })
  ),
  [[1, "second in"], [2, "second out"], [2, "true false"]],
);

bothStyles(
  "asyncWith() releases a lock when its body throws and when it is cancelled",
  once(({ define, on }, print) =>
    define(function* main() {
      const lock = new Lock();
      const failing = define(function* () {
        yield* on(sleep(1));
        throw new Error("broken");
      });
      try {
        yield* on(asyncWith(lock, failing));
      } catch (error) {
        print((error as Error).message, lock.locked());
      }
      const task = createTask(asyncWith(lock, () => sleep(100)));
      yield* on(sleep(1));
      print(lock.locked());
      task.cancel();
      yield* on(sleep(1));
      print(task.cancelled(), lock.locked());
    })
  ),
  [[1, "broken false"], [2, "true"], [3, "true false"]],
);

Deno.test("Lock.hold() releases once, at the end of a block", async () => {
  const lock = new Lock();
  const events: unknown[] = [];
  await run(async () => {
    {
      using held = await lock.hold();
      events.push(lock.locked());
      held[Symbol.dispose]();
      events.push(lock.locked());
      await lock.acquire();
    }
    events.push(lock.locked()); // another's by now, and the block's end leaves it alone
    lock.release();
  });
  assertEquals(events, [true, false, true]);
});

Deno.test("Lock.acquire() works outside of a task", async () => {
  const lock = new Lock();
  assertEquals([await lock.acquire(), lock.locked()], [true, true]);
  const second = lock.acquire().then(() => "second");
  lock.release();
  assertEquals(await second, "second");
});

Deno.test("Lock hands over between two loops", async () => {
  const lock = new Lock();
  const events: string[] = [];
  const visit = (name: string) => async () => {
    await lock.acquire();
    events.push(`${name} in`);
    await sleep(0);
    events.push(`${name} out`);
    lock.release();
  };
  await Promise.all([run(visit("a")), run(visit("b"))]);
  assertEquals(events, ["a in", "a out", "b in", "b out"]);
});

bothStyles(
  "Lock shows its state and who waits as text",
  once(({ define, on }, print) =>
    define(function* main() {
      const lock = new Lock();
      print(lock, Deno.inspect(lock));
      yield* on(lock.acquire());
      const waiting = createTask(lock.acquire());
      yield* on(sleep(1));
      print(lock, JSON.stringify(lock.statistics()));
      waiting.cancel();
    })
  ),
  [
    [0, "<Lock unlocked> <Lock unlocked>"],
    [1, '<Lock locked waiting=1> {"locked":true,"tasksWaiting":1}'],
  ],
);
