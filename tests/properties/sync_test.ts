/** Lock, Semaphore, Condition, Event, Barrier and the line they wait in: no permit lost, nobody waits for ever. */
import { assert, assertEquals } from "@std/assert";
import {
  asyncWith,
  Barrier,
  BrokenBarrierError,
  CapacityLimiter,
  Condition,
  type CoroutineGenerator,
  Event,
  Lock,
  Semaphore,
  sleep,
  type Task,
} from "../../mod.ts";
import { WaitQueue } from "../../src/core/wait_queue.ts";
import { type Chaos, survives } from "./chaos.ts";

/** Starts `count` users of a primitive, of which two are cancelled; waits for the end of all. */
function* users(
  chaos: Chaos,
  count: number,
  use: (user: number) => CoroutineGenerator<unknown>,
): CoroutineGenerator<readonly Task<unknown>[]> {
  const all = Array.from({ length: count }, (_, i) => chaos.start(() => use(i), `user ${i}`));
  chaos.cancelOne(all);
  chaos.cancelOne(all);
  yield* chaos.allEnd(all);
  for (const one of all) if (!one.cancelled()) one.result();
  return all;
}

survives(
  "Lock lets in one at a time, in the order of coming, and is free at the end",
  function* (chaos) {
    const lock = new Lock();
    let inside = 0;
    const came: number[] = [];
    const entered: number[] = [];
    const all = yield* users(chaos, 5, function* (user) {
      yield* chaos.pause(2);
      came.push(user);
      yield* chaos.on(asyncWith(
        lock,
        chaos.define(function* () {
          entered.push(user);
          assertEquals(++inside, 1);
          try {
            yield* chaos.pause(2);
          } finally {
            inside--;
          }
        }),
      ));
    });
    assertEquals(entered, came.filter((user) => entered.includes(user)));
    all.forEach((one, user) => assert(one.cancelled() || entered.includes(user)));
    assertEquals(lock.statistics(), { locked: false, tasksWaiting: 0 });
  },
);

survives(
  "Semaphore never grants more than its permits, and has all of them at the end",
  function* (chaos) {
    const permits = 1 + chaos.below(2);
    const semaphore = new Semaphore(permits);
    let held = 0;
    yield* users(chaos, 6, function* () {
      yield* chaos.pause(2);
      yield* chaos.on(semaphore.acquire());
      try {
        assert(++held <= permits);
        yield* chaos.pause(2);
      } finally {
        held--;
        semaphore.release();
      }
    });
    assertEquals(semaphore.statistics(), { value: permits, tasksWaiting: 0 });
    assertEquals(semaphore.locked(), false);
  },
);

survives(
  "CapacityLimiter lends no more than it has, whatever it is resized to meanwhile",
  function* (chaos) {
    const limiter = new CapacityLimiter(2);
    const resizer = chaos.start(function* () {
      for (const total of [1 + chaos.below(3), chaos.below(2), 2]) {
        yield* chaos.pause(4);
        limiter.totalTokens = total;
      }
    });
    let held = 0;
    yield* users(chaos, 6, function* () {
      yield* chaos.pause(2);
      yield* chaos.on(limiter.acquire());
      try {
        assertEquals(limiter.borrowedTokens, ++held);
        assert(held <= 3);
        yield* chaos.pause(2);
      } finally {
        held--;
        limiter.release();
      }
    });
    yield* chaos.allEnd([resizer]);
    assertEquals(limiter.statistics(), {
      borrowedTokens: 0,
      totalTokens: 2,
      borrowers: [],
      tasksWaiting: 0,
    });
    assertEquals(limiter.availableTokens, 2);
  },
);

survives(
  "Condition.wait() holds the lock when it returns, and loses no notification",
  function* (chaos) {
    const condition = new Condition();
    let [items, taken] = [0, 0];
    const withLock = (body: () => CoroutineGenerator<void>) =>
      asyncWith(condition, chaos.define(body));
    const consumer = (i: number) =>
      chaos.start(function* () {
        yield* chaos.on(withLock(function* () {
          try {
            while (items === 0) yield* chaos.on(condition.wait());
            items--;
            taken++;
          } finally {
            assert(condition.locked()); // also after a cancel
          }
        }));
      }, `consumer ${i}`);
    const produce = () =>
      withLock(function* () {
        items++;
        condition.notify(); // one for one item
        if (chaos.onceIn(2)) yield* chaos.on(sleep(0));
      });
    const consumers = [0, 1, 2, 3].map(consumer);
    chaos.cancelOne(consumers);
    // One less than there are consumers: after a cancel nobody may wait in vain.
    for (let i = 0; i < 3; i++) {
      yield* chaos.pause(2);
      yield* chaos.on(produce());
    }
    yield* chaos.on(sleep(100));
    if (condition.statistics().tasksWaiting > 0) {
      assertEquals(items, 0);
      yield* chaos.on(produce());
    }
    yield* chaos.allEnd(consumers);
    for (const one of consumers) if (!one.cancelled()) one.result();
    assertEquals(condition.statistics().lockStatistics, { locked: false, tasksWaiting: 0 });
    assert(items + taken >= 3);
  },
);

