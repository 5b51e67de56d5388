/**
 * Barrier: tasks that wait for each other.
 */
import { assertEquals } from "@std/assert";
import { asyncWith, Barrier, createTask, gather, sleep } from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

/** A task that comes after `ms`, and says when it may go on, or why not. */
function party({ define, on }: Style, print: Print, barrier: Barrier) {
  return define(function* (name: string, ms: number) {
    yield* on(sleep(ms));
    try {
      print(name, yield* on(barrier.wait()));
    } catch (error) {
      print(name, (error as Error).name);
    }
  });
}

bothStyles(
  "Barrier.wait() lets tasks go on when enough have come, each with its number, again and again",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const barrier = new Barrier(3);
      const come = party(style, print, barrier);
      const tasks = ["a", "b", "c"].map((name, i) => createTask(() => come(name, i)));
      yield* on(sleep(1));
      print(barrier.nWaiting, barrier);
      yield* on(gather(tasks));
      yield* on(gather(["d", "e", "f"].map((name) => () => come(name, 1))));
      print(JSON.stringify(barrier.statistics()));
    })
  ),
  [
    [1, "1 <Barrier filling waiting=1/3>"],
    [2, "c 2"],
    [2, "a 0"],
    [2, "b 1"],
    [3, "f 2"],
    [3, "d 0"],
    [3, "e 1"],
    [3, '{"state":"filling","tasksWaiting":0,"parties":3}'],
  ],
);

bothStyles(
  "Barrier.wait() leaves its place to another when it is cancelled",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const barrier = new Barrier(2);
      const come = party(style, print, barrier);
      const first = createTask(() => come("first", 0));
      yield* on(sleep(1));
      first.cancel();
      yield* on(sleep(1));
      print(barrier.nWaiting);
      yield* on(gather([() => come("second", 0), () => come("third", 1)]));
    })
  ),
  [[1, "first CancelledError"], [2, "0"], [3, "third 1"], [3, "second 0"]],
);

bothStyles(
  "Barrier.reset() fails those who wait, and lets others begin anew",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const barrier = new Barrier(2);
      const come = party(style, print, barrier);
      const first = createTask(() => come("first", 0));
      yield* on(sleep(1));
      yield* on(barrier.reset());
      yield* on(first);
      yield* on(gather([() => come("second", 0), () => come("third", 1)]));
      print(barrier.broken);
    })
  ),
  [[1, "first BrokenBarrierError"], [2, "third 1"], [2, "second 0"], [2, "false"]],
);

bothStyles(
  "Barrier.abort() fails those who wait and whoever comes, until reset",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const barrier = new Barrier(2);
      const come = party(style, print, barrier);
      const first = createTask(() => come("first", 0));
      yield* on(sleep(1));
      yield* on(barrier.abort());
      yield* on(first);
      yield* on(come("second", 0));
      print(barrier.broken, barrier);
      yield* on(barrier.reset());
      yield* on(gather([() => come("third", 0), () => come("fourth", 1)]));
    })
  ),
  [
    [1, "first BrokenBarrierError"],
    [1, "second BrokenBarrierError"],
    [1, "true <Barrier broken>"],
    [2, "fourth 1"],
    [2, "third 0"],
  ],
);

bothStyles(
  "asyncWith() waits at a barrier and gives the number to its body",
  once(({ define, on }, print) =>
    define(function* main() {
      const barrier = new Barrier(2);
      const numbers = yield* on(
        gather([0, 1].map(() => asyncWith(barrier, (number: number) => number))),
      );
      print(numbers);
    })
  ),
  [[0, "0,1"]],
);

Deno.test("Barrier for one party never waits", async () => {
  const barrier = new Barrier(1);
  assertEquals([await barrier.wait(), await barrier.wait(), barrier.parties], [0, 0, 1]);
});
