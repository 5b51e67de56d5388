// Several attempts, several submissions: retries, priorities, delays, keys.

import { assertEquals, assertRejects } from "@std/assert";
import { ClusterExecutor } from "../../src/distributed/mod.ts";
import { jobs, localClusterTest, queueOf, starts } from "../support/local_cluster.ts";
import { within } from "../support/within.ts";
import { LookupError, RuntimeError } from "../../mod.ts";

localClusterTest(
  "ClusterExecutor.submitWith() tries again after an error",
  async ({ executor, worker }) => {
    const file = await Deno.makeTempFile();
    await Deno.writeTextFile(file, "0");
    const backoff = { type: "fixed", delayMs: 1 } as const;
    const result = await executor.submitWith({ attempts: 3, backoff }, jobs.failTimes, 2, file);
    // Its worker hears of it last.
    await within(() => worker.stats().done === 1);
    assertEquals([result, worker.stats().failed], [3, 2]);
  },
);

localClusterTest(
  "ClusterExecutor.submitWith() gives the last error when attempts are used up",
  async (cluster) => {
    const file = await Deno.makeTempFile();
    await Deno.writeTextFile(file, "0");
    const options = { attempts: 2, backoff: { type: "exponential", delayMs: 1 } } as const;
    const future = cluster.executor.submitWith(options, jobs.failTimes, 9, file);
    await assertRejects(async () => await future, Error, "attempt 2");
  },
);

localClusterTest(
  "jobInfo() tells a job of a cluster its key and its attempt",
  async ({ executor }) => {
    const backoff = { type: "fixed", delayMs: 1 } as const;
    const options = { attempts: 2, backoff };
    const keyed = await executor.submitWith({ ...options, key: "a/b:c" }, jobs.failOnce);
    const other = await executor.submitWith(options, jobs.failOnce);
    assertEquals([keyed, other], [{ key: "a/b:c", attempt: 2 }, { key: null, attempt: 2 }]);
  },
);

localClusterTest(
  "ClusterExecutor.submitWith() does not try again what cannot be run",
  async (cluster) => {
    const { missing } = jobs as unknown as Record<string, typeof jobs.square>;
    const future = cluster.executor.submitWith({ attempts: 5 }, missing!, 1);
    await assertRejects(async () => await future, TypeError);
    await within(() => cluster.worker.stats().failed > 0); // it hears of it last
    assertEquals(cluster.worker.stats().failed, 1);
  },
);

localClusterTest("ClusterExecutor.submitWith() runs jobs by priority", async (cluster) => {
  const { executor } = cluster;
  const file = await Deno.makeTempFile();
  const [first] = await starts((onProgress) =>
    executor.submitWith({ onProgress }, jobs.spinUntilCancelled)
  );
  const append = (priority: number) =>
    executor.submitWith({ priority }, jobs.append, file, String(priority));
  const futures = [3, 1, 2].map(append);
  await using queue = queueOf(cluster);
  await within(async () => await queue.getPrioritizedCount() === 3);
  first.cancel();
  for (const future of futures) await future;
  assertEquals(await Deno.readTextFile(file), "1\n2\n3\n");
}, { worker: { concurrency: 1 } });

localClusterTest("ClusterExecutor.submitWith() starts a delayed job later", async (cluster) => {
  const { executor } = cluster;
  await using queue = queueOf(cluster);
  const future = executor.submitWith({ delayMs: 60_000, key: "later" }, jobs.square, 3);
  await within(async () => await queue.getDelayedCount() === 1);
  assertEquals(await executor.submit(jobs.square, 2), 4); // overtakes it
  assertEquals(future.done(), false);
  await (await queue.getJob("key-later"))!.promote(); // as if the time were over
  assertEquals(await future, 9);
});

localClusterTest("ClusterExecutor.submitWith() runs a job once for a key", async (cluster) => {
  const { executor, redis } = cluster;
  const file = await Deno.makeTempFile();
  const key = "order 7/ü:1";
  const append = (by: ClusterExecutor) => by.submitWith({ key }, jobs.append, file, "ran");
  await Promise.all([append(executor), append(executor)]);
  await append(executor);
  const other = new ClusterExecutor({ connection: redis.url });
  await append(other);
  await other.attach(key);
  await other.shutdown();
  assertEquals(await Deno.readTextFile(file), "ran\n");
});

localClusterTest(
  "ClusterExecutor.submitWith() refuses a key that belongs to another job",
  async (cluster) => {
    const { executor } = cluster;
    const key = "mine";
    await executor.submitWith({ key }, jobs.square, 2);
    const other = executor.submitWith({ key }, jobs.echo, 2);
    await assertRejects(async () => await other, RuntimeError);
    assertEquals(await executor.submitWith({ key }, jobs.square, 3), 4);
  },
);

localClusterTest(
  "ClusterExecutor.attach() waits for a job of another, and fails as it does",
  async (cluster) => {
    const { executor, redis } = cluster;
    const other = new ClusterExecutor({ connection: redis.url });
    const [running] = await starts((onProgress) =>
      other.submitWith({ key: "running", onProgress }, jobs.spinUntilCancelled)
    );
    const attached = executor.attach<never>("running");
    await assertRejects(async () => await executor.attach("none"), LookupError);
    assertEquals(attached.done(), false);
    running.cancel();
    await assertRejects(async () => await attached, Error, "cancelled");
    await assertRejects(async () => await other.submitWith({ key: "sold" }, jobs.sell, "pears"));
    await assertRejects(async () => await executor.attach("sold"), Error, "no pears");
    await other.shutdown();
  },
);
