// Cancelling, in every place where a job can be: on its way, in the queue, running.

import { assertEquals, assertRejects } from "@std/assert";
import { CancelledError, TimeoutError } from "../../mod.ts";
import { isRunning, jobs, localClusterTest, queueOf, starts } from "../support/local_cluster.ts";
import { within } from "../support/within.ts";

localClusterTest(
  "ClusterExecutor future.cancel() stops a job before it is sent",
  async (cluster) => {
    const file = await Deno.makeTempFile();
    const future = cluster.executor.submit(jobs.append, file, "ran");
    future.cancel();
    await assertRejects(async () => await future, CancelledError);
    assertEquals(await cluster.executor.submit(jobs.square, 2), 4); // behind it in the queue
    assertEquals(await Deno.readTextFile(file), "");
  },
);

localClusterTest(
  "ClusterExecutor future.cancel() takes a waiting job out of the queue",
  async (cluster) => {
    const file = await Deno.makeTempFile();
    const [running] = await starts((onProgress) =>
      cluster.executor.submitWith({ onProgress }, jobs.spinUntilCancelled)
    );
    const waiting = cluster.executor.submitWith({ key: "waiting" }, jobs.append, file, "ran");
    await using queue = queueOf(cluster);
    await within(async () => await queue.getWaitingCount() === 1);
    waiting.cancel();
    await within(async () => await queue.getWaitingCount() === 0);
    running.cancel();
    await cluster.executor.submit(jobs.square, 2);
    assertEquals([waiting.cancelled(), await Deno.readTextFile(file)], [true, ""]);
  },
  { worker: { concurrency: 1 } },
);

localClusterTest(
  "ClusterExecutor future.cancel() reaches a job that runs",
  async ({ executor }) => {
    const endedFile = await Deno.makeTempFile();
    for (const spin of [true, false]) {
      const [future] = await starts((onProgress) =>
        spin
          ? executor.submitWith({ onProgress }, jobs.spinUntilCancelled)
          : executor.submitWith({ onProgress }, jobs.untilCancelled, endedFile)
      );
      future.cancel();
      await assertRejects(async () => await future, CancelledError);
    }
    await within(async () => await Deno.readTextFile(endedFile) === "stopped");
  },
);

localClusterTest("ClusterExecutor.submitWith() cancels by a signal", async ({ executor }) => {
  const controller = new AbortController();
  const { signal } = controller;
  const [running] = await starts((onProgress) =>
    executor.submitWith({ signal, onProgress }, jobs.spinUntilCancelled)
  );
  controller.abort();
  assertEquals(running.cancelled(), true);
  assertEquals(executor.submitWith({ signal }, jobs.square, 1).cancelled(), true);
});

localClusterTest(
  "ClusterExecutor.submitWith() fails when the time is up, and stops the job",
  async (cluster) => {
    const { executor, worker } = cluster;
    const timeoutMs = 100;
    const future = executor.submitWith({ timeoutMs }, jobs.spinUntilCancelled);
    await assertRejects(async () => await future, TimeoutError);
    await within(() => !isRunning(worker));
  },
);

localClusterTest(
  "ClusterExecutor.submitWith() has its worker end what nobody waits for",
  async (cluster) => {
    const { executor, worker } = cluster;
    // Submitted by somebody who has gone: no timer is left but the worker's.
    await using queue = queueOf(cluster);
    const data = { v: 1, module: "jobs", export: "spinUntilCancelled", kind: "call", args: [] };
    const orphan = await queue.add("jobs.spinUntilCancelled", {
      ...data,
      recoveries: 0,
      timeoutMs: 50,
    });
    await within(() => orphan.isFailed());
    await within(() => !isRunning(worker));
    assertEquals(await executor.submit(jobs.square, 2), 4);
  },
);

localClusterTest(
  "ClusterExecutor.shutdown() cancels what has not started and waits for the rest",
  async (cluster) => {
    const { executor } = cluster;
    const controller = new AbortController();
    const { signal } = controller;
    const [running] = await starts((onProgress) =>
      executor.submitWith({ signal, onProgress }, jobs.spinUntilCancelled)
    );
    const waiting = [1, 2].map((n) => executor.submit(jobs.square, n));
    await using queue = queueOf(cluster);
    await within(async () => await queue.getWaitingCount() === 2);
    const shutdown = executor.shutdown({ cancelFutures: true });
    await within(() => waiting.every((future) => future.cancelled()));
    assertEquals(running.done(), false);
    controller.abort();
    await shutdown;
  },
  { worker: { concurrency: 1 } },
);
