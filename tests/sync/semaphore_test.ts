/**
 * Semaphore and BoundedSemaphore: permits, order, and what a cancel leaves behind.
 */
import { assertEquals } from "@std/assert";
import {
  BoundedSemaphore,
  createTask,
  gather,
  run,
  Semaphore,
  sleep,
  type Task,
} from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

function visitor({ define, on }: Style, print: Print, semaphore: Semaphore) {
  return define(function* (name: string, ms: number) {
    yield* on(semaphore.acquire());
    print(name, "in");
    yield* on(sleep(ms));
    semaphore.release();
  });
}

bothStyles(
  "Semaphore.acquire() lets as many in as there are permits, and the others in their order",
  once((style, print) =>
    style.define(function* main() {
      const visit = visitor(style, print, new Semaphore(2));
      const names = ["a", "b", "c", "d", "e"];
      yield* style.on(gather(names.map((name, i) => visit(name, 10 + i))));
    })
  ),
  [[0, "a in"], [0, "b in"], [10, "c in"], [11, "d in"], [22, "e in"]],
);

bothStyles(
  "Semaphore.acquire() waits behind those who were called while a permit is free",
  once((style, print) =>
    style.define(function* main() {
      const semaphore = new Semaphore(0);
      const visit = visitor(style, print, semaphore);
      const waiting = createTask(() => visit("waiting", 5));
      yield* style.on(sleep(1));
      semaphore.release();
      semaphore.release();
      print("free", semaphore.statistics().value, "locked", semaphore.locked());
      yield* style.on(visit("late", 5));
      yield* style.on(waiting);
      print(semaphore.statistics().value);
    })
  ),
  [[1, "free 1 locked true"], [1, "waiting in"], [1, "late in"], [6, "2"]],
);

bothStyles(
  "Semaphore.acquire() leaves the line when its task is cancelled while it waits",
  once((style, print) =>
    style.define(function* main() {
      const semaphore = new Semaphore(0);
      const visit = visitor(style, print, semaphore);
      const [first, second] = [
        createTask(() => visit("first", 1)),
        createTask(() => visit("second", 1)),
      ];
      yield* style.on(sleep(1));
      first.cancel();
      yield* style.on(sleep(1));
      semaphore.release();
      yield* style.on(second);
      print(first.cancelled(), semaphore.statistics().value);
    })
  ),
  [[2, "second in"], [3, "true 1"]],
);

bothStyles(
  "Semaphore.acquire() hands its permit on when its task is cancelled after it was called",
  once((style, print) =>
    style.define(function* main() {
      const semaphore = new Semaphore(0);
      const visit = visitor(style, print, semaphore);
      const tasks = ["a", "b", "c"].map((name) => createTask(() => visit(name, 1)));
      yield* style.on(sleep(1));
      semaphore.release();
      semaphore.release();
      for (const task of tasks.slice(0, 2)) task.cancel();
      yield* style.on(tasks[2] as Task<unknown>);
      print(tasks.map((task) => task.cancelled()), semaphore.statistics().value);
    })
  ),
  [[1, "c in"], [2, "true,true,false 2"]],
);

Deno.test("Semaphore.hold() gives its permit back once", async () => {
  const semaphore = new Semaphore(1);
  await run(async () => {
    using held = await semaphore.hold();
    assertEquals(semaphore.locked(), true);
    held[Symbol.dispose]();
  });
  assertEquals(semaphore.statistics(), { value: 1, tasksWaiting: 0 });
});

Deno.test("Semaphore with Infinity permits never locks", async () => {
  const semaphore = new Semaphore(Infinity);
  await run(async () => {
    for (let i = 0; i < 3; i++) await semaphore.acquire();
  });
  assertEquals(semaphore.locked(), false);
});

Deno.test("Semaphore shows its permits as text", () => {
  assertEquals(String(new Semaphore(2)), "<Semaphore value=2>");
  assertEquals(Deno.inspect(new BoundedSemaphore()), "<BoundedSemaphore value=1>");
});

bothStyles(
  "BoundedSemaphore.release() takes back every permit that was acquired",
  once((style, print) =>
    style.define(function* main() {
      const semaphore = new BoundedSemaphore(2);
      const visit = visitor(style, print, semaphore);
      yield* style.on(gather([visit("a", 1), visit("b", 1), visit("c", 1)]));
      print(semaphore.statistics().value);
    })
  ),
  [[0, "a in"], [0, "b in"], [1, "c in"], [2, "2"]],
);
