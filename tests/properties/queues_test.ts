/** Queues: no item lost, none doubled, nobody waits for ever, wherever a cancel comes. */
import { assertEquals } from "@std/assert";
import { LifoQueue, PriorityQueue, Queue, QueueShutDown } from "../../mod.ts";
import { type Chaos, survives } from "./chaos.ts";

const QUEUES: [name: string, make: (maxsize: number) => Queue<number>][] = [
  ["Queue", (maxsize) => new Queue(maxsize)],
  ["PriorityQueue", (maxsize) => new PriorityQueue(maxsize)],
  ["LifoQueue", (maxsize) => new LifoQueue(maxsize)],
];

/** Two producers of three items each; what was put for sure is in `put`. */
function producers(chaos: Chaos, queue: Queue<number>, put: number[]) {
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
