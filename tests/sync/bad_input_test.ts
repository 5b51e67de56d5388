/**
 * Locks and the like that are given nonsense, or used in ways that they are not for.
 */
import { assertEquals } from "@std/assert";
import {
  asyncWith,
  Barrier,
  BoundedSemaphore,
  CapacityLimiter,
  Condition,
  createTask,
  Event,
  getRunningLoop,
  Lock,
  run,
  RuntimeError,
  Semaphore,
  sleep,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { refused, thrownBy } from "../support/misuse.ts";

const NONSENSE = ["1", null, {}, 1n] as unknown as number[];

Deno.test("Semaphore, BoundedSemaphore and CapacityLimiter throw RangeError for what is no count", () => {
  for (const count of [-1, 0.5, NaN, -Infinity]) {
    assertEquals(
      [
        thrownBy(() => new Semaphore(count)),
        thrownBy(() => new BoundedSemaphore(count)),
        thrownBy(() => new CapacityLimiter(count)),
        thrownBy(() => new CapacityLimiter(1).totalTokens = count),
        thrownBy(() => new Barrier(count)),
      ],
      new Array(5).fill("RangeError"),
    );
  }
});

Deno.test("Semaphore, CapacityLimiter and Barrier throw TypeError for what is no number", () => {
  for (const nonsense of NONSENSE) {
    assertEquals(
      [
        thrownBy(() => new Semaphore(nonsense)),
        thrownBy(() => new CapacityLimiter(nonsense)),
        thrownBy(() => new Barrier(nonsense)),
      ],
      new Array(3).fill("TypeError"),
    );
  }
});

Deno.test("Barrier throws RangeError for no parties and for endlessly many", () => {
  assertEquals(
    [0, Infinity].map((parties) => thrownBy(() => new Barrier(parties))),
    ["RangeError", "RangeError"],
  );
});

Deno.test("Condition throws TypeError when it is given no lock, or no predicate", () => {
  const condition = new Condition();
  assertEquals(
    [
      ...[{}, null, new Semaphore()].map((lock) => thrownBy(() => new Condition(lock as Lock))),
      thrownBy(() => condition.waitFor(true as unknown as () => boolean)),
    ],
    ["TypeError", "TypeError", "TypeError", "TypeError"],
  );
});

Deno.test("Condition.notify() throws RangeError for what is no count", async () => {
  const condition = new Condition();
  await condition.acquire();
  assertEquals(
    [-1, 0.5, NaN].map((n) => thrownBy(() => condition.notify(n))),
    ["RangeError", "RangeError", "RangeError"],
  );
});

refused(
  "Lock.release() throws RuntimeError when the lock is not locked",
  RuntimeError,
  function* () {
    yield* [];
    new Lock().release();
  },
);

refused(
  "asyncWith() throws RuntimeError when its body released the lock",
  RuntimeError,
  ({ on }) => {
    const lock = new Lock();
    return on(asyncWith(lock, () => lock.release()));
  },
);

refused(
  "BoundedSemaphore.release() throws RangeError when all permits are free",
  RangeError,
  function* ({ on }) {
    const semaphore = new BoundedSemaphore(2);
    yield* on(semaphore.acquire());
    semaphore.release();
    semaphore.release();
  },
);

refused(
  "CapacityLimiter.release() throws RuntimeError when the task has no token",
  RuntimeError,
  function* ({ on }) {
    const limiter = new CapacityLimiter(1);
    yield* on(limiter.acquireOnBehalfOf("somebody else"));
    limiter.release();
  },
);

Deno.test("CapacityLimiter.release() throws RuntimeError outside of a task", () => {
  assertEquals(thrownBy(() => new CapacityLimiter(1).release()), "RuntimeError");
});

for (const method of ["notify", "notifyAll"] as const) {
  refused(
    `Condition.${method}() throws RuntimeError without the lock`,
    RuntimeError,
    function* () {
      yield* [];
      new Condition()[method]();
    },
  );
}

refused(
  "Condition.wait() throws RuntimeError without the lock",
  RuntimeError,
  ({ on }) => on(new Condition().wait()),
);

bothStyles(
  "Condition.wait() in two tasks without the lock throws in both, and the lock can be used",
  once(({ define, on }, print) =>
    define(function* main() {
      const condition = new Condition();
      const careless = define(function* () {
        try {
          yield* on(condition.wait());
        } catch (error) {
          print((error as Error).name);
        }
      });
      const tasks = [createTask(careless), createTask(careless)];
      for (const task of tasks) yield* on(task);
      yield* on(condition.acquire());
      print(condition);
    })
  ),
  [[0, "RuntimeError"], [0, "RuntimeError"], [0, "<Condition locked>"]],
);

bothStyles(
  "Condition.waitFor() throws what its predicate throws, with the lock held",
  once(({ define, on }, print) =>
    define(function* main() {
      const condition = new Condition();
      yield* on(condition.acquire());
      try {
        yield* on(condition.waitFor(() => {
          throw new SyntaxError("no predicate");
        }));
      } catch (error) {
        print((error as Error).name, condition);
      }
    })
  ),
  [[0, "SyntaxError <Condition locked>"]],
);

bothStyles(
  "Lock.acquire() and Event.wait() throw RuntimeError when they are awaited twice",
  once(({ define, on }, print) =>
    define(function* main() {
      const event = new Event();
      event.set();
      for (const operation of [new Lock().acquire(), event.wait(), new Semaphore().acquire()]) {
        yield* on(operation);
        try {
          yield* on(operation);
        } catch (error) {
          print((error as Error).name);
        }
      }
    })
  ),
  [[0, "RuntimeError"], [0, "RuntimeError"], [0, "RuntimeError"]],
);

bothStyles(
  "Lock.acquire() that was closed acquires nothing",
  once(({ define, on }, print) =>
    define(function* main() {
      const lock = new Lock();
      const never = lock.acquire();
      never.close();
      try {
        yield* on(never);
      } catch (error) {
        print((error as Error).name, lock);
      }
      yield* on(sleep(1));
      print(lock);
    })
  ),
  [[0, "RuntimeError <Lock unlocked>"], [1, "<Lock unlocked>"]],
);

Deno.test("Lock.acquire() knows in debug mode too whether it was awaited or closed", async () => {
  const reports: string[] = [];
  const events: string[] = [];
  await run(function* () {
    getRunningLoop().setExceptionHandler((_, { message }) => reports.push(message));
    const [awaited, closed] = [new Lock().acquire(), new Lock().acquire()];
    closed.close();
    yield* awaited;
    for (const used of [awaited, closed]) {
      try {
        yield* used;
      } catch (error) {
        events.push((error as Error).name);
      }
    }
  }, { debug: true });
  assertEquals([events, reports], [["RuntimeError", "RuntimeError"], []]);
});
