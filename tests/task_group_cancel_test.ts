/** A group and a cancel from outside that come together: neither hides the other. */
import { assertEquals } from "@std/assert";
import {
  type CoroutineGenerator,
  createTask,
  ExceptionGroup,
  run,
  sleep,
  TaskGroup,
  VirtualClock,
  wait,
} from "../mod.ts";
import { bothStyles, once } from "./support/both_styles.ts";

bothStyles(
  "TaskGroup.cancel() hides no cancel of the parent that comes at the same time",
  once(({ define, on }, print) => {
    const child = define(function* () {
      try {
        yield* on(sleep(1000));
      } finally {
        yield* on(sleep(5)); // the parent waits for this when both cancels reach it
      }
    });
    return define(function* main() {
      const parent = createTask(define(function* () {
        yield* on(TaskGroup.run(define(function* (group) {
          group.createTask(child);
          yield* on(sleep(10));
          group.cancel();
        })));
        print("left the group");
        yield* on(sleep(0));
        print("not to be seen");
      }));
      yield* on(sleep(12));
      parent.cancel();
      yield* on(wait([parent]));
      print("cancelled", parent.cancelled(), parent.cancelling());
    });
  }),
  [[15, "left the group"], [15, "cancelled true 1"]],
);

bothStyles(
  "TaskGroup.cancel() ends quietly in the clean-up of a cancelled task",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(define(function* () {
        try {
          yield* on(sleep(1000));
        } finally {
          yield* on(TaskGroup.run(define(function* (group) {
            group.cancel();
            yield* on(sleep(1000));
          })));
          yield* on(sleep(1));
          print("cleaned up");
        }
      }));
      yield* on(sleep(10));
      task.cancel();
      yield* on(wait([task]));
      print("cancelled", task.cancelled(), task.cancelling());
    });
  }),
  [[11, "cleaned up"], [11, "cancelled true 1"]],
);

bothStyles(
  "TaskGroup.start() leaves the child's error to the group when it is cancelled at the same time",
  once(({ define, on }, print) => {
    return define(function* main() {
      const parent = createTask(define(function* () {
        try {
          yield* on(TaskGroup.run(define(function* (group) {
            const child = define(function* (): CoroutineGenerator<void> {
              yield* on(sleep(10));
              throw new RangeError("in the child");
            });
            yield* on(group.start(() => child()));
          })));
        } catch (error) {
          if (!(error instanceof ExceptionGroup)) throw error;
          print(error.errors.map(String).join());
          yield* on(sleep(0));
        }
      }));
      // In the iteration after that of the child's end, and before the parent's step.
      yield* on(sleep(10));
      for (let i = 0; !parent.done() && i < 10; i++) {
        if (i === 2) parent.cancel();
        yield* on(sleep(0));
      }
      yield* on(wait([parent]));
      print("cancelled", parent.cancelled());
    });
  }),
  [[10, "RangeError: in the child"], [10, "cancelled true"]],
);

for (const [name, cancels] of [["is quiet", true], ["is needed", false]] as const) {
  Deno.test(`TaskGroup.start() ${name} when the child calls started() as it is cancelled`, async () => {
    const events: string[] = [];
    await run(function* () {
      let call: (value: string) => void = () => {};
      const parent = createTask(TaskGroup.run(function* (group) {
        events.push(
          yield* group.start<string>(function* (started) {
            call = started;
            yield* sleep(10);
            events.push("child goes on");
          }),
        );
      }));
      yield* sleep(5);
      if (cancels) parent.cancel();
      call("started");
      yield* wait([parent]);
      events.push(String(parent.cancelled()));
    }, { clock: new VirtualClock() });
    assertEquals(events, cancels ? ["true"] : ["started", "child goes on", "false"]);
  });
}
