/**
 * Queues that are given nonsense, or used in ways that they are not for.
 */
import { assertEquals } from "@std/assert";
import {
  Broadcast,
  broadcast,
  LifoQueue,
  PriorityQueue,
  Queue,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { refused, thrownBy } from "../support/misuse.ts";

for (const kind of [Queue, LifoQueue, PriorityQueue]) {
  Deno.test(`${kind.name} throws RangeError for a bound that is no whole number, TypeError for no number`, () => {
    const bounds = [0.5, NaN, -Infinity, "1", null, {}] as number[];
    assertEquals(
      bounds.map((bound) => thrownBy(() => new kind(bound))),
      ["RangeError", "RangeError", "RangeError", "TypeError", "TypeError", "TypeError"],
    );
  });
}

Deno.test("PriorityQueue throws TypeError for an order that is no function", () => {
  assertEquals(thrownBy(() => new PriorityQueue(0, 5 as never)), "TypeError");
});

Deno.test("Broadcast.subscribe() throws as Queue does, and subscribes nobody", () => {
  const channel = new Broadcast<number>();
  assertEquals(
    [0.5, "1" as never].map((bound) => thrownBy(() => channel.subscribe(bound))),
    ["RangeError", "TypeError"],
  );
  assertEquals(channel.statistics().subscriptions, 0);
});

refused(
  "Queue.getNowait() throws QueueEmpty when there is no item",
  QueueEmpty,
  function* () {
    yield* [];
    new Queue().getNowait();
  },
);

refused(
  "Queue.putNowait() throws QueueFull when there is no room",
  QueueFull,
  function* () {
    yield* [];
    const queue = new Queue(1);
    queue.putNowait(1);
    queue.putNowait(2);
  },
);

refused(
  "Queue.taskDone() throws RangeError when it was called for every item",
  RangeError,
  function* () {
    yield* [];
    const queue = new Queue();
    queue.putNowait(1);
    queue.taskDone();
    queue.taskDone();
  },
);

refused(
  "Queue.put() throws QueueShutDown after shutdown",
  QueueShutDown,
  ({ on }) => {
    const queue = new Queue<number>();
    queue.shutdown();
    return on(queue.put(1));
  },
);

Deno.test("Queue.putNowait() and getNowait() throw QueueShutDown after shutdown, full or not", () => {
  const queue = new Queue<number>(1);
  queue.putNowait(1);
  queue.shutdown();
  queue.shutdown();
  assertEquals(
    [
      thrownBy(() => queue.putNowait(2)),
      queue.getNowait(),
      thrownBy(() => queue.getNowait()),
      thrownBy(() => queue.putNowait(3)),
    ],
    ["QueueShutDown", 1, "QueueShutDown", "QueueShutDown"],
  );
});

Deno.test("Broadcast throws QueueShutDown after shutdown", () => {
  const channel = broadcast<number>();
  channel.shutdown();
  assertEquals(
    [thrownBy(() => channel.putNowait(1)), thrownBy(() => channel.subscribe())],
    ["QueueShutDown", "QueueShutDown"],
  );
});

bothStyles(
  "Queue.get() and put() throw RuntimeError when they are awaited twice",
  once(({ define, on }, print) =>
    define(function* main() {
      const queue = new Queue<number>();
      const put = queue.put(1);
      const get = queue.get();
      yield* on(put);
      yield* on(get);
      queue.putNowait(2);
      for (const used of [put, get]) {
        try {
          yield* on<unknown>(used);
        } catch (error) {
          print((error as Error).name, queue.qsize());
        }
      }
    })
  ),
  [[0, "RuntimeError 1"], [0, "RuntimeError 1"]],
);
