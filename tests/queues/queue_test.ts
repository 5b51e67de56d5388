/**
 * Queue: items, bounds, order, and what a cancel leaves behind.
 */
import { assertEquals } from "@std/assert";
import { createTask, gather, Queue, sleep, type Task } from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

function getter({ define, on }: Style, print: Print, queue: Queue<unknown>) {
  return define(function* (name: string) {
    print(name, "got", yield* on(queue.get()));
  });
}

function putter({ define, on }: Style, print: Print, queue: Queue<unknown>) {
  return define(function* (item: unknown) {
    yield* on(queue.put(item));
    print("put", item);
  });
}

bothStyles(
  "Queue.put() and get() go on without a pause when there is room, and an item",
  once(({ define, on }, print) =>
    define(function* main() {
      const other = createTask(() => print("other"));
      const queue = new Queue<string>(1);
      yield* on(queue.put("item"));
      print(yield* on(queue.get()));
      yield* on(other);
    })
  ),
  [[0, "item"], [0, "other"]],
);

bothStyles(
  "Queue.get() waits for an item, and tasks get items in the order in which they came",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<number>();
      const get = getter(style, print, queue);
      const tasks = ["a", "b", "c"].map((name) => createTask(() => get(name)));
      yield* style.on(sleep(5));
      for (let i = 0; i < 3; i++) queue.putNowait(i);
      print("put");
      yield* style.on(gather(tasks));
    })
  ),
  [[5, "put"], [5, "a got 0"], [5, "b got 1"], [5, "c got 2"]],
);

bothStyles(
  "Queue.put() waits for room, in the order in which tasks came",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<unknown>(1);
      const put = putter(style, print, queue);
      const tasks = ["a", "b", "c"].map((item) => createTask(() => put(item)));
      yield* style.on(sleep(5));
      print(queue, queue.full());
      for (let i = 0; i < 3; i++) {
        print("got", yield* style.on(queue.get()));
        yield* style.on(sleep(5));
      }
      yield* style.on(gather(tasks));
    })
  ),
  [
    [0, "put a"],
    [5, "<Queue size=1 maxsize=1 putters=2 unfinished=1> true"],
    [5, "got a"],
    [5, "put b"],
    [10, "got b"],
    [10, "put c"],
    [15, "got c"],
  ],
);

bothStyles(
  "Queue.get() leaves the line when its task is cancelled while it waits",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<number>();
      const get = getter(style, print, queue);
      const [first, second] = ["first", "second"].map((name) => createTask(() => get(name)));
      yield* style.on(sleep(1));
      first!.cancel();
      yield* style.on(sleep(1));
      queue.putNowait(1);
      yield* style.on(second!);
      print(first!.cancelled(), queue);
    })
  ),
  [[2, "second got 1"], [2, "true <Queue size=0 unfinished=1>"]],
);

bothStyles(
  "Queue.get() leaves its item to the next when its task is cancelled after it was called",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<number>();
      const get = getter(style, print, queue);
      const tasks = ["a", "b", "c"].map((name) => createTask(() => get(name)));
      yield* style.on(sleep(1));
      queue.putNowait(1);
      queue.putNowait(2);
      tasks[0]!.cancel();
      yield* style.on(gather(tasks.slice(1)));
      print(tasks[0]!.cancelled(), queue.qsize());
    })
  ),
  [[1, "b got 1"], [1, "c got 2"], [1, "true 0"]],
);

bothStyles(
  "Queue.get() leaves its item in the queue when its task is cancelled and nobody else waits",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<number>();
      const task = createTask(() => getter(style, print, queue)("a"));
      yield* style.on(sleep(1));
      queue.putNowait(1);
      task.cancel();
      yield* style.on(sleep(1));
      print(task.cancelled(), queue.getNowait());
    })
  ),
  [[2, "true 1"]],
);

bothStyles(
  "Queue.put() adds nothing when its task is cancelled, waiting or called",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<unknown>(1);
      const put = putter(style, print, queue);
      queue.putNowait(0);
      const [waiting, called, last] = ["waiting", "called", "last"].map((item) =>
        createTask(() => put(item))
      );
      yield* style.on(sleep(1));
      waiting!.cancel();
      yield* style.on(sleep(1));
      print(queue.getNowait());
      called!.cancel();
      yield* style.on(last!);
      print(waiting!.cancelled(), called!.cancelled(), queue.getNowait(), queue);
    })
  ),
  [[2, "0"], [2, "put last"], [2, "true true last <Queue size=0 maxsize=1 unfinished=2>"]],
);

