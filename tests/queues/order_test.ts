/**
 * PriorityQueue and LifoQueue: in which order items come out.
 */
import { assertEquals, assertThrows } from "@std/assert";
import { createTask, gather, LifoQueue, PriorityQueue, type Queue, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

function drain<T>(queue: Queue<T>): T[] {
  const items: T[] = [];
  while (!queue.empty()) items.push(queue.getNowait());
  return items;
}

function filled<T>(items: Iterable<T>, compare?: (a: T, b: T) => number): PriorityQueue<T> {
  const queue = compare === undefined ? new PriorityQueue<T>() : new PriorityQueue<T>(0, compare);
  for (const item of items) queue.putNowait(item);
  return queue;
}

Deno.test("PriorityQueue gives numbers, strings, dates and tuples smallest first", () => {
  assertEquals(drain(filled([3, 10, 1.5, -2])), [-2, 1.5, 3, 10]);
  assertEquals(drain<number | bigint>(filled([3n, 2, 1n])), [1n, 2, 3n]);
  assertEquals(drain(filled(["b", "a", "ab"])), ["a", "ab", "b"]);
  assertEquals(drain(filled([new Date(2), new Date(1)])), [new Date(1), new Date(2)]);
  assertEquals(
    drain(filled<[number, string?]>([[10, "a"], [9, "z"], [9], [9, "b"]])),
    [[9], [9, "b"], [9, "z"], [10, "a"]],
  );
});

Deno.test("PriorityQueue sorts whatever it is given, as it is mixed with gets", () => {
  const queue = new PriorityQueue<number>();
  const held: number[] = [];
  let state = 1;
  for (let i = 0; i < 2000; i++) {
    state = state * 48271 % 2147483647;
    if (state % 3 > 0 || held.length === 0) {
      held.push(state % 100);
      queue.putNowait(state % 100);
    } else {
      held.sort((a, b) => a - b);
      assertEquals(queue.getNowait(), held.shift());
    }
  }
  assertEquals(drain(queue), held.sort((a, b) => a - b));
});

Deno.test("PriorityQueue gives equal items in the order in which they came", () => {
  const queue = filled(["b1", "a1", "b2", "a2", "b3", "a3"], (a, b) => a < b ? -1 : 1);
  assertEquals(drain(queue), ["a1", "a2", "a3", "b1", "b2", "b3"]);
  const byLetter = filled(
    ["b1", "a1", "b2", "a2", "b3", "a3"],
    (a, b) => a.charCodeAt(0) - b.charCodeAt(0),
  );
  assertEquals(drain(byLetter), ["a1", "a2", "a3", "b1", "b2", "b3"]);
});

Deno.test("PriorityQueue orders by the function that it is given", () => {
  assertEquals(drain(filled([1, 3, 2], (a, b) => b - a)), [3, 2, 1]);
});

Deno.test("PriorityQueue throws TypeError for items without an order, and keeps those it has", () => {
  const orderless: unknown[] = [{}, null, undefined, NaN, "text", new Date(NaN), [1, 2], true];
  for (const item of orderless) {
    const queue = filled<unknown>([1, 2]);
    assertThrows(() => queue.putNowait(item), TypeError);
    assertEquals(drain(queue), [1, 2]);
  }
  const sameObject = {};
  assertEquals(drain(filled([[sameObject, 2], [sameObject, 1]])).map(([, n]) => n), [1, 2]);
});

bothStyles(
  "PriorityQueue.get() gives the smallest of what is there when it is its turn",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new PriorityQueue<number>(2);
      const consumer = createTask(define(function* () {
        for (let i = 0; i < 3; i++) print("got", yield* on(queue.get()));
      }));
      yield* on(sleep(1));
      for (const item of [3, 1, 2]) yield* on(queue.put(item));
      yield* on(consumer);
    })
  ),
  [[1, "got 1"], [1, "got 3"], [1, "got 2"]],
);

bothStyles(
  "LifoQueue gives the newest item first, and makes its producer wait at its bound",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new LifoQueue<number>(2);
      const producer = createTask(define(function* () {
        for (let i = 0; i < 4; i++) yield* on(queue.put(i));
      }));
      yield* on(sleep(1));
      for (let i = 0; i < 4; i++) {
        print(yield* on(queue.get()));
        yield* on(sleep(1));
      }
      yield* on(producer);
    })
  ),
  [[1, "1"], [2, "2"], [3, "3"], [4, "0"]],
);

bothStyles(
  "PriorityQueue whose order throws gives the error to who asked, and the item to nobody",
  once(({ define, on }, print) =>
    define(function* main() {
      let broken = false;
      const queue = new PriorityQueue<number>(0, (a, b) => {
        if (broken) throw new SyntaxError("no order");
        return a - b;
      });
      for (const item of [3, 1, 2]) queue.putNowait(item);
      broken = true;
      const attempts: (() => unknown)[] = [
        () => queue.put(0),
        () => queue.get(),
        () => queue.getNowait(),
        () => queue.putNowait(4),
      ];
      for (const attempt of attempts) {
        try {
          yield* on(attempt() as Promise<unknown>);
        } catch (error) {
          print((error as Error).name);
        }
      }
      broken = false;
      print(drain(queue), queue);
    })
  ),
  [
    ...new Array(4).fill([0, "SyntaxError"]),
    [0, "1,2,3 <PriorityQueue size=0 unfinished=3>"],
  ],
);

bothStyles(
  "PriorityQueue.get() calls the next when the order throws at one who was called",
  once(({ define, on }, print) =>
    define(function* main() {
      let failures = 0;
      const queue = new PriorityQueue<number>(0, (a, b) => {
        if (failures-- > 0) throw new SyntaxError("no order");
        return a - b;
      });
      const get = define(function* (name: string) {
        try {
          print(name, "got", yield* on(queue.get()));
        } catch (error) {
          print(name, (error as Error).name);
        }
      });
      const tasks = ["a", "b"].map((name) => createTask(() => get(name)));
      yield* on(sleep(1));
      queue.putNowait(1);
      queue.putNowait(2);
      queue.putNowait(3);
      failures = 1;
      yield* on(gather(tasks));
      print(drain(queue));
    })
  ),
  [[1, "a SyntaxError"], [1, "b got 1"], [1, "2,3"]],
);

Deno.test("PriorityQueue whose order uses the queue itself, or gives no number, throws and stays whole", () => {
  const queue: PriorityQueue<number> = new PriorityQueue(0, (a, b) => {
    if (a === 9 || b === 9) queue.getNowait();
    return a === 8 || b === 8 ? NaN : a - b;
  });
  for (const item of [3, 1, 2]) queue.putNowait(item);
  assertThrows(() => queue.putNowait(9), Error, "own compare function");
  assertThrows(() => queue.putNowait(8), RangeError);
  assertEquals(drain(queue), [1, 2, 3]);
});
