/**
 * Who waits for a lock waits for the task that has it: deadlocks by locks are found.
 */
import { assertMatch } from "@std/assert";
import {
  asyncWith,
  captureCallGraph,
  Condition,
  createTask,
  currentTask,
  formatTaskTree,
  Lock,
  run,
  RuntimeError,
  sleep,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Style } from "../support/both_styles.ts";

/** Two tasks that take two locks, each in its own order. */
function philosophers({ define, on }: Style) {
  const [left, right] = [new Lock(), new Lock()];
  const dine = define(function* (first: Lock, second: Lock) {
    yield* on(asyncWith(
      first,
      define(function* () {
        yield* on(sleep(1));
        yield* on(second.acquire());
      }),
    ));
  });
  return [
    createTask(() => dine(left, right), { name: "Plato" }),
    createTask(() => dine(right, left), { name: "Socrates" }),
  ];
}

bothStyles(
  "formatTaskTree() shows the task that has a lock below those that wait for it",
  once(({ define, on }, print) => {
    const lock = new Lock();
    const user = define(function* () {
      yield* on(lock.acquire());
      yield* on(sleep(10));
      lock.release();
    });
    return define(function* main() {
      currentTask()!.name = "main";
      for (const name of ["first", "second", "third"]) createTask(user, { name });
      yield* on(sleep(1));
      print(formatTaskTree());
      yield* on(sleep(10));
      print(formatTaskTree());
      yield* on(sleep(20));
      print(formatTaskTree());
    });
  }),
  [
    [
      1,
      `main runs
second waits for Lock.acquire()
└─ first waits for sleep(10)
third waits for Lock.acquire()
└─ first (above)
`,
    ],
    [
      11,
      `main runs
third waits for Lock.acquire()
└─ second waits for sleep(10)
`,
    ],
    [31, "main runs\n"],
  ],
);

bothStyles(
  "formatTaskTree() names the tasks of a deadlock by two locks",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      currentTask()!.name = "main";
      const tasks = philosophers(style);
      yield* on(sleep(2));
      print(formatTaskTree().trimEnd().split("\n").at(-1));
      const [graph] = captureCallGraph(tasks[0])!.awaitedBy;
      print(graph!.task === tasks[1]);
      tasks[0]!.cancel();
      yield* on(wait(tasks));
    });
  }),
  [
    [2, 'Deadlock: task "Plato" waits for task "Socrates", which waits for task "Plato"'],
    [2, "true"],
  ],
);

bothStyles(
  "formatTaskTree() names a task that waits for a lock that it has itself",
  once(({ define, on }, print) => {
    const lock = new Lock();
    const twice = define(function* () {
      yield* on(lock.acquire());
      yield* on(lock.acquire());
    });
    return define(function* main() {
      const task = createTask(twice, { name: "twice" });
      yield* on(sleep(1));
      print(formatTaskTree().trimEnd().split("\n").at(-1));
      task.cancel();
      yield* on(wait([task]));
    });
  }),
  [[1, 'Deadlock: task "twice" waits for itself']],
);

bothStyles(
  "formatTaskTree() sees that waiting for a condition gives its lock away",
  once(({ define, on }, print) => {
    const condition = new Condition();
    const waits = define(function* () {
      yield* on(asyncWith(condition, () => condition.wait()));
    });
    const takes = define(function* () {
      yield* on(asyncWith(condition, () => sleep(10)));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      const task = createTask(waits, { name: "waits" });
      createTask(takes, { name: "takes" });
      createTask(takes, { name: "comes late" });
      yield* on(sleep(1));
      print(formatTaskTree());
      task.cancel();
      yield* on(wait([task]));
    });
  }),
  [[
    1,
    `main runs
waits waits for Condition.wait()
comes late waits for Lock.acquire()
└─ takes waits for sleep(10)
`,
  ]],
);

for (const style of ["generator", "async"] as const) {
  Deno.test(`run() on virtual time ends a deadlock by locks with an error that names its tasks (${style})`, async () => {
    const program = once((style) => {
      const { define, on } = style;
      return define(function* main() {
        yield* on(wait(philosophers(style)));
      });
    });
    const error = await run(program[style](() => {}), { clock: new VirtualClock() })
      .then(() => null, (error) => error);
    if (!(error instanceof RuntimeError)) throw error;
    assertMatch(error.message, /Deadlock: task "Plato" waits for task "Socrates"/);
  });
}
