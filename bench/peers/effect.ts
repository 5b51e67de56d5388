/**
 * The work with Effect, as its documentation writes it: a generator under `Effect.gen`, run once by
 * `runPromise`; children by `Effect.fnUntraced`, which it recommends for hot paths.
 */

import { Deferred, Effect, Exit, Fiber, Queue, Scheduler, Semaphore } from "effect";

const FRAMES = 1000;
const UNBOUNDED = { concurrency: "unbounded" } as const;

/** One fiber gives way n times. */
export function switching(n: number): Promise<number> {
  return Effect.runPromise(turnsOf(n));
}

/** n times: fork a child, join it. */
export function spawning(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) {
      const child = yield* Effect.forkChild(one());
      total += yield* Fiber.join(child);
    }
    return total;
  }));
}

/** Two fibers, n rounds: each completes the deferred that the other waits for. */
export function pingPong(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const table: Table = {
      ping: yield* Deferred.make<number>(),
      pong: yield* Deferred.make<number>(),
    };
    const other = yield* Effect.forkChild(echo(table, n));
    let total = 0;
    for (let i = 0; i < n; i++) {
      yield* Deferred.succeed(table.ping, 1);
      total += yield* Deferred.await(table.pong);
      table.pong = yield* Deferred.make<number>();
    }
    yield* Fiber.join(other);
    return total;
  }));
}

/** Ten thousand children at a time that give way once, n in all, and their results. */
export function gather10k(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    let total = 0;
    for (let rounds = n / 10_000; rounds > 0; rounds--) {
      const children = Array.from({ length: 10_000 }, () => turnsOf(1));
      for (const result of yield* Effect.all(children, UNBOUNDED)) total += result;
    }
    return total;
  }));
}

/** n children that give way once, taken from a queue in the order in which they finish. */
export function asCompletedTasks(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const finished = yield* Queue.unbounded<number>();
    for (let i = 0; i < n; i++) {
      yield* Effect.forkChild(Effect.flatMap(turnsOf(1), (value) => Queue.offer(finished, value)));
    }
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* Queue.take(finished);
    return total;
  }));
}

/** The innermost of a thousand generators gives way n times. */
export function deepResume(n: number): Promise<number> {
  return Effect.runPromise(frame(FRAMES - 1, n));
}

/** The same with what it recommends where an error is to name its callers. */
export function deepResumeTraced(n: number): Promise<number> {
  return Effect.runPromise(tracedFrame(FRAMES - 1, n));
}

/** n fibers sleep for 1 to 10 ms. */
export function parked(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const sleepers = Array.from({ length: n }, (_, i) => sleeper(1 + i % 10));
    let woken = 0;
    for (const one of yield* Effect.all(sleepers, UNBOUNDED)) woken += one;
    return woken;
  }));
}

/** Resolves when n fibers have begun to sleep for an hour. */
export function parkForAnHour(n: number): Promise<void> {
  return Effect.runPromise(Effect.gen(function* () {
    for (let i = 0; i < n; i++) yield* Effect.forkDetach(sleeper(3_600_000));
    yield* Effect.yieldNow;
  }));
}

/** n items from one producer to one consumer through a queue of ten. */
export function queue10(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const queue = yield* Queue.bounded<number>(10);
    yield* Effect.forkChild(Effect.gen(function* () {
      for (let i = 0; i < n; i++) yield* Queue.offer(queue, 1);
    }));
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* Queue.take(queue);
    return total;
  }));
}

/** n fibers want one of ten permits, and hold it across one turn. */
export function semaphore(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const permits = yield* Semaphore.make(10);
    const contenders = Array.from({ length: n }, () => permits.withPermits(1)(turnsOf(1)));
    let total = 0;
    for (const one of yield* Effect.all(contenders, UNBOUNDED)) total += one;
    return total;
  }));
}

