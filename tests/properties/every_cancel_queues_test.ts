/**
 * Queues and broadcast: no item is lost or doubled, the order is kept, and nobody waits for ever.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { broadcast, forEach, LifoQueue, PriorityQueue, Queue } from "../../mod.ts";
import type { Style } from "../support/both_styles.ts";
import { holds, pause, pauses, type Scenario } from "./every_cancel.ts";

interface Traffic {
  readonly bound: number;
  /** What each producer puts: how long it pauses before each item. */
  readonly producers: readonly (readonly number[])[];
  /** How long each consumer pauses after each item. */
  readonly consumers: readonly number[];
}

const traffic: fc.Arbitrary<Traffic> = fc.record({
  bound: fc.nat({ max: 2 }),
  producers: fc.array(fc.array(pauses, { maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  // Two, so that one is left to take what there is when the other is cancelled.
  consumers: fc.array(pauses, { minLength: 2, maxLength: 2 }),
});

/** Producers put numbers, consumers take them; the last producer to end shuts the queue down. */
function scenario(
  style: Style,
  queue: Queue<number>,
  { producers, consumers }: Traffic,
  checkOrder: (taken: readonly number[], put: readonly number[]) => void,
): Scenario {
  const { define, on } = style;
  const put: number[] = [];
  const taken: number[] = [];
  let producing = producers.length;
  let item = 0;
  const produce = producers.map((items) =>
    define(function* () {
      for (const before of items) {
        yield* pause(style, before);
        const mine = item++;
        yield* on(queue.put(mine));
        put.push(mine);
      }
    })
  );
  const consume = consumers.map((after) =>
    define(function* () {
      yield* on(forEach(
        queue,
        define(function* (item) {
          taken.push(item);
          queue.taskDone();
          yield* pause(style, after);
        }),
      ));
    })
  );
  return {
    users: [...produce, ...consume],
    ended(user) {
      if (user < producers.length && --producing === 0) queue.shutdown();
    },
    check() {
      assertEquals(taken.toSorted(), put.toSorted());
      checkOrder(taken, put);
      const { unfinished, gettersWaiting, puttersWaiting } = queue.statistics();
      assertEquals([queue.qsize(), unfinished, gettersWaiting, puttersWaiting], [0, 0, 0, 0]);
    },
  };
}

holds("Queue keeps its promises, whoever is cancelled and when", traffic, (style, traffic) => {
  return scenario(style, new Queue(traffic.bound), traffic, (taken, put) => {
    assertEquals(taken, put);
  });
});

const anyOrder = () => {};

holds("LifoQueue keeps its promises, whoever is cancelled and when", traffic, (style, traffic) => {
  return scenario(style, new LifoQueue(traffic.bound), traffic, anyOrder);
});

holds(
  "PriorityQueue keeps its promises, whoever is cancelled and when",
  traffic,
  (style, traffic) => {
    return scenario(style, new PriorityQueue(traffic.bound), traffic, anyOrder);
  },
);

holds(
  "Queue.join() goes on when all is done, whoever is cancelled and when",
  fc.record({ items: fc.nat({ max: 3 }), before: pauses, after: pauses }),
  (style, { items, before, after }) => {
    const { define, on } = style;
    const queue = new Queue<number>();
    const left: number[] = [];
    const joining = define(function* () {
      yield* pause(style, before);
      yield* on(queue.join());
      left.push(queue.statistics().unfinished);
    });
    const working = define(function* () {
      for (let i = 0; i < items; i++) {
        queue.putNowait(i);
        yield* pause(style, after);
      }
    });
    return {
      users: [working, joining, joining],
      ended(user) {
        while (user === 0 && queue.statistics().unfinished > 0) queue.taskDone();
      },
      check: () => assert(left.every((unfinished) => unfinished === 0)),
    };
  },
);

holds(
  "Broadcast gives every item to all subscribers or to none, whoever is cancelled and when",
  traffic,
  (style, { bound, producers, consumers }) => {
    const { define, on } = style;
    const channel = broadcast<number>();
    const seen: number[][] = consumers.map(() => []);
    const put: number[] = [];
    let item = 0;
    let producing = producers.length;
    const produce = producers.map((items) =>
      define(function* () {
        for (const before of items) {
          yield* pause(style, before);
          const mine = item++;
          yield* on(channel.put(mine));
          put.push(mine);
        }
      })
    );
    const subscriptions = consumers.map(() => channel.subscribe(bound));
    const consume = consumers.map((after, who) =>
      define(function* () {
        yield* on(forEach(
          subscriptions[who]!,
          define(function* (item) {
            seen[who]!.push(item);
            yield* pause(style, after);
          }),
        ));
      })
    );
    return {
      users: [...produce, ...consume],
      ended(user) {
        if (user >= producers.length) subscriptions[user - producers.length]!.close();
        else if (--producing === 0) channel.shutdown();
      },
      check(cancelled) {
        for (const [who, items] of seen.entries()) {
          const seesAll = !cancelled(producers.length + who);
          assertEquals(items, seesAll ? put : put.slice(0, items.length));
        }
        assertEquals(channel.statistics().full, 0);
      },
    };
  },
);
