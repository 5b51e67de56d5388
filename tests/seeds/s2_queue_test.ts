/**
 * The chapter's limits: a semaphore around a download, a queue between a producer and a consumer.
 */
import { assert, assertEquals } from "@std/assert";
import {
  asyncWith,
  gather,
  getRunningLoop,
  Queue,
  QueueShutDown,
  Semaphore,
  sleep,
  TaskGroup,
  TimeoutError,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once, type Print, record } from "../support/both_styles.ts";

// S2-E17
bothStyles(
  "Semaphore(10) lets ten fetches run at once, in the order of their coming",
  once(({ define, on }, print) => {
    return define(function* main() {
      const semaphore = new Semaphore(10);
      const order: number[] = [];
      let [running, peak] = [0, 0];
      const fetchOne = define(function* (n: number) {
        yield* on(asyncWith(
          semaphore,
          define(function* () {
            peak = Math.max(peak, ++running);
            order.push(n);
            yield* on(sleep(100));
            running--;
          }),
        ));
        return n;
      });
      const numbers = Array.from({ length: 25 }, (_, n) => n);
      const results = yield* on(gather(numbers.map((n) => () => fetchOne(n))));
      print("peak", peak, "in order", String(order) === String(numbers));
      print("results", String(results) === String(numbers), "free again", !semaphore.locked());
    });
  }),
  [[300, "peak 10 in order true"], [300, "results true free again true"]],
);

// S2-E18, S2-C18, S2-X2: the producer is faster, and is held back.
bothStyles(
  "Queue(10) hands a hundred items over in order and makes the producer wait",
  once(({ define, on }, print) => {
    return define(function* main() {
      const queue = new Queue<number | null>(10);
      const loop = getRunningLoop();
      const items: number[] = [];
      let [most, waits] = [0, 0];
      const put = define(function* (item: number | null) {
        const before = loop.time();
        yield* on(queue.put(item));
        if (loop.time() > before) waits++;
        most = Math.max(most, queue.qsize());
      });
      const producer = define(function* () {
        for (let i = 0; i < 100; i++) yield* on(put(i));
        yield* on(put(null));
      });
      const consumer = define(function* () {
        for (;;) {
          const item = yield* on(queue.get());
          if (item === null) break;
          yield* on(sleep(10));
          items.push(item);
          queue.taskDone();
        }
      });
      yield* on(TaskGroup.run((group) => {
        group.createTask(producer);
        group.createTask(consumer);
      }));
      print(items.length, "items, in order", items.every((item, i) => item === i));
      print("most", most, "put() has waited", waits);
    });
  }),
  // The first item and ten more find room at once; one of the others, the sentinel among them, each 10 ms.
  [[1000, "100 items, in order true"], [1000, "most 10 put() has waited 90"]],
);

// S2-P4: nobody calls taskDone() for the sentinel.
bothStyles(
  "Queue.join() hangs after a sentinel that was not marked done, and shutdown() needs none",
  once(({ define, on }, print) => {
    const withSentinel = define(function* () {
      const queue = new Queue<number | null>();
      for (const item of [1, 2, null]) queue.putNowait(item);
      for (;;) {
        const item = yield* on(queue.get());
        if (item === null) break;
        queue.taskDone();
      }
      try {
        yield* on(waitFor(queue.join(), 50));
      } catch (error) {
        print("join() hangs", error instanceof TimeoutError);
      }
    });
    const withShutdown = define(function* () {
      const queue = new Queue<number>();
      for (const item of [1, 2]) queue.putNowait(item);
      queue.shutdown();
      try {
        for (;;) {
          yield* on(queue.get());
          queue.taskDone();
        }
      } catch (error) {
        print("drained", error instanceof QueueShutDown);
      }
      yield* on(waitFor(queue.join(), 50));
      print("join() returns");
    });
    return define(function* main() {
      yield* on(withSentinel());
      yield* on(withShutdown());
    });
  }),
  [[50, "join() hangs true"], [50, "drained true"], [50, "join() returns"]],
);

/** A hundred fetches of 10 ms from a server that answers twenty at once and queues the others. */
const crowded = (concurrency: number) =>
  once(({ define, on }, print: Print) => {
    return define(function* main() {
      const server = new Semaphore(20);
      const semaphore = new Semaphore(concurrency);
      const answer = define(function* () {
        yield* on(asyncWith(server, () => sleep(10)));
      });
      const fetchOne = define(function* () {
        yield* on(asyncWith(semaphore, answer));
      });
      yield* on(gather(Array.from({ length: 100 }, () => fetchOne)));
      print(concurrency, "at once");
    });
  });

// S2-X1: beyond what the server can do, more at once is not faster.
for (const style of ["generator", "async"] as const) {
  Deno.test(`Semaphore of 1, 10 and 100 fetches a hundred pages from a server of twenty (${style})`, async () => {
    const times: number[] = [];
    for (const concurrency of [1, 10, 100]) {
      const [event, ...others] = await record(crowded(concurrency)[style]);
      assertEquals(others, []);
      times.push(event![0]);
    }
    assertEquals(times, [1000, 100, 50]);
    assert(times[1]! / times[2]! < 10);
  });
}
