/**
 * Programs with a bug that the usual order does not show, and that `explore` has to find within a second.
 */
import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import {
  CancelledError,
  createTask,
  ExplorationError,
  explore,
  Future,
  gather,
  run,
  RuntimeError,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { once, type Programs } from "../support/both_styles.ts";

const print = () => {};

/** `blame` looks at how the exploration failed. */
function found(bug: string, programs: Programs, blame: (cause: unknown) => void): void {
  for (const style of ["generator", "async"] as const) {
    Deno.test(`explore() finds ${bug} within a second (${style})`, async () => {
      const main = programs[style](print);
      await run(main, { clock: new VirtualClock() }); // the usual order does not show it
      const start = performance.now();
      const failure = await assertRejects(() => explore(main), ExplorationError);
      assertLess(performance.now() - start, 1000);
      blame(failure.cause);
      const again = { seed: failure.seed, runs: 1 };
      const replayed = await assertRejects(() => explore(main, again), ExplorationError);
      blame(replayed.cause);
    });
  }
}

class Wrong extends Error {}

found(
  "a read and a write with an await in between",
  once(({ define, on }) =>
    define(function* () {
      let balance = 0;
      const deposit = define(function* (stepsBefore: number) {
        for (let i = 0; i < stepsBefore; i++) yield* on(sleep(0));
        const before = balance;
        yield* on(sleep(0));
        balance = before + 1;
      });
      yield* on(gather([createTask(() => deposit(0)), createTask(() => deposit(3))]));
      if (balance !== 2) throw new Wrong();
    })
  ),
  (cause) => assert(cause instanceof Wrong),
);

found(
  "a lost wake-up",
  once(({ define, on }) =>
    define(function* () {
      let isSet = false;
      const waiters: Future<void>[] = [];
      const wait = define(function* () {
        if (isSet) return;
        yield* on(sleep(0)); // between the look and the wait
        const waiter = new Future<void>();
        waiters.push(waiter);
        yield* on(waiter);
      });
      const set = define(function* () {
        for (let i = 0; i < 3; i++) yield* on(sleep(0));
        isSet = true;
        for (const waiter of waiters) waiter.setResult();
      });
      yield* on(gather([createTask(wait, { name: "waiter" }), createTask(set)]));
    })
  ),
  (cause) => {
    assert(cause instanceof RuntimeError);
    assertEquals(cause.message.split("\n").slice(1), [
      "  main waits for gather(2)",
      "  └─ waiter waits for a future",
    ]);
  },
);

/** Hands an item over to whoever waits, and forgets that the receiver may be cancelled before it runs. */
class DroppingQueue<T> {
  readonly items: T[] = [];
  readonly #getters: Future<T>[] = [];

  put(item: T): void {
    const getter = this.#getters.shift();
    if (getter === undefined || getter.done()) this.items.push(item);
    else getter.setResult(item);
  }

  get(): Future<T> {
    const getter = new Future<T>();
    if (this.items.length > 0) getter.setResult(this.items.shift()!);
    else this.#getters.push(getter);
    return getter;
  }
}

found(
  "a queue that drops an item when its receiver is cancelled",
  once(({ define, on }) =>
    define(function* () {
      const queue = new DroppingQueue<number>();
      const received: number[] = [];
      const consume = define(function* () {
        for (;;) received.push(yield* on(queue.get()));
      });
      const consumer = createTask(consume);
      const produce = define(function* () {
        for (let i = 0; i < 3; i++) {
          yield* on(sleep(10));
          queue.put(i);
        }
      });
      const producer = createTask(produce);
      yield* on(sleep(20)); // at the time of the second item, and in the usual order before it
      consumer.cancel();
      yield* on(gather([consumer, producer], { returnExceptions: true }));
      if (received.length + queue.items.length !== 3) throw new Wrong();
    })
  ),
  (cause) => assert(cause instanceof Wrong),
);

found(
  "an error that is thrown to nobody",
  once(({ define, on }) =>
    define(function* () {
      const worker = createTask(define(function* () {
        try {
          for (let i = 0; i < 3; i++) yield* on(sleep(0));
        } catch (error) {
          if (error instanceof CancelledError) throw new Wrong("in the clean-up");
        }
      }));
      for (let i = 0; i < 4; i++) yield* on(sleep(0));
      worker.cancel();
    })
  ),
  (cause) => assert(cause instanceof RuntimeError && cause.cause instanceof Wrong),
);
