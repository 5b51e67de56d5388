// A worker that is none of ours, or one that lies: its results are errors of their jobs, and the
// submitter goes on.

import { assertEquals, assertInstanceOf } from "@std/assert";
import { type Cluster, clusterTest, jobs, reported } from "../support/cluster.ts";
import { errorOf } from "../support/every_executor.ts";
import { Worker } from "bullmq";

/** What is no value as we write it. */
const LIES: readonly unknown[] = [
  ...[{ $: 1 }, { $: [] }, { $: ["Map"] }, { $: ["Map", 1] }, { $: ["Map", [[1]]] }, {
    $: ["Set"],
  }],
  ...[{ $: ["again", 0] }, { $: ["again", -1] }, { $: ["again", "__proto__"] }, [{
    $: ["again", 9],
  }]],
  ...[{ $: ["bigint", "1n"] }, { $: ["bigint", 1] }, { $: ["number", "1"] }, { $: ["error"] }],
  ...[{ $: ["RegExp", "("] }, { $: ["RegExp", "a", "zz"] }, { $: ["boxed", {}] }, {
    $: ["eval", "1"],
  }],
  ...[{ $: ["array", -1, []] }, { $: ["array", 1, [[1, 1]]] }, { $: ["array", 2 ** 32, []] }],
  ...[{ $: ["Float64Array", "AAAA"] }, { $: ["constructor", ""] }, { $: ["__proto__", ""] }],
  { $: "__proto__" },
  nested(10_000),
];

/** What is no failure as we write it. */
const FAILURES: readonly string[] = [
  ...[
    "",
    "\n",
    "x\n{",
    "x\n[]",
    "x\nnull",
    'x\n{"type":1}',
    'x\n{"type":"__proto__","message":{}}',
  ],
  ...[
    'x\n{"errors":"no"}',
    'x\n{"cause":{"cause":{"cause":7}}}',
    `x\n${JSON.stringify(nested(600))}`,
  ],
  'x\n{"type":"TypeError","stack":{"$":["Map",[]]},"__proto__":{"polluted":1}}',
];

clusterTest(
  "ClusterExecutor.submit() takes a result that is none as an error of its job",
  30_000,
  async (cluster) => {
    await using _liar = liar(cluster, (n) => n < LIES.length ? LIES[n] : n);
    const executor = cluster.executor();
    const errors = LIES.map((_, n) => errorOf(executor.submit(jobs.work, n, 0)));
    for (const error of await Promise.all(errors)) assertInstanceOf(error, TypeError);
    assertEquals(await executor.submit(jobs.work, LIES.length, 0), LIES.length);
  },
);

clusterTest(
  "ClusterExecutor.submit() takes a failure that is none as an error of its job",
  30_000,
  async (cluster) => {
    await using _liar = liar(cluster, (n) => {
      throw new Error(FAILURES[n]);
    });
    const executor = cluster.executor();
    const errors = FAILURES.map((_, n) => errorOf(executor.submit(jobs.work, n, 0)));
    for (const error of await Promise.all(errors)) assertInstanceOf(error, Error);
    assertEquals("polluted" in {}, false);
  },
);

clusterTest(
  "ClusterExecutor.submit() hears of its results in spite of events that are none",
  30_000,
  async (cluster) => {
    await using _liar = liar(cluster, (n) => n);
    const [queue, client] = [cluster.queue(), cluster.client()];
    const reports = reported();
    const executor = cluster.executor();
    assertEquals(await executor.submit(jobs.work, 1, 0), 1);
    for (
      const fields of [
        ["event", "completed"],
        ["event", "completed", "jobId", "1", "returnvalue", "{"],
        ["event", "completed", "jobId", "__proto__", "returnvalue", "1"],
        ["event", "__proto__", "jobId", "1"],
        ["event", "progress", "jobId", "1", "data", "{"],
        ["event", "error", "jobId", "1"],
        ["nothing", ""],
      ]
    ) {
      await client.xadd(queue.toKey("events"), "*", ...fields);
      assertEquals(await executor.submit(jobs.work, 2, 0), 2);
    }
    assertEquals(
      new Set(reports),
      new Set([`Cannot read an event of queue "taskloop": it is skipped`]),
    );
  },
);

/** A worker that answers what it is told to. */
function liar(cluster: Cluster, answer: (n: number) => unknown): AsyncDisposable {
  const options = { connection: { port: cluster.redis.port }, concurrency: 10 };
  const worker = new Worker(
    "taskloop",
    (job) => Promise.resolve(answer(job.data.args[0])),
    options,
  );
  return { [Symbol.asyncDispose]: () => worker.close() };
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}
