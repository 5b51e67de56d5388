/**
 * What a tracer records, on virtual time: lanes, spans that follow each other, marks, outcomes.
 */
import { assert, assertEquals } from "@std/assert";
import {
  createTask,
  currentTask,
  gather,
  getRunningLoop,
  Runner,
  sleep,
  type TraceLane,
  Tracer,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { busy, holdHostTime } from "../support/host_time.ts";
import { tracedProgram } from "./traced.ts";

/** `page finished: wait sleep(10) 0-10, ...`, without spans of no length. */
function describeLane({ task, outcome, spans, marks }: TraceLane): string {
  const seen = spans.filter(({ start, end }) => end > start).map(({ kind, what, start, end }) =>
    [kind, ...what === undefined ? [] : [what], `${start}-${end}`].join(" ")
  );
  const noted = marks.map(({ kind, time, message }) =>
    [kind, ...message === undefined ? [] : [message], `at ${time}`].join(" ")
  );
  return `${task} ${outcome}: ${[...seen, ...noted].join(", ")}`;
}

bothStyles(
  "Tracer records what each task waits for, from when to when",
  once(({ define, on }, print) => {
    const page = define(function* (ms: number) {
      yield* on(sleep(ms));
      yield* on(sleep(5));
    });
    const all = define(function* () {
      yield* on(gather([
        createTask(() => page(10), { name: "page 1" }),
        createTask(() => page(20), { name: "page 2" }),
      ]));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      using tracer = new Tracer();
      yield* on(createTask(all, { name: "all" }));
      for (const lane of tracer.lanes) print(describeLane(lane));
    });
  }),
  [
    [25, "main pending: wait all 0-25"],
    [25, "all finished: wait gather(2) 0-25"],
    [25, "page 1 finished: wait sleep(10) 0-10, wait sleep(5) 10-15"],
    [25, "page 2 finished: wait sleep(20) 0-20, wait sleep(5) 20-25"],
  ],
);

bothStyles(
  "Tracer marks requests to cancel, and how tasks ended",
  once(({ define, on }, print) => {
    const cleansUp = define(function* () {
      try {
        yield* on(sleep(100));
      } finally {
        yield* on(sleep(5));
      }
    });
    const fails = define(function* () {
      yield* on(sleep(3));
      throw new Error("bad");
    });
    return define(function* main() {
      using tracer = new Tracer();
      const tasks = [
        createTask(cleansUp, { name: "cleans up" }),
        createTask(fails, { name: "fails" }),
      ];
      yield* on(sleep(10));
      tasks[0]!.cancel("enough");
      yield* on(wait(tasks));
      tasks[1]!.exception();
      for (const lane of tracer.lanes.slice(1)) print(describeLane(lane));
      print(
        tracer.marks.map(({ task, kind, message, time }) => `${task} ${kind} ${message} ${time}`),
      );
    });
  }),
  [
    [15, "cleans up cancelled: wait sleep(100) 0-10, wait sleep(5) 10-15, cancel enough at 10"],
    [15, "fails failed: wait sleep(3) 0-3"],
    [15, "cleans up cancel enough 10"],
  ],
);

bothStyles(
  "Tracer meets tasks that are at work, and records nothing after it was disposed of",
  once(({ define, on }, print) => {
    const page = define(function* (ms: number) {
      yield* on(sleep(ms));
      yield* on(sleep(10));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      createTask(() => page(20), { name: "old" });
      yield* on(sleep(10));
      const tracer = new Tracer();
      yield* on(sleep(5));
      tracer[Symbol.dispose]();
      tracer[Symbol.dispose]();
      createTask(sleep(1), { name: "too late" });
      yield* on(sleep(20));
      for (const lane of tracer.lanes) print(describeLane(lane));
      print("watched", getRunningLoop()._instruments !== null);
    });
  }),
  [
    [35, "main pending: wait sleep(5) 10-15"],
    [35, "old pending: wait sleep(20) 10-15"],
    [35, "watched false"],
  ],
);

bothStyles(
  "Tracer records a task that starts eagerly, and one that only lets others run",
  once(({ define, on }, print) => {
    const eager = define(function* () {
      yield* on(sleep(0));
      yield* on(sleep(5));
    });
    return define(function* main() {
      using tracer = new Tracer();
      const task = createTask(eager, { name: "eager", eagerStart: true });
      yield* on(task);
      print(describeLane(tracer.lanes[1]!));
    });
  }),
  [[5, "eager finished: wait sleep(5) 0-5"]],
);

Deno.test("Tracer.spans follow each other on every lane without a gap, and are ordered by time", async () => {
  const tracer = await tracedProgram();
  assertEquals(tracer.lanes.length, 12);
  for (const { spans, start, end } of tracer.lanes) {
    assertEquals(spans.map((span) => span.start), [start, ...spans.slice(0, -1).map((s) => s.end)]);
    assertEquals(spans.at(-1)!.end, end);
  }
  const starts = tracer.spans.map(({ start }) => start);
  assertEquals(starts, starts.toSorted((a, b) => a - b));
  assert(starts.length > tracer.lanes.length);
});

bothStyles(
  "Tracer keeps the lanes of tasks apart whose names are equal, and joins those of one renamed",
  once(({ define, on }, print) => {
    const page = define(function* () {
      yield* on(sleep(5));
      currentTask()!.name = "same";
      yield* on(sleep(5));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      using tracer = new Tracer();
      const tasks = [createTask(page), createTask(page), createTask(sleep(10), { name: "same" })];
      yield* on(sleep(7));
      tasks[2]!.name = "renamed";
      yield* on(wait(tasks));
      for (const lane of tracer.lanes) print(describeLane(lane));
    });
  }),
  [
    [10, "main pending: wait sleep(7) 0-7, wait wait(3) 7-10"],
    [10, "same finished: wait sleep(5) 0-5, wait sleep(5) 5-10"],
    [10, "same finished: wait sleep(5) 0-5, wait sleep(5) 5-10"],
    [10, "renamed finished: wait sleep(10) 0-10"],
  ],
);

for (const style of ["generator", "async"] as const) {
  Deno.test(`Tracer charges each step with its own time, also a long one after many short ones (${style})`, async () => {
    using _ = holdHostTime();
    const program = once(({ define, on }) => {
      const child = define(function* (n: number) {
        busy(n === 150 ? 40 : 0.001);
        yield* on(sleep(0));
      });
      return define(function* main() {
        for (let n = 0; n < 200; n++) yield* on(createTask(() => child(n), { name: `child ${n}` }));
      });
    });
    const runner = new Runner();
    const tracer = new Tracer(runner.getLoop());
    await runner.run(program[style](() => {}));
    await runner.close();
    const long = tracer.spans.filter(({ start, end }) => end - start > 1);
    const own = (name: string) => long.filter(({ task }) => task === name).map(({ kind }) => kind);
    assertEquals(own("child 150"), ["run"]);
    assertEquals(long.filter(({ kind }) => kind === "run").length, 1);
  });
}

for (const style of ["generator", "async"] as const) {
  Deno.test(`Tracer charges no step with the time of callbacks (${style})`, async () => {
    using _ = holdHostTime();
    const program = once(({ define, on }) => {
      const child = define(function* () {
        yield* on(sleep(0));
      });
      return define(function* main() {
        const task = createTask(child, { name: "child" });
        task.addDoneCallback(() => busy(30));
        getRunningLoop().callSoon(() => busy(20));
        yield* on(task);
        yield* on(sleep(0));
      });
    });
    const runner = new Runner();
    const tracer = new Tracer(runner.getLoop());
    await runner.run(program[style](() => {}));
    await runner.close();
    const run = tracer.spans.filter(({ kind }) => kind === "run");
    assertEquals(run.filter(({ start, end }) => end > start), []);
  });
}
