// The same jobs as everywhere, through a real Redis to real threads and back.

import {
  asCompleted,
  createTask,
  gather,
  InlineExecutor,
  moduleJobs,
  RuntimeError,
  ThreadPoolExecutor,
  wait,
} from "../../mod.ts";
import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { jobs, localClusterTest } from "../support/local_cluster.ts";
import { errorOf } from "../support/every_executor.ts";
import { OutOfStock } from "./jobs.ts";

localClusterTest(
  "ClusterExecutor.submit() gives a future, for both styles",
  async ({ executor }) => {
    assertEquals(await executor.submit(jobs.square, 12), 144);
    const task = createTask(function* () {
      return (yield* executor.submit(jobs.square, 3)) + (yield* executor.submit(jobs.later, 2));
    });
    assertEquals(await task, 11);
  },
);

localClusterTest(
  "ClusterExecutor.submit() combines with all that waits for futures",
  async (cluster) => {
    const { executor } = cluster;
    const squares = (numbers: number[]) => numbers.map((n) => executor.submit(jobs.square, n));
    const completed: number[] = [];
    for await (const future of asCompleted(squares([1, 2, 3]))) completed.push(await future);
    const { done } = await wait(squares([4, 5]));
    assertEquals(await gather(squares([6, 7])), [36, 49]);
    assertEquals([completed.sort(), done.size], [[1, 4, 9], 2]);
  },
);

localClusterTest(
  "ClusterExecutor takes the place of other executors by one line",
  async (cluster) => {
    const outcomes: unknown[] = [];
    for (const executor of [new InlineExecutor(), new ThreadPoolExecutor(), cluster.executor]) {
      const error = await errorOf(executor.submit(jobs.sell, "apples"));
      const squares = await Array.fromAsync(executor.map(jobs.square, [1, 2, 3]));
      outcomes.push([squares, error.constructor.name, error.message]);
      await executor.shutdown();
    }
    const expected = [[1, 4, 9], "OutOfStock", "no apples"];
    assertEquals(outcomes, [expected, expected, expected]);
  },
);

localClusterTest(
  "ClusterExecutor.submit() fails with the job's error and both stacks",
  async (cluster) => {
    const error = await errorOf(cluster.executor.submit(jobs.sell, "apples"));
    assertInstanceOf(error, OutOfStock);
    const [worker, submitter] = error.stack!.split("--- submitted by ---");
    assertEquals(
      [error.what, worker!.includes("distributed/jobs.ts"), submitter!.includes("submit_test.ts")],
      ["apples", true, true],
    );
  },
);

localClusterTest(
  "ClusterExecutor.submit() tells progress in order, before the result",
  async (cluster) => {
    const events: unknown[] = [];
    const onProgress = (value: unknown) => events.push(value);
    events.push(await cluster.executor.submitWith({ onProgress }, jobs.report, 3));
    const step = (i: number) => ({ at: new Map([["i", i]]) });
    assertEquals(events, [step(0), step(1), step(2), "reported"]);
  },
);

localClusterTest(
  "ClusterExecutor.map() gives results in order and failures alone",
  async (cluster) => {
    const outcomes: unknown[] = [];
    const results = cluster.executor.map(jobs.refuseOdd, [0, 1, 2], { chunksize: 2 });
    for (let i = 0; i < 3; i++) {
      outcomes.push(await results.next().then(({ value }) => value, (error) => error.message));
    }
    outcomes.push((await results.next()).done);
    assertEquals(outcomes, [0, "1 is odd", 2, true]);
  },
);

localClusterTest(
  "ClusterExecutor.submit() runs what is exported and nothing else",
  async (cluster) => {
    const { executor } = cluster;
    const foreign = moduleJobs<typeof import("./jobs.ts")>(new URL("./others.ts", import.meta.url));
    const names = ["greeting", "missing", "constructor", "__proto__", "toString", "default"];
    const futures = [
      ...names.map((name) =>
        executor.submit((jobs as unknown as Record<string, typeof jobs.square>)[name]!, 1)
      ),
      executor.submit(foreign.square, 1),
    ];
    for (const future of futures) await assertRejects(async () => await future, TypeError);
    assertEquals(await executor.submit(jobs.square, 2), 4);
  },
);

localClusterTest(
  "ClusterExecutor.submit() fails with what cannot be sent back",
  async (cluster) => {
    const { executor } = cluster;
    await assertRejects(async () => await executor.submit(jobs.large, 2000), RangeError);
    await assertRejects(async () => await executor.submit(jobs.notData), DOMException);
  },
  { worker: { maxPayloadBytes: 1000 } },
);

localClusterTest(
  "ClusterExecutor.shutdown() waits for jobs and refuses more",
  async ({ executor }) => {
    const future = executor.submit(jobs.square, 2);
    await executor.shutdown();
    assertEquals([future.done(), future.result()], [true, 4]);
    assertThrows(() => executor.submit(jobs.square, 2), RuntimeError);
    assertEquals(executor.stats().done, 1);
  },
);
