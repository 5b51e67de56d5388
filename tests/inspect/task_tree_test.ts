/**
 * The tree of tasks as people read it, and the circles in it.
 */
import { assertEquals, assertMatch } from "@std/assert";
import {
  createTask,
  currentTask,
  EventLoop,
  formatTaskTree,
  gather,
  run,
  RuntimeError,
  shield,
  sleep,
  type Task,
  TaskGroup,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Style } from "../support/both_styles.ts";

bothStyles(
  "formatTaskTree() shows who waits above what it waits for",
  once(({ define, on }, print) => {
    const names = define(function* (ms: number) {
      yield* on(sleep(ms));
    });
    const spider = define(function* () {
      yield* on(TaskGroup.run((group) => {
        group.createTask(() => names(10), { name: "page 1" });
        group.createTask(() => names(20), { name: "page 2" });
      }));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      const task = createTask(spider, { name: "spider" });
      const all = define(function* () {
        yield* on(gather([task, shield(task)]));
      });
      createTask(all, { name: "all" });
      const { promise, resolve } = Promise.withResolvers<void>();
      createTask(() => promise, { name: "foreign" });
      yield* on(sleep(1));
      createTask(() => names(1), { name: "new" });
      print(formatTaskTree());
      resolve();
    });
  }),
  [[
    1,
    `main runs
all waits for gather(2)
└─ spider waits for TaskGroup.exit()
   ├─ page 1 waits for sleep(10)
   └─ page 2 waits for sleep(20)
foreign waits for a promise
new is ready
`,
  ]],
);

bothStyles(
  "formatTaskTree() shows a task that several wait for below each, in full once",
  once(({ define, on }, print) => {
    return define(function* main() {
      currentTask()!.name = "main";
      const shared = createTask(sleep(10), { name: "shared" });
      const reader = define(function* () {
        yield* on(shared);
      });
      for (const name of ["a", "b"]) createTask(reader, { name });
      yield* on(sleep(1));
      print(formatTaskTree());
    });
  }),
  [[
    1,
    `main runs
a waits for shared
└─ shared waits for sleep(10)
b waits for shared
└─ shared (above)
`,
  ]],
);

/** Tasks of which each waits for the next, and the last for the first. */
function circle({ define, on }: Style, names: readonly string[]): Task<unknown>[] {
  const tasks: Task<unknown>[] = [];
  const body = define(function* (next: number) {
    yield* on(sleep(1));
    yield* on(tasks[next]!);
  });
  names.forEach((name, i) => tasks.push(createTask(() => body((i + 1) % names.length), { name })));
  return tasks;
}

bothStyles(
  "formatTaskTree() names every circle of tasks that wait for each other",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      currentTask()!.name = "main";
      const two = circle(style, ["egg", "hen"]);
      const three = circle(style, ["stone", "paper", "scissors"]);
      yield* on(sleep(2));
      print(formatTaskTree());
      two[0]!.cancel();
      three[0]!.cancel();
      yield* on(wait([...two, ...three]));
      print(formatTaskTree());
    });
  }),
  [
    [
      2,
      `main runs
egg waits for hen
└─ hen waits for egg
   └─ egg (above)
stone waits for paper
└─ paper waits for scissors
   └─ scissors waits for stone
      └─ stone (above)
Deadlock: task "egg" waits for task "hen", which waits for task "egg"
Deadlock: task "stone" waits for task "paper", which waits for task "scissors", which waits for task "stone"
`,
    ],
    [2, "main runs\n"],
  ],
);

for (const style of ["generator", "async"] as const) {
  Deno.test(`run() on virtual time ends a deadlock with an error that names its tasks (${style})`, async () => {
    const program = once((style) => {
      const { define, on } = style;
      return define(function* main() {
        yield* on(circle(style, ["egg", "hen"])[0]!);
      });
    });
    const error = await run(program[style](() => {}), { clock: new VirtualClock() })
      .then(() => null, (error) => error);
    if (!(error instanceof RuntimeError)) throw error;
    assertMatch(error.message, /Deadlock: task "egg" waits for task "hen"/);
  });
}

Deno.test("formatTaskTree() says in debug mode where tasks wait, and for how long", async () => {
  await run(function* main() {
    createTask(function* load() {
      yield* sleep(100);
    }, { name: "page" });
    yield* sleep(40);
    const line = formatTaskTree().split("\n")[1]!;
    assertMatch(line, /^page waits for sleep\(100\) for 40 ms, at load \(.*:\d+:\d+\)$/);
  }, { debug: true, clock: new VirtualClock() });
});

Deno.test("formatTaskTree() of another loop, and of one without tasks", async () => {
  const loop = new EventLoop({ clock: new VirtualClock() });
  assertEquals(formatTaskTree(loop), "");
  loop.createTask(sleep(10), { name: "left" });
  assertEquals(formatTaskTree(loop), "left is ready\n");
  await loop.runUntilComplete(sleep(1));
  assertEquals(formatTaskTree(loop), "left waits for sleep(10)\n");
  loop.close();
});
