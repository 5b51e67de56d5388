/**
 * The chapter's trap: a task whose handle is dropped. CPython may collect it; this loop holds it.
 */
import { assertEquals } from "@std/assert";
import {
  allTasks,
  createTask,
  type Future,
  getRunningLoop,
  run,
  sleep,
  TaskGroup,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { collectGarbage } from "../support/garbage.ts";

// S2-E6
bothStyles("createTask() runs background work to its end when the handle is dropped", {
  generator(print) {
    function* backgroundWork() {
      yield* sleep(100);
      print("background work is done");
    }
    return function* main() {
      createTask(backgroundWork());
      yield* sleep(200);
      print("main is done");
    };
  },
  async(print) {
    async function backgroundWork() {
      await sleep(100);
      print("background work is done");
    }
    return async function main() {
      createTask(backgroundWork);
      await sleep(200);
      print("main is done");
    };
  },
}, [
  [100, "background work is done"],
  [200, "main is done"],
]);

// S2-P2: the host has to take turns between the collections, so this runs on its clock.
for (const style of ["generator", "async"] as const) {
  const name = "createTask() keeps a task that waits on a future nobody else holds";
  Deno.test(`${name} (${style})`, async () => {
    const events: string[] = [];
    let unreachable: WeakRef<Future<string>> | undefined;
    function unreferencedFuture(): Future<string> {
      const fut = getRunningLoop().createFuture<string>();
      unreachable = new WeakRef(fut);
      return fut;
    }
    const work = {
      generator: function* () {
        events.push(yield* unreferencedFuture());
      },
      async: async function () {
        events.push(await unreferencedFuture());
      },
    };
    await run(async function main() {
      createTask<void>(work[style]);
      await sleep(0);
      await collectGarbage();
      events.push(`${allTasks().size - 1} background task`);
      unreachable?.deref()?.setResult("survived");
      await sleep(0);
      await sleep(0);
    });
    assertEquals(events, ["1 background task", "survived"]);
  });
}

// S2-C24: this much of it needs no debug mode.
Deno.test("EventLoop reports a failed task when it is collected and nobody looked at it", async () => {
  const reported: unknown[] = [];
  const failure = new Error("boom");
  await run(async function main() {
    getRunningLoop().setExceptionHandler((_loop, { exception }) => reported.push(exception));
    createTask(() => Promise.reject(failure));
    await sleep(0);
    await collectGarbage();
    assertEquals(reported, [failure]);
  });
  assertEquals(reported, [failure]);
});

// S2-C9
bothStyles(
  "TaskGroup keeps children whose handles are dropped and waits for them",
  once(({ define, on }, print) => {
    const child = define(function* (name: string) {
      yield* on(sleep(100));
      print(name, "is done");
    });
    return define(function* main() {
      yield* on(TaskGroup.run((tg) => {
        tg.createTask(() => child("a"));
        tg.createTask(() => child("b"));
      }));
      print("group is done");
    });
  }),
  [[100, "a is done"], [100, "b is done"], [100, "group is done"]],
);