bothStyles(
  "Queue.get() waits again when another was quicker",
  once((style, print) =>
    style.define(function* main() {
      const queue = new Queue<number>();
      const task = createTask(() => getter(style, print, queue)("slow"));
      yield* style.on(sleep(1));
      queue.putNowait(1);
      print("quick got", yield* style.on(queue.get()));
      yield* style.on(sleep(1));
      print(queue.statistics().gettersWaiting);
      queue.putNowait(2);
      yield* style.on(task);
    })
  ),
  [[1, "quick got 1"], [2, "1"], [2, "slow got 2"]],
);

bothStyles(
  "Queue with a bound makes its producer wait for its consumer",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>(2);
      const producer = createTask(define(function* () {
        for (let i = 0; i < 4; i++) {
          yield* on(queue.put(i));
          print("put", i);
        }
      }));
      for (let i = 0; i < 4; i++) {
        yield* on(sleep(10));
        print("got", yield* on(queue.get()));
      }
      yield* on(producer);
    })
  ),
  [
    [0, "put 0"],
    [0, "put 1"],
    [10, "got 0"],
    [10, "put 2"],
    [20, "got 1"],
    [20, "put 3"],
    [30, "got 2"],
    [40, "got 3"],
  ],
);

bothStyles(
  "Queue.join() waits until taskDone() was called for every item",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>();
      yield* on(queue.join());
      print("nothing to wait for");
      for (let i = 0; i < 3; i++) queue.putNowait(i);
      const worker = createTask(define(function* () {
        for (;;) {
          yield* on(queue.get());
          yield* on(sleep(10));
          queue.taskDone();
        }
      }));
      const cancelled = createTask(() => queue.join());
      yield* on(sleep(1));
      cancelled.cancel();
      yield* on(queue.join());
      print("done", cancelled.cancelled(), queue);
      worker.cancel();
    })
  ),
  [[0, "nothing to wait for"], [30, "done true <Queue size=0 getters=1>"]],
);

Deno.test("Queue keeps its order when it has grown, wrapped around and run empty", () => {
  const queue = new Queue<number>();
  const seen: number[] = [];
  let next = 0;
  for (const [puts, gets] of [[10, 5], [40, 20], [3000, 2500], [10, 535], [20, 20], [2, 2]]) {
    for (let i = 0; i < puts!; i++) queue.putNowait(next++);
    for (let i = 0; i < gets!; i++) seen.push(queue.getNowait());
  }
  assertEquals(seen, Array.from({ length: 3082 }, (_, i) => i));
  assertEquals(queue.empty(), true);
});

Deno.test("Queue hands any value over as it is", async () => {
  const items = [undefined, null, NaN, Promise.resolve(1), new Error("an item"), () => {}];
  const queue = new Queue<unknown>();
  const seen: unknown[] = [];
  for (const item of items) queue.putNowait(item);
  for (let i = 0; i < items.length; i++) seen.push(queue.getNowait());
  assertEquals(seen.map((item, i) => Object.is(item, items[i])), items.map(() => true));
  queue.putNowait(undefined);
  assertEquals(await queue.get(), undefined);
});

Deno.test("Queue.get() works outside of a task", async () => {
  const queue = new Queue<string>(1);
  const waiting = queue.get().then((item) => `got ${item}`);
  await queue.put("item");
  assertEquals(await waiting, "got item");
});

Deno.test("Queue.statistics() counts items and who waits", () => {
  const queue = new Queue<string>(2);
  queue.putNowait("item");
  assertEquals(queue.statistics(), {
    size: 1,
    maxsize: 2,
    gettersWaiting: 0,
    puttersWaiting: 0,
    unfinished: 1,
    shutDown: false,
  });
  assertEquals(
    [0, -1, Infinity].map((maxsize) => new Queue(maxsize).statistics().maxsize),
    [Infinity, Infinity, Infinity],
  );
});

Deno.test("Queue.get() of a task's own body gives the item to the task", async () => {
  const queue = new Queue<string>();
  const task: Task<string> = createTask(queue.get());
  queue.putNowait("item");
  assertEquals(await task, "item");
});
