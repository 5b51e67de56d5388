/** `Sequencer`: blocks in the order of their places. */
import { assertEquals, assertThrows } from "@std/assert";
import {
  type AsyncContextManager,
  asyncWith,
  type CoroutineGenerator,
  createTask,
  explore,
  gather,
  RuntimeError,
  sleep,
  wait,
} from "../../mod.ts";
import { Sequencer } from "../../src/testing/mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

/** A task with a block at `place` that says when it begins and ends. */
function blockAt(style: Style, order: AsyncContextManager<void>, name: string, print: Print) {
  const { define, on } = style;
  return createTask(
    define(function* (): CoroutineGenerator<void> {
      try {
        yield* on(asyncWith(
          order,
          define(function* () {
            print(name, "begins");
            yield* on(sleep(10));
            print(name, "ends");
            if (name === "failing") throw new RangeError();
          }),
        ));
      } catch (error) {
        print(name, (error as Error).name);
      }
    }),
    { name },
  );
}

bothStyles(
  "Sequencer.at() runs blocks by place, whoever comes first, and goes on after one that failed",
  once((style, print) =>
    style.define(function* main() {
      const order = new Sequencer();
      const names = ["third", "failing", "first"];
      yield* style.on(
        wait(names.map((name, i) => blockAt(style, order.at(2 - i), name, print))),
      );
    })
  ),
  [
    [0, "first begins"],
    [10, "first ends"],
    [10, "failing begins"],
    [20, "failing ends"],
    [20, "failing RangeError"],
    [20, "third begins"],
    [30, "third ends"],
  ],
);

bothStyles(
  "Sequencer.at() gives the others RuntimeError when a task is cancelled while it waits for its turn",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const order = new Sequencer();
      const tasks = [0, 1, 2].map((i) => blockAt(style, order.at(i), `block ${i}`, print));
      yield* on(sleep(5));
      tasks[1]!.cancel();
      yield* on(wait(tasks));
      yield* on(blockAt(style, order.at(3), "late", print));
    })
  ),
  [
    [0, "block 0 begins"],
    [5, "block 1 CancelledError"],
    [5, "block 2 RuntimeError"],
    [10, "block 0 ends"],
    [10, "late RuntimeError"],
  ],
);

bothStyles(
  "Sequencer.at() gives the turn on when a task is cancelled in its block",
  once((style, print) =>
    style.define(function* main() {
      const { on } = style;
      const order = new Sequencer();
      const tasks = [0, 1].map((i) => blockAt(style, order.at(i), `block ${i}`, print));
      yield* on(sleep(5));
      tasks[0]!.cancel();
      yield* on(wait(tasks));
    })
  ),
  [
    [0, "block 0 begins"],
    [5, "block 0 CancelledError"],
    [5, "block 1 begins"],
    [15, "block 1 ends"],
  ],
);

bothStyles(
  "Sequencer.at() throws RuntimeError where a place is entered twice",
  once((style, print) =>
    style.define(function* main() {
      const order = new Sequencer();
      for (const name of ["once", "twice"]) {
        yield* style.on(blockAt(style, order.at(0), name, print));
      }
    })
  ),
  [[0, "once begins"], [10, "once ends"], [10, "twice RuntimeError"]],
);

Deno.test("Sequencer keeps its order under every seed, and a cancel leaves nobody waiting", async () => {
  let ordered = 0;
  await explore(function* () {
    const order = new Sequencer();
    const entered: number[] = [];
    let begun = false;
    const block = function* (place: number) {
      begun ||= place === 1;
      yield* asyncWith(order.at(place), function* () {
        entered.push(place);
        yield* sleep(0);
      });
    };
    const tasks = [2, 0, 3, 1].map((place) => createTask(block(place)));
    const canceller = createTask(function* () {
      while (!begun) yield* sleep(0);
      tasks[3]!.cancel();
    });
    const results = yield* gather([...tasks, canceller], { returnExceptions: true });
    const failed = results.filter((result) => result instanceof RuntimeError).length;
    // Whoever had its turn had it in order; the others were told.
    assertEquals(entered, [0, 1, 2, 3].slice(0, entered.length));
    assertEquals(failed, entered.includes(1) ? 0 : 3 - entered.length);
    if (failed === 0) ordered++;
  }, { runs: 300 });
  assertEquals(ordered > 10 && ordered < 290, true, `${ordered} of 300 in order`);
});

Deno.test("Sequencer.at() throws RangeError when the place is no whole number from 0 on", () => {
  for (const place of [NaN, -1, 0.5, Infinity, "0" as unknown as number]) {
    assertThrows(() => new Sequencer().at(place), RangeError);
  }
});
