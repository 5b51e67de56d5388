// Deno's built-in OpenTelemetry, in processes of their own: it is switched on where a process starts.

import { assert, assertEquals } from "@std/assert";
import { boundCommand } from "../support/processes.ts";
import { clusterTest } from "../support/cluster.ts";
import { Collector } from "../support/collector.ts";

clusterTest(
  "A job's span on its worker is a child of its submission's",
  30_000,
  async (cluster) => {
    await using collector = new Collector();
    const worker = await cluster.worker([], cluster.redis.url, collector.env("worker"));
    const { success } = await boundCommand(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-check", new URL("traced_submitter.ts", import.meta.url).pathname],
        cluster.redis.url,
      ],
      env: collector.env("submitter"),
    }).output();
    assert(success);
    assertEquals(await worker.stop(), 0);

    const { spans } = collector;
    const order = spans.find(({ name }) => name === "order")!;
    const submission = spans.find(({ parentSpanId }) => parentSpanId === order.spanId);
    const job = spans.find(({ service, parentSpanId }) => {
      return service === "worker" && parentSpanId === submission?.spanId;
    });
    assertEquals(
      [submission, job].map((span) => [span?.service, span?.name, span?.traceId === order.traceId]),
      [["submitter", "send fault_jobs.work", true], ["worker", "process fault_jobs.work", true]],
    );
  },
);
