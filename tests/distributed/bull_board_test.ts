// The dashboard that BullMQ's users know shows our jobs as it shows theirs.

import { assertEquals, assertMatch } from "@std/assert";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { createBullBoard } from "@bull-board/api";
import { Hono } from "hono";
import { HonoAdapter } from "@bull-board/hono";
import type { Queue } from "bullmq";
import { clusterTest, jobs } from "../support/cluster.ts";
import { serveStatic } from "hono/deno";

clusterTest(
  "Bull Board lists the queue and shows what went into jobs and came out",
  30_000,
  async (cluster) => {
    await cluster.worker();
    const executor = cluster.executor();
    await executor.submitWith({ key: "good" }, jobs.work, 7, 1);
    await Promise.allSettled([
      executor.submitWith({ key: "bad" }, jobs.refuse, "no cherries left"),
    ]);

    const board = boardOf(cluster.queue());
    const { queues: [listed] } = await board("queues?activeQueue=taskloop&status=latest");
    assertEquals(
      [listed.name, listed.counts.completed, listed.counts.failed, listed.jobs.length],
      ["taskloop", 1, 1, 2],
    );
    const [good, bad] = ["good", "bad"].map((key) => {
      return listed.jobs.find(({ id }: { id: string }) => id.endsWith(key));
    });
    assertEquals([good.name, good.data.args, good.returnValue], ["fault_jobs.work", [7, 1], 49]);
    assertEquals([bad.name, bad.isFailed], ["fault_jobs.refuse", true]);
    assertMatch(bad.failedReason, /^TypeError: no cherries left$/m);
    assertEquals((await board(`queues/taskloop/${good.id}`)).status, "completed");
  },
);

/** Asks a board, as its page does. */
// deno-lint-ignore no-explicit-any
function boardOf(queue: Queue): (path: string) => Promise<any> {
  const adapter = new HonoAdapter(serveStatic);
  createBullBoard({ queues: [new BullMQAdapter(queue)], serverAdapter: adapter });
  adapter.setBasePath("/board");
  const app = new Hono().route("/board", adapter.registerPlugin());
  return async (path) => await (await app.request(`/board/api/${path}`)).json();
}
