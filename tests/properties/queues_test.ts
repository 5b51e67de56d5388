/** Queues: no item lost, none doubled, nobody waits for ever, wherever a cancel comes. */
import { assertEquals } from "@std/assert";
import {
  broadcast,
  forEach,
  LifoQueue,
  PriorityQueue,
  Queue,
  QueueShutDown,
  type Subscription,
} from "../../mod.ts";
import { type Chaos, survives } from "./chaos.ts";

const QUEUES: [name: string, make: (maxsize: number) => Queue<number>][] = [
  ["Queue", (maxsize) => new Queue(maxsize)],
  ["PriorityQueue", (maxsize) => new PriorityQueue(maxsize)],
  ["LifoQueue", (maxsize) => new LifoQueue(maxsize)],
];

/** Two producers of three items each; what was put for sure is in `put`. */
function producers(chaos: Chaos, queue: Pick<Queue<number>, "put">, put: number[]) {
  return [0, 10].map((first) =>
    chaos.start(function* () {
      for (let item = first; item < first + 3; item++) {
        yield* chaos.pause(2);
        yield* chaos.on(queue.put(item));
        put.push(item);
      }
    }, `producer ${first}`)
  );
}

for (const [name, make] of QUEUES) {
  survives(
    `${name} gives every item that was put once, and to somebody who is there`,
    function* (chaos) {
      const queue = make(chaos.below(3));
      const [put, got]: number[][] = [[], []];
      const all = producers(chaos, queue, put!);
      const consumers = [0, 1, 2].map((i) =>
        chaos.start(function* () {
          for (;;) {
            yield* chaos.pause(1);
            const item = yield* chaos.outcome(queue.get());
            if (item instanceof QueueShutDown) return;
            if (item instanceof Error) throw item;
            got!.push(item);
            queue.taskDone();
          }
        }, `consumer ${i}`)
      );
      chaos.cancelOne([...all, ...consumers]);
      chaos.cancelOne([...all, ...consumers]);
      yield* chaos.allEnd(all);
      yield* chaos.on(queue.join());
      queue.shutdown();
      yield* chaos.allEnd(consumers);
      for (const one of [...all, ...consumers]) if (!one.cancelled()) one.result();
      assertEquals(got!.toSorted(), put!.toSorted());
      const { gettersWaiting, puttersWaiting, size, unfinished } = queue.statistics();
      assertEquals([gettersWaiting, puttersWaiting, size, unfinished], [0, 0, 0, 0]);
    },
  );
}

survives(
  "Queue.shutdown() ends everybody's wait, and drops nothing unless told to",
  function* (chaos) {
    const queue = new Queue<number>(1);
    const immediate = chaos.onceIn(2);
    const [put, got]: number[][] = [[], []];
    const all = producers(chaos, queue, put!);
    const consumer = chaos.start(function* () {
      for (;;) {
        yield* chaos.pause(3);
        got!.push(yield* chaos.on(queue.get()));
      }
    }, "consumer");
    chaos.cancelOne([...all, consumer]);
    yield* chaos.pause(8);
    queue.shutdown(immediate);
    yield* chaos.allEnd([...all, consumer]);
    for (const one of [...all, consumer]) {
      if (!one.cancelled() && one.exception() !== null) {
        assertEquals((one.exception() as Error).constructor, QueueShutDown);
      }
    }
    while (!queue.empty()) got!.push(queue.getNowait());
    if (immediate) assertEquals(got!.filter((item) => !put!.includes(item)), []);
    else assertEquals(got!.toSorted(), put!.toSorted());
  },
);

survives(
  "Broadcast.put() gives an item to all who subscribe, in order, or to nobody",
  function* (chaos) {
    const channel = broadcast<number>();
    const put: number[] = [];
    const seen: number[][] = [];
    const subscriptions: Subscription<number>[] = [];
    const consumers = [0, 1, 2].map((i) => {
      const subscription = subscriptions[i] = channel.subscribe(chaos.below(3));
      const mine: number[] = seen[i] = [];
      const consumer = chaos.start(function* () {
        for (;;) {
          yield* chaos.pause(2);
          const item = yield* chaos.outcome(subscription.get());
          if (item instanceof QueueShutDown) return;
          if (item instanceof Error) throw item;
          mine.push(item);
        }
      }, `consumer ${i}`);
      // A subscriber that has gone holds nobody up; it may go before it begins.
      consumer.addDoneCallback(() => subscription.close());
      return consumer;
    });
    const all = producers(chaos, channel, put);
    const victim = chaos.cancelOne([...all, ...consumers]);
    yield* chaos.allEnd(all);
    channel.shutdown();
    yield* chaos.allEnd(consumers);
    for (const one of [...all, ...consumers]) if (!one.cancelled()) one.result();
    seen.forEach((items, i) => {
      if (consumers[i] === victim) assertEquals(items, put.slice(0, items.length));
      else assertEquals(items, put);
    });
    for (const one of subscriptions) one.close();
    const { full, puttersWaiting, subscriptions: left } = channel.statistics();
    assertEquals([full, puttersWaiting, left], [0, 0, 0]);
  },
);

survives(
  "forEach() over a Queue loses no item when it is left early or cancelled",
  function* (chaos) {
    const queue = new Queue<number>(chaos.below(3));
    const [put, got]: number[][] = [[], []];
    const all = producers(chaos, queue, put!);
    const consumer = (limit: number) =>
      chaos.start(function* () {
        let left = limit;
        yield* chaos.on(forEach(
          queue,
          chaos.define(function* (item: number) {
            got!.push(item);
            yield* chaos.pause(1);
            return --left > 0;
          }),
        ));
      });
    const early = [consumer(1), consumer(2)];
    chaos.cancelOne(early);
    const rest = consumer(Infinity);
    yield* chaos.allEnd(all);
    queue.shutdown();
    yield* chaos.allEnd([...early, rest]);
    for (const one of [...all, ...early, rest]) if (!one.cancelled()) one.result();
    assertEquals(got!.toSorted(), put!.toSorted());
  },
);
