/**
 * Who waits for whom, through everything that stands between two tasks.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { stub } from "@std/testing/mock";
import {
  asCompleted,
  type CallGraph,
  captureCallGraph,
  createTask,
  currentTask,
  formatCallGraph,
  Future,
  gather,
  printCallGraph,
  run,
  shield,
  shieldScope,
  sleep,
  type Task,
  TaskGroup,
  VirtualClock,
  wait,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

/** `page < reader < main`: a task, and who waits for it. */
function describeGraph({ task, awaitedBy }: CallGraph): string {
  const name = task === null ? "" : (task as Task<unknown>).name ?? "a future";
  const waiters = awaitedBy.map(describeGraph);
  if (waiters.length === 0) return name;
  return `${name} < ${waiters.length === 1 ? waiters[0] : `(${waiters.join(", ")})`}`;
}

bothStyles(
  "captureCallGraph() finds who waits, through all that can stand between",
  once(({ define, on }, print) => {
    return define(function* main() {
      currentTask()!.name = "main";
      const page = createTask(sleep(10), { name: "page" });
      const waiters = {
        awaits: define(function* () {
          yield* on(page);
        }),
        gathers: define(function* () {
          yield* on(gather([sleep(1000), page, gather([page])]));
        }),
        waits: define(function* () {
          yield* on(wait([page]));
        }),
        shields: define(function* () {
          yield* on(shield(page));
        }),
        scoped: define(function* () {
          yield* on(shieldScope(() => page));
        }),
        completes: define(function* () {
          for (const next of asCompleted([sleep(1000), page])) yield* on(next);
        }),
        limited: define(function* () {
          yield* on(waitFor(page, 1000));
        }),
      };
      for (const [name, waiter] of Object.entries(waiters)) createTask(waiter, { name });
      yield* on(sleep(1));
      print(captureCallGraph(page)!.stack);
      for (const graph of captureCallGraph(page)!.awaitedBy) print(describeGraph(graph));
    });
  }),
  [
    [1, "waits for sleep(10)"],
    [1, "awaits"],
    [1, "gathers"],
    [1, "waits"],
    [1, "shields"],
    [1, "completes"],
    [1, "limited"],
    [1, "scoped (shielded) < scoped"],
  ],
);

bothStyles(
  "captureCallGraph() of a child of nested groups leads up to main",
  once(({ define, on }, print) => {
    const child = define(function* () {
      yield* on(sleep(10));
      print(describeGraph(captureCallGraph()!));
    });
    const inner = define(function* () {
      yield* on(TaskGroup.run((group) => {
        group.createTask(child, { name: "child" });
        group.createTask(sleep(20), { name: "sibling" });
      }));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      yield* on(TaskGroup.run((group) => {
        group.createTask(inner, { name: "inner" });
      }));
    });
  }),
  [[10, "child < inner < main"]],
);

bothStyles(
  "captureCallGraph() is of any future, of done ones too, and null outside of tasks",
  once(({ define, on }, print) => {
    return define(function* main() {
      currentTask()!.name = "main";
      const future = new Future<void>();
      const reader = define(function* () {
        yield* on(future);
      });
      const task = createTask(reader, { name: "reader" });
      yield* on(sleep(1));
      print(describeGraph(captureCallGraph(future)!), captureCallGraph(future)!.stack.length);
      future.setResult();
      yield* on(task);
      const graph = captureCallGraph(task)!;
      print(graph.task === task, graph.stack.length, graph.awaitedBy.length);
    });
  }),
  [[1, "a future < reader 0"], [1, "true 0 0"]],
);

Deno.test("captureCallGraph() and its texts are empty outside of any task", () => {
  using printed = stub(console, "error", () => {});
  printCallGraph();
  assertEquals([captureCallGraph(), formatCallGraph()], [null, ""]);
  assertEquals(printed.calls.map(({ args }) => args), [[""]]);
});

Deno.test("captureCallGraph() of the running task has its frames, innermost first", async () => {
  const graph = await run(function* main() {
    return yield* function* outer() {
      return yield* function* inner() {
        return captureCallGraph();
      }();
    }();
  });
  assertEquals(
    graph!.stack.map((frame) => frame.split(" ")[0]!.replace(/^.*\./, "")),
    ["inner", "outer", "main"],
  );
});

Deno.test("captureCallGraph() says in debug mode where a task waits", async () => {
  await run(function* main() {
    const page = createTask(function* load() {
      yield* sleep(10);
    });
    yield* sleep(1);
    const { stack } = captureCallGraph(page)!;
    assertEquals([stack.length, stack[0]], [2, "waits for sleep(10)"]);
    assertMatch(stack[1]!, /^load \(.*call_graph_test\.ts:\d+:\d+\)$/);
  }, { debug: true, clock: new VirtualClock() });
});

bothStyles(
  "formatCallGraph() ends when tasks wait for each other",
  once(({ define, on }, print) => {
    return define(function* main() {
      const tasks: Task<unknown>[] = [];
      const body = define(function* (other: number) {
        yield* on(sleep(1));
        yield* on(tasks[other]!);
      });
      tasks.push(createTask(() => body(1), { name: "egg" }));
      tasks.push(createTask(() => body(0), { name: "hen" }));
      yield* on(sleep(2));
      print(formatCallGraph(tasks[0]));
      tasks[0]!.cancel();
      yield* on(wait(tasks));
    });
  }),
  [[
    2,
    `* task "egg"
  + Stack:
  |   waits for hen
  + Awaited by:
    * task "hen"
      + Stack:
      |   waits for egg
      + Awaited by:
        * task "egg"
          + Stack:
          |   waits for hen
`,
  ]],
);