survives("Condition.waitFor() goes on only when its predicate holds", function* (chaos) {
  const condition = new Condition();
  let level = 0;
  const waiters = [1, 2, 3].map((wanted) =>
    chaos.start(function* () {
      yield* chaos.on(asyncWith(
        condition,
        chaos.define(function* () {
          yield* chaos.on(condition.waitFor(() => level >= wanted));
          assert(level >= wanted && condition.locked());
        }),
      ));
    }, `waits for ${wanted}`)
  );
  chaos.cancelOne(waiters);
  for (; level < 3;) {
    yield* chaos.pause(2);
    yield* chaos.on(condition.acquire());
    level++;
    condition.notifyAll();
    condition.release();
  }
  yield* chaos.allEnd(waiters);
  for (const one of waiters) if (!one.cancelled()) one.result();
  assertEquals(condition.statistics().lockStatistics, { locked: false, tasksWaiting: 0 });
});

survives("WaitQueue.park() passes a wake-up on when its receiver is cancelled", function* (chaos) {
  const line = new WaitQueue(() => "in line");
  let wentOn = 0;
  const all = [0, 1, 2, 3].map((i) =>
    chaos.start(function* () {
      yield* chaos.on(line.park());
      wentOn++;
    }, `parked ${i}`)
  );
  chaos.cancelOne(all);
  while (line.size < (chaos.hit ? 3 : 4)) yield* chaos.on(sleep(0));
  for (let i = 0; i < 3; i++) {
    line.wakeOne();
    yield* chaos.pause(3);
  }
  yield* chaos.on(sleep(100));
  // Four came, one may have gone: three wake-ups find three of them.
  assertEquals(wentOn, 3);
  line.wakeAll();
  yield* chaos.allEnd(all);
  assertEquals([wentOn, line.size, line.clear], [chaos.hit ? 3 : 4, 0, true]);
});

survives("Event.wait() returns for everybody who was not cancelled", function* (chaos) {
  const event = new Event();
  const waiters = [1, 2, 3].map(() =>
    chaos.start(function* () {
      yield* chaos.pause(3);
      yield* chaos.on(event.wait());
    })
  );
  chaos.cancelOne(waiters);
  yield* chaos.pause(6);
  event.set();
  yield* chaos.allEnd(waiters);
  const cancelled = waiters.filter((one) => one.cancelled()).length;
  assertEquals(cancelled, chaos.hit ? 1 : 0);
});

survives(
  "Barrier.wait() lets go on as many as it takes, or tells that it is broken",
  function* (chaos) {
    const barrier = new Barrier(3);
    const indices: number[] = [];
    let broken = 0;
    const visitors = Array.from({ length: 6 }, (_, i) =>
      chaos.start(function* () {
        yield* chaos.pause(2);
        const index = yield* chaos.outcome(barrier.wait());
        if (typeof index === "number") indices.push(index);
        else if (index instanceof BrokenBarrierError) broken++;
        else throw index;
      }, `visitor ${i}`));
    chaos.cancelOne(visitors);
    const breaker = chaos.start(function* () {
      // Without it those of a round that a cancel has left incomplete would wait for ever.
      yield* chaos.on(sleep(100));
      yield* chaos.on(barrier.abort());
    }, "breaker");
    yield* chaos.allEnd([...visitors, breaker]);
    for (const one of [...visitors, breaker]) if (!one.cancelled()) one.result();
    const cancelled = visitors.filter((one) => one.cancelled()).length;
    assertEquals(indices.length + broken + cancelled, 6);
    if (cancelled === 0) assertEquals(indices.toSorted(), [0, 0, 1, 1, 2, 2]);
    assertEquals([barrier.broken, barrier.nWaiting], [true, 0]);
  },
);
