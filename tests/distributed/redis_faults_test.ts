// Redis goes away in the middle of the work, and comes back.

import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { BrokenExecutor } from "../../mod.ts";
import type { ClusterExecutor } from "../../src/distributed/mod.ts";
import { clusterTest, Deliveries, jobs, reported } from "../support/cluster.ts";
import { errorOf } from "../support/every_executor.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { within } from "../support/within.ts";

const JOBS = 200;
const DOWN_MS = 500;

clusterTest(
  "ClusterExecutor.submit() loses nothing when Redis is killed and restarted over its file",
  40_000,
  async (cluster) => {
    await cluster.worker();
    await outlives(cluster.executor(), async () => {
      await cluster.redis.kill();
      await pause();
      await cluster.redis.restart();
    });
  },
  { appendOnly: true },
);

clusterTest(
  "ClusterExecutor.submit() loses nothing when the submitter's connection is cut and restored",
  40_000,
  async (cluster) => {
    await using proxy = new TcpProxy(() => cluster.redis.port);
    await cluster.worker();
    await outlives(cluster.executor({ connection: urlOf(proxy) }), () => interrupt(proxy));
  },
);

clusterTest(
  "ClusterExecutor.submit() loses nothing when the worker's connection is cut and restored",
  40_000,
  async (cluster) => {
    await using proxy = new TcpProxy(() => cluster.redis.port);
    await cluster.worker([], urlOf(proxy));
    await outlives(cluster.executor(), () => interrupt(proxy));
  },
);

clusterTest(
  "ClusterExecutor.submit() fails jobs that a restarted Redis has forgotten, and goes on",
  40_000,
  async (cluster) => {
    reported(); // that Redis is away
    const executor = cluster.executor({ reconcileMs: 200 });
    const futures = [1, 2, 3].map((n) => executor.submit(jobs.work, n, 1));
    await within(() => executor.stats().queued === 0);
    await cluster.redis.kill();
    await cluster.redis.restart();
    for (const future of futures) assertInstanceOf(await errorOf(future), BrokenExecutor);
    await cluster.worker();
    assertEquals(await executor.submit(jobs.work, 4, 1), 16);
  },
);

/** Has jobs done before, during and after a fault: each has to be settled once, and rightly. */
async function outlives(
  executor: ClusterExecutor,
  fault: () => Promise<void>,
): Promise<void> {
  const deliveries = new Deliveries();
  reported(); // that Redis is away
  const submit = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => {
      return deliveries.watch(executor.submit(jobs.work, from + i, 5));
    });
  const half = JOBS / 2;
  const futures = submit(0, half);
  await deliveries.reach(half / 4);
  const faulty = fault();
  futures.push(...submit(half, JOBS)); // while it is away
  await faulty;
  assert(deliveries.settled < JOBS, "all was over before the fault");
  assertEquals(await Promise.all(futures), Array.from({ length: JOBS }, (_, n) => n * n));
  await deliveries.reach(JOBS);
  assertEquals(deliveries.wrong, 0);
}

async function interrupt(proxy: TcpProxy): Promise<void> {
  await proxy.cut();
  await pause();
  proxy.restore();
}

/** The time without, long enough for a few attempts to connect again. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, DOWN_MS));
}

function urlOf(proxy: TcpProxy): string {
  return `redis://127.0.0.1:${proxy.port}`;
}
