import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { errorOf, everyExecutor } from "../support/every_executor.ts";
import {
  BrokenExecutor,
  createTask,
  forEach,
  getRunningLoop,
  RuntimeError,
  sleep,
  TimeoutError,
} from "../../mod.ts";

const square = (n: number) => n * n;

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

everyExecutor("map() gives results in the order of the inputs", async (executor) => {
  const slowFirst = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  };
  assertEquals(await Array.fromAsync(executor.map(slowFirst, [30, 1, 15])), [30, 1, 15]);
});

for (const options of [{}, { chunksize: 7 }, { buffersize: 1 }, { chunksize: 50, buffersize: 3 }]) {
  everyExecutor(`map() gives all results with ${JSON.stringify(options)}`, async (executor) => {
    const results = await Array.fromAsync(executor.map(square, range(300), options));
    assertEquals(results, range(300).map(square));
  });
}

everyExecutor("map() sends whole chunks, also after its buffer was full once", async (executor) => {
  const options = { chunksize: 10, buffersize: 30 };
  await Array.fromAsync(executor.map(square, range(200), options));
  assertEquals(executor.stats().done, 20);
});

everyExecutor("map() takes no more inputs than its buffer holds", async (executor) => {
  let taken = 0;
  function* endless() {
    for (;;) yield taken++;
  }
  const results = executor.map(square, endless(), { buffersize: 4 });
  assertEquals(taken, 4);
  assertEquals(await results.next(), { done: false, value: 0 });
  assertEquals(taken, 5);
  await results.return!();
  assertEquals(await results.next(), { done: true, value: undefined });
  assertEquals(taken, 5);
});

everyExecutor(
  "map() takes asynchronous inputs, and hands out what is ready before they end",
  async (executor) => {
    const { promise: second, resolve: goOn } = Promise.withResolvers<void>();
    async function* slow() {
      yield 1;
      await second;
      yield 2;
    }
    const results: number[] = [];
    for await (const result of executor.map(square, slow())) {
      results.push(result);
      goOn();
    }
    assertEquals(results, [1, 4]);
  },
);

everyExecutor("map() goes on after an input that fails", async (executor) => {
  const picky = (n: number) => {
    if (n % 2 === 1) throw new RangeError(`${n} is odd`);
    return n;
  };
  const events: unknown[] = [];
  const results = executor.map(picky, range(4), { chunksize: 2 });
  for (;;) {
    try {
      const step = await results.next();
      if (step.done === true) break;
      events.push(step.value);
    } catch (error) {
      assertInstanceOf(error, RangeError);
      events.push(error.message);
    }
  }
  assertEquals(events, [0, "1 is odd", 2, "3 is odd"]);
});

everyExecutor("map() fails an input that cannot be sent alone", async (executor) => {
  const inputs: unknown[] = [1, () => 2, 3];
  const results = executor.map((n: unknown) => n, inputs, { chunksize: 3 });
  assertEquals((await results.next()).value, 1);
  assertEquals((await errorOf(results.next())).name, "DataCloneError");
  assertEquals((await results.next()).value, 3);
});

everyExecutor(
  "map() ends with the error of its inputs, after the results before it",
  async (executor) => {
    function* failing() {
      yield 1;
      throw new RangeError("no more");
    }
    const results = executor.map(square, failing());
    assertEquals((await results.next()).value, 1);
    assertInstanceOf(await errorOf(results.next()), RangeError);
    assertEquals((await results.next()).done, true);
  },
);

everyExecutor(
  "map() closes its inputs when it is left, and reports what fails in that",
  async (executor) => {
    const events: unknown[] = [];
    getRunningLoop().setExceptionHandler((_, { exception }) => events.push(exception));
    const failure = new RangeError("cannot close");
    const endless: IterableIterator<number> = {
      [Symbol.iterator]: () => endless,
      next: () => ({ done: false, value: 1 }),
      return() {
        events.push("closing");
        throw failure;
      },
    };
    for await (const _ of executor.map(square, endless)) break;
    assertEquals(events, ["closing", failure]);
  },
);

everyExecutor("map() fails with TimeoutError when the time is up", async (executor) => {
  const results = executor.map(() => new Promise(() => {}), [1, 2], { timeoutMs: 20 });
  assertInstanceOf(await errorOf(results.next()), TimeoutError);
  assertEquals((await results.next()).done, true);
});

everyExecutor(
  "map() gives up what is under way when its consumer is cancelled",
  async (executor) => {
    const waiting = createTask(async () => {
      for await (const _ of executor.map(() => new Promise(() => {}), range(10)));
    });
    await sleep(10); // jobs begin on the host's time
    waiting.cancel();
    await errorOf(waiting);
    while (executor.stats().running! > 0) await sleep(1); // each worker has its grace
    assertEquals(await executor.submit(() => "next"), "next");
  },
);

everyExecutor("map() serves a generator coroutine through forEach()", (executor) =>
  function* () {
    const results: number[] = [];
    yield* forEach(executor.map(square, [1, 2, 3]), (n) => void results.push(n));
    assertEquals(results, [1, 4, 9]);
  }());

everyExecutor(
  "map() refuses what makes no sense at the line that asks for it",
  async (executor) => {
    const outside = 1;
    assertThrows(() => executor.map((n: number) => n + outside, [1]), TypeError, "outside");
    assertThrows(() => executor.map(square, 5 as unknown as number[]), TypeError);
    assertThrows(() => executor.map(square, [], { chunksize: 0 }), RangeError);
    assertThrows(() => executor.map(square, [], { buffersize: NaN }), RangeError);
    const results = executor.map(square, [1]);
    for await (const _ of results);
    assertThrows(() => results[Symbol.asyncIterator](), RuntimeError);
    await executor.shutdown();
    assertThrows(() => executor.map(square, [1]), RuntimeError);
  },
);

everyExecutor("map() goes on after a chunk whose worker died", async (executor) => {
  const die = (n: number) => n === 3 ? Deno.exit(1) : n;
  const outcomes: unknown[] = [];
  const results = executor.map(die, [0, 1, 2, 3, 4, 5], { chunksize: 2 });
  for (let i = 0; i < 6; i++) {
    try {
      outcomes.push((await results.next()).value);
    } catch (error) {
      outcomes.push(error instanceof BrokenExecutor ? "lost" : error);
    }
  }
  assertEquals(outcomes, [0, 1, "lost", "lost", 4, 5]);
  assertEquals(await results.next(), { done: true, value: undefined });
}, ["ThreadPoolExecutor", "ProcessPoolExecutor"]);
