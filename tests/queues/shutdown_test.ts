/**
 * Queue.shutdown() and iteration, which ends with it.
 */
import { assertEquals } from "@std/assert";
import {
  createTask,
  forEach,
  gather,
  LifoQueue,
  Queue,
  QueueShutDown,
  run,
  sleep,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "Queue.shutdown() lets the items out that are there, and no more in",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>();
      queue.putNowait(1);
      queue.shutdown();
      const attempts = [() => queue.put(2), () => queue.get(), () => queue.get()];
      for (const attempt of attempts) {
        try {
          print(yield* on<unknown>(attempt()));
        } catch (error) {
          print((error as Error).name, error instanceof QueueShutDown);
        }
      }
      print(queue);
    })
  ),
  [
    [0, "QueueShutDown true"],
    [0, "1"],
    [0, "QueueShutDown true"],
    [0, "<Queue size=0 unfinished=1 shut down>"],
  ],
);

bothStyles(
  "Queue.shutdown() ends the waits of those who get and those who put",
  once(({ define, on }, print) =>
    define(function* main() {
      const [empty, full] = [new Queue<number>(), new Queue<number>(1)];
      full.putNowait(1);
      const attempt = define(function* (name: string, wait: () => unknown) {
        try {
          yield* on(wait() as Promise<unknown>);
        } catch (error) {
          print(name, (error as Error).name);
        }
      });
      const tasks = [
        createTask(() => attempt("get 1", () => empty.get())),
        createTask(() => attempt("get 2", () => empty.get())),
        createTask(() => attempt("put 1", () => full.put(2))),
        createTask(() => attempt("put 2", () => full.put(3))),
      ];
      yield* on(sleep(5));
      empty.shutdown();
      full.shutdown();
      yield* on(gather(tasks));
      print(full.getNowait(), full.qsize());
    })
  ),
  [
    [5, "get 1 QueueShutDown"],
    [5, "get 2 QueueShutDown"],
    [5, "put 1 QueueShutDown"],
    [5, "put 2 QueueShutDown"],
    [5, "1 0"],
  ],
);

bothStyles(
  "Queue.shutdown(true) drops the items, and join() goes on when none is in work",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>();
      for (let i = 0; i < 3; i++) queue.putNowait(i);
      const item = yield* on(queue.get());
      const joined = createTask(define(function* () {
        yield* on(queue.join());
        print("joined");
      }));
      yield* on(sleep(1));
      queue.shutdown(true);
      print(queue);
      yield* on(sleep(1));
      print("item", item, "is done");
      queue.taskDone();
      yield* on(joined);
    })
  ),
  [[1, "<Queue size=0 unfinished=1 shut down>"], [2, "item 0 is done"], [2, "joined"]],
);

bothStyles(
  "forEach() over a queue gets items as they come, until it is shut down and empty",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>(1);
      const producer = createTask(define(function* () {
        for (let i = 0; i < 3; i++) {
          yield* on(sleep(10));
          yield* on(queue.put(i));
        }
        queue.shutdown();
      }));
      yield* on(forEach(queue, (item) => print("got", item)));
      print("end");
      yield* on(producer);
    })
  ),
  [[10, "got 0"], [20, "got 1"], [30, "got 2"], [30, "end"]],
);

Deno.test("`for await` over a queue gets items, and loses none when it is left early", async () => {
  const queue = new LifoQueue<number>();
  for (let i = 0; i < 4; i++) queue.putNowait(i);
  const seen: number[] = [];
  await run(async () => {
    for await (const item of queue) {
      seen.push(item);
      if (item === 2) break;
    }
    queue.shutdown();
    for await (const item of queue) seen.push(item);
  });
  assertEquals(seen, [3, 2, 1, 0]);
});

bothStyles(
  "forEach() in several tasks gives each item of a queue to one of them",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>();
      const consumer = define(function* (name: string) {
        yield* on(forEach(
          queue,
          define(function* (item) {
            print(name, item);
            yield* on(sleep(10));
          }),
        ));
      });
      for (let i = 0; i < 4; i++) queue.putNowait(i);
      queue.shutdown();
      yield* on(gather([() => consumer("a"), () => consumer("b")]));
    })
  ),
  [[0, "a 0"], [0, "b 1"], [10, "a 2"], [10, "b 3"]],
);

bothStyles(
  "forEach() over a queue loses no item when its task is cancelled",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>();
      const task = createTask(forEach(queue, (item) => print("got", item)));
      yield* on(sleep(1));
      queue.putNowait(1);
      task.cancel();
      yield* on(sleep(1));
      print(task.cancelled(), queue.qsize());
    })
  ),
  [[2, "true 1"]],
);

Deno.test("A queue's iterator gives promises with all that promises have", async () => {
  const queue = new Queue<number>();
  queue.putNowait(1);
  const iterator = queue[Symbol.asyncIterator]();
  let cleaned = false;
  const step = await iterator.next().finally(() => cleaned = true);
  queue.shutdown();
  const end = await iterator.next().catch(() => "not reached");
  assertEquals([step, cleaned, end], [{ done: false, value: 1 }, true, {
    done: true,
    value: undefined,
  }]);
});
