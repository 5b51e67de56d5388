/**
 * What an instrument is told, in which order, and that it is free when it is gone.
 */
import { assertEquals } from "@std/assert";
import {
  createTask,
  currentTask,
  EventLoop,
  Future,
  getRunningLoop,
  type Instrument,
  run,
  sleep,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Print } from "../support/both_styles.ts";

/** Prints all that it is told. */
function teller(print: Print): Instrument {
  return {
    taskCreated: (task) => print(task.name, "created"),
    stepStarted: (task) => print(task.name, "starts"),
    stepEnded: (task, waitsFor) =>
      print(
        task.name,
        "ends, waits for",
        waitsFor.map((future) => future._label()).join() || "none",
      ),
    taskReady: (task) => print(task.name, "ready"),
    taskDone: (task) => print(task.name, "done"),
    cancelRequested: (task, message) => print(task.name, "asked to cancel", message),
    callbackStarted: (handle) => print(handle, "starts"),
    callbackEnded: (handle) => print(handle, "ends"),
  };
}

bothStyles(
  "Instrument is told of a task from its making to its end",
  once(({ define, on }, print) => {
    const child = define(function* () {
      yield* on(sleep(10));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      const instrument = teller(print);
      getRunningLoop().addInstrument(instrument);
      yield* on(createTask(child, { name: "child" }));
      getRunningLoop().removeInstrument(instrument);
    });
  }),
  [
    [0, "child created"],
    [0, "main ends, waits for child"],
    [0, "child starts"],
    [0, "child ends, waits for sleep(10)"],
    [10, "child ready"],
    [10, "child starts"],
    [10, "child ends, waits for none"],
    [10, "main ready"],
    [10, "child done"],
    [10, "main starts"],
  ],
);

bothStyles(
  "Instrument is told of a request to cancel and of callbacks",
  once(({ define, on }, print) => {
    const child = define(function* () {
      yield* on(new Future<void>());
    });
    return define(function* main() {
      currentTask()!.name = "main";
      const loop = getRunningLoop();
      const task = createTask(child, { name: "child" });
      loop.callLater(10, function stop() {
        task.cancel("enough");
      });
      yield* on(sleep(5));
      const instrument = teller(print);
      loop.addInstrument({
        cancelRequested: instrument.cancelRequested!,
        callbackStarted: instrument.callbackStarted!,
        callbackEnded: instrument.callbackEnded!,
        taskDone: instrument.taskDone!,
      });
      yield* on(wait([task]));
    });
  }),
  [
    [10, "<TimerHandle stop> starts"],
    [10, "child asked to cancel enough"],
    [10, "<TimerHandle stop> ends"],
    [10, "child done"],
    [10, "main done"],
  ],
);

bothStyles(
  "Instrument is told once of each step, also of one in which a task starts another eagerly",
  once(({ define, on }, print) => {
    const eager = define(function* () {
      yield* on(sleep(1));
    });
    return define(function* main() {
      currentTask()!.name = "main";
      yield* on(sleep(0));
      const steps = new Map<string, number>();
      getRunningLoop().addInstrument({
        stepStarted: ({ name }) => void steps.set(name, (steps.get(name) ?? 0) + 1),
        stepEnded: ({ name }) => void steps.set(name, (steps.get(name) ?? 0) - 1),
      });
      yield* on(sleep(1));
      yield* on(createTask(eager, { name: "eager", eagerStart: true }));
      // Main is in a step now, and came into the first one before it was watched.
      print(...[...steps].flat());
    });
  }),
  [[2, "main 0 eager 0"]],
);

Deno.test("EventLoop.addInstrument() adds each once; removeInstrument() says whether it was there", async () => {
  const names: string[] = [];
  const one: Instrument = { taskCreated: ({ name }) => names.push(`one ${name}`) };
  const other: Instrument = { taskCreated: ({ name }) => names.push(`other ${name}`) };
  const loop = new EventLoop({ clock: new VirtualClock() });
  loop.addInstrument(one);
  loop.addInstrument(other);
  loop.addInstrument(one);
  loop.createTask(sleep(1), { name: "a" });
  const removed = [loop.removeInstrument(one), loop.removeInstrument(one)];
  loop.createTask(sleep(1), { name: "b" });
  assertEquals([names, removed], [["one a", "other a", "other b"], [true, false]]);
  loop.removeInstrument(other);
  await loop.runUntilComplete(sleep(2));
  loop.close();
});

Deno.test("Instrument may come and go while others are told", async () => {
  const names: string[] = [];
  await run(function* () {
    const loop = getRunningLoop();
    const once: Instrument = {
      taskCreated({ name }) {
        names.push(`once ${name}`);
        loop.removeInstrument(once);
        loop.addInstrument(later);
      },
    };
    const later: Instrument = { taskCreated: ({ name }) => names.push(`later ${name}`) };
    loop.addInstrument(once);
    createTask(sleep(1), { name: "a" });
    createTask(sleep(1), { name: "b" });
    yield* sleep(2);
  }, { clock: new VirtualClock() });
  assertEquals(names, ["once a", "later b"]);
});

Deno.test("EventLoop keeps no record of tasks when its last instrument is gone", async () => {
  const events: string[] = [];
  await run(function* () {
    const loop = getRunningLoop();
    const instrument: Instrument = { stepStarted: ({ name }) => events.push(name) };
    loop.addInstrument(instrument);
    yield* sleep(1);
    loop.removeInstrument(instrument);
    yield* createTask(sleep(1), { name: "unseen" });
  }, { clock: new VirtualClock() });
  assertEquals([events.length, events.includes("unseen")], [1, false]);
});
