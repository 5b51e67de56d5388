/**
 * What a tracer records, on virtual time: lanes, spans that follow each other, marks, outcomes.
 */
import { assert, assertEquals } from "@std/assert";
import {
  createTask,
  currentTask,
  gather,
  getRunningLoop,
  sleep,
  type TraceLane,
  Tracer,
  wait,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
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
      currentTask()!.name = "renamed";
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