/** Two fibers hand one semaphore of one permit to and fro, n times in all. */
export function lockHandOff(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const lock = yield* Semaphore.make(1);
    const guarded = { count: 0 };
    const critical = Effect.gen(function* () {
      const seen = guarded.count;
      yield* Effect.yieldNow;
      guarded.count = seen + 1;
    });
    const locker = Effect.gen(function* () {
      for (let i = 0; i < n / 2; i++) yield* lock.withPermits(1)(critical);
    });
    yield* Effect.all([locker, locker], UNBOUNDED);
    return guarded.count;
  }));
}

/** n fibers wait with a finalizer; all are interrupted, and awaited. Counts the finalizers. */
export function cancelStorm(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const cleaned = { count: 0 };
    const fibers: Fiber.Fiber<never>[] = new Array(n);
    for (let i = 0; i < n; i++) fibers[i] = yield* Effect.forkChild(guarded(cleaned));
    yield* Effect.yieldNow;
    yield* Fiber.interruptAll(fibers);
    const exits = yield* Fiber.awaitAll(fibers);
    return exits.every(Exit.hasInterrupts) ? cleaned.count : NaN;
  }));
}

/** n children at once: the last one fails, the others are interrupted and awaited. */
export function groupFailure(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    const cleaned = { count: 0 };
    const children = Array.from({ length: n - 1 }, () => guarded(cleaned));
    const exit = yield* Effect.exit(Effect.all([...children, failing()], UNBOUNDED));
    return Exit.isFailure(exit) ? cleaned.count + 1 : NaN;
  }));
}

/** n times: an effect that is done at once, under a timeout. */
export function timeoutReady(n: number): Promise<number> {
  return Effect.runPromise(Effect.gen(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* Effect.timeout(one(), "1 minute");
    return total;
  }));
}

/** n callbacks, ten thousand at a time, by the scheduler that its fibers run on. */
export async function callSoon(n: number): Promise<number> {
  const dispatcher = new Scheduler.MixedScheduler().makeDispatcher();
  let called = 0;
  const count = () => {
    called++;
  };
  for (let i = 0; i < n; i += 10_000) {
    for (let j = 0; j < 10_000; j++) dispatcher.scheduleTask(count, 0);
    await new Promise<void>((resolve) => dispatcher.scheduleTask(resolve, 0));
  }
  return called;
}

interface Table {
  ping: Deferred.Deferred<number>;
  pong: Deferred.Deferred<number>;
}

// deno-lint-ignore require-yield -- the shortest body there is
const one = Effect.fnUntraced(function* () {
  return 1;
});

const turnsOf = Effect.fnUntraced(function* (n: number) {
  for (let i = 0; i < n; i++) yield* Effect.yieldNow;
  return n;
});

const sleeper = Effect.fnUntraced(function* (ms: number) {
  yield* Effect.sleep(ms);
  return 1;
});

const echo = Effect.fnUntraced(function* (table: Table, n: number) {
  for (let i = 0; i < n; i++) {
    const value = yield* Deferred.await(table.ping);
    table.ping = yield* Deferred.make<number>();
    yield* Deferred.succeed(table.pong, value);
  }
});

const frame: (below: number, n: number) => Effect.Effect<number> = Effect.fnUntraced(
  function* (below: number, n: number) {
    return below > 0 ? yield* frame(below - 1, n) : yield* turnsOf(n);
  },
);

const tracedFrame: (below: number, n: number) => Effect.Effect<number> = Effect.fn("frame")(
  function* (below: number, n: number) {
    return below > 0 ? yield* tracedFrame(below - 1, n) : yield* turnsOf(n);
  },
);

function guarded(cleaned: { count: number }): Effect.Effect<never> {
  return Effect.never.pipe(Effect.ensuring(Effect.sync(() => cleaned.count++)));
}

const failing = Effect.fnUntraced(function* () {
  yield* Effect.yieldNow;
  return yield* Effect.fail("The last child fails");
});
