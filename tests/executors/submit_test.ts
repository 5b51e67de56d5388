import { assertEquals } from "@std/assert";
import { everyExecutor } from "../support/every_executor.ts";
import * as asyncio from "../../mod.ts";
import { gather, moduleJobs, reportProgress, transfer } from "../../mod.ts";

const jobs = moduleJobs<typeof import("./jobs.ts")>(new URL("./jobs.ts", import.meta.url));

everyExecutor("submit() runs functions of every kind", async (executor) => {
  const object = {
    method(n: number) {
      return n + 3;
    },
  };
  const results = await gather([
    executor.submit((n: number) => n + 1, 1),
    executor.submit(function (n: number) {
      return n + 2;
    }, 1),
    executor.submit(object.method, 1),
    executor.submit(async (n: number) => {
      await Promise.resolve();
      return n + 4;
    }, 1),
    executor.submit(jobs.triple, 2),
  ]);
  assertEquals(results, [2, 3, 4, 5, 6]);
});

everyExecutor("submit() has the whole library inside of a job", async (executor) => {
  const inSource = executor.submit(() => asyncio.run(() => asyncio.sleep(1, "slept")));
  assertEquals(await inSource, "slept");
  assertEquals(await executor.submit(jobs.sleepers, 3), 3);
});

everyExecutor("submit() starts a job once, without a key", async (executor) => {
  const info = await executor.submit(() => asyncio.jobInfo());
  assertEquals(info, { key: null, attempt: 1 });
});

everyExecutor("submit() copies what it is given and what it gives back", async (executor) => {
  const list = [1];
  const grow = (list: number[]) => {
    list.push(2);
    return list;
  };
  const grown = await executor.submit(grow, list);
  assertEquals([list, grown], [[1], [1, 2]]);
});

everyExecutor("submit() gives each job a copy of its own", async (executor) => {
  const shared = { count: 0 };
  const increase = (state: { count: number }) => ++state.count;
  for (let round = 0; round < 5; round++) {
    const jobs = Array.from({ length: 8 }, () => executor.submit(increase, shared));
    assertEquals(await Promise.all(jobs), Array(8).fill(1));
  }
});

everyExecutor("submit() carries data of every kind that can be copied", async (executor) => {
  const data = {
    map: new Map([[{ key: 1 }, new Set([1n])]]),
    date: new Date(0),
    bytes: new Uint16Array([1, 2]),
    pattern: /x/g,
    sparse: [, 1],
    numbers: [-0, NaN, Infinity],
    nothing: [undefined, null],
  };
  assertEquals(await executor.submit((data: unknown) => data, data), data);
  assertEquals(await executor.submit(() => undefined), undefined);
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const back = await executor.submit((cycle: unknown) => cycle, cycle) as typeof cycle;
  assertEquals(back.self === back, true);
});

everyExecutor("submit() moves what transfer() marks, there and back", async (executor) => {
  const bytes = new Uint8Array([1, 2, 3]);
  const double = (bytes: Uint8Array) => {
    const doubled = bytes.map((byte) => byte * 2);
    return transfer(doubled, [doubled.buffer]);
  };
  const doubled = await executor.submit(double, transfer(bytes, [bytes.buffer]));
  assertEquals([bytes.length, [...doubled]], [0, [2, 4, 6]]);
});

everyExecutor(
  "submitWith() hands reports of progress on in order, before the result",
  async (executor) => {
    const events: unknown[] = [];
    const onProgress = (value: unknown) => void events.push(value);
    const result = await executor.submitWith({ onProgress }, () => {
      for (let i = 0; i < 3; i++) reportProgress({ percent: i * 50 });
      return "done";
    });
    assertEquals([...events, result], [{ percent: 0 }, { percent: 50 }, { percent: 100 }, "done"]);
  },
);

everyExecutor("submit() keeps the order of jobs on one worker", async (executor) => {
  const results = await gather(
    Array.from({ length: 500 }, (_, i) => executor.submit((i: number) => `job ${i}`, i)),
  );
  assertEquals(results, Array.from({ length: 500 }, (_, i) => `job ${i}`));
});

everyExecutor("submit() gives a future that asCompleted() and wait() take", async (executor) => {
  const futures = [1, 2, 3].map((n) => executor.submit((n: number) => n * n, n));
  const { done, pending } = await asyncio.wait(futures);
  assertEquals([done.size, pending.size], [3, 0]);
  const squares: number[] = [];
  for await (const next of asyncio.asCompleted(futures)) {
    // TypeScript may take what `for await` gives for the future's result, though it is the future.
    squares.push((next as unknown as asyncio.Future<number>).result());
  }
  assertEquals(squares.toSorted(), [1, 4, 9]);
});
