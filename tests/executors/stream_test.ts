import { assert, assertEquals, assertInstanceOf, assertLess, assertThrows } from "@std/assert";
import { errorOf, everyExecutor, SHARING_MEMORY } from "../support/every_executor.ts";
import { CancelledError, createTask, RuntimeError, sleep } from "../../mod.ts";

function* countTo(n: number) {
  for (let i = 1; i <= n; i++) yield i;
}

async function* countSlowlyTo(n: number) {
  for (let i = 1; i <= n; i++) {
    await Promise.resolve();
    yield i;
  }
}

/** Counts what it has produced where the consumer can see it. */
function* endless(produced: Int32Array) {
  try {
    for (;;) yield ++produced[0]!;
  } finally {
    produced[1] = 1;
  }
}

function shared(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

everyExecutor("stream() gives each value as it was when it was yielded", async (executor) => {
  const counts: number[] = [];
  const count = function* () {
    for (const state = { count: 0 }; state.count < 5; state.count++) yield state;
  };
  for await (const state of executor.stream(count)) counts.push(state.count);
  assertEquals(counts, [0, 1, 2, 3, 4]);
});

everyExecutor("stream() gives the values of a generator", async (executor) => {
  const expected = Array.from({ length: 100 }, (_, i) => i + 1);
  assertEquals(await Array.fromAsync(executor.stream(countTo, 100)), expected);
  assertEquals(await Array.fromAsync(executor.stream(countSlowlyTo, 100)), expected);
  assertEquals(await Array.fromAsync(executor.stream(() => [1, 2])), [1, 2]);
  assertEquals(await Array.fromAsync(executor.stream(countTo, 0)), []);
});

everyExecutor("stream() keeps the producer from running far ahead", async (executor) => {
  const produced = shared();
  const values = executor.stream(endless, produced);
  for (let i = 1; i <= 50; i++) {
    assertEquals((await values.next()).value, i);
    assertLess(Atomics.load(produced, 0), i + 25);
  }
  await values.return!();
}, SHARING_MEMORY);

everyExecutor("stream() ends the producer when the loop is left", async (executor) => {
  const produced = shared();
  for await (const value of executor.stream(endless, produced)) if (value === 3) break;
  while (Atomics.load(produced, 1) === 0) await sleep(1); // its finally runs on the worker
  assertEquals(await executor.submit(() => "next"), "next");
}, SHARING_MEMORY);

everyExecutor("stream() ends the producer when the consumer is cancelled", async (executor) => {
  const silent = async function* () {
    await new Promise(() => {});
    yield 1;
  };
  const consumer = createTask(async () => {
    for await (const _ of executor.stream(silent));
  });
  await sleep(10); // the job begins on the host's time
  consumer.cancel();
  await errorOf(consumer);
  while (executor.stats().running! > 0) await sleep(1); // its worker has its grace
  assertEquals(await executor.submit(() => "next"), "next");
});

everyExecutor(
  "stream() throws the producer's error after the values before it",
  async (executor) => {
    const values = executor.stream(function* () {
      yield 1;
      throw new RangeError("dry");
    });
    assertEquals((await values.next()).value, 1);
    assertInstanceOf(await errorOf(values.next()), RangeError);
    assertEquals((await values.next()).done, true);
  },
);

everyExecutor("stream() refuses what it cannot do", async (executor) => {
  const outside = 1;
  assertThrows(() =>
    executor.stream(function* () {
      yield outside;
    }), TypeError);
  const number = executor.stream((() => 5) as unknown as () => number[]);
  assertInstanceOf(await errorOf(number.next()), TypeError);
  const socket = executor.stream(function* () {
    yield { socket: () => 0 };
  });
  const error = await errorOf(socket.next());
  assert(error.message.includes("value.socket"));

  const once = executor.stream(countTo, 1);
  for await (const _ of once);
  assertThrows(() => once[Symbol.asyncIterator](), RuntimeError);
  const asked = executor.stream(countTo, 2);
  const [first, second] = [asked.next(), asked.next()];
  assertInstanceOf(await errorOf(second), RuntimeError);
  assertEquals((await first).value, 1);
  await asked.return!();
});

everyExecutor(
  "shutdown() with cancelFutures ends a stream that nobody consumes any more",
  async (executor) => {
    const values = executor.stream(function* () {
      for (let i = 1;; i++) yield i;
    });
    assertEquals((await values.next()).value, 1);
    await executor.shutdown({ cancelFutures: true });
    assertEquals(executor.stats().workers, 0);
  },
);

const naturals = function* () {
  for (let n = 0;; n++) yield n;
};

everyExecutor("shutdown() waits for a stream until its consumer has left", async (executor) => {
  const events: unknown[] = [];
  const stream = executor.stream(naturals);
  events.push((await stream.next()).value);
  const over = executor.shutdown().then(() => events.push("over"));
  for (let n = 1; n <= 40; n++) events.push((await stream.next()).value); // more than was sent ahead
  await stream.return!();
  await over;
  assertEquals(events, [...Array(41).keys(), "over"]);
  assertEquals(await stream.next(), { done: true, value: undefined });
});

everyExecutor(
  "shutdown() fails who waits for a value of a stream, when asked to",
  async (executor) => {
    const stream = executor.stream(async function* () {
      yield 0;
      await new Promise(() => {});
    });
    assertEquals(await stream.next(), { done: false, value: 0 });
    const waiting = errorOf(stream.next());
    await executor.shutdown({ cancelFutures: true });
    assertInstanceOf(await waiting, CancelledError);
  },
);
