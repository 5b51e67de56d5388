// traced_submitter.ts URL: a program with a span of its own, in which it has a job done.

import { run } from "../../mod.ts";
import { ClusterExecutor } from "../../src/distributed/mod.ts";
import { jobs } from "../support/cluster.ts";

const tracer = Deno.telemetry.tracerProvider.getTracer("shop");
await run(async () => {
  await using executor = new ClusterExecutor({ connection: Deno.args[0]! });
  await tracer.startActiveSpan("order", async (span: { end(): void }) => {
    await executor.submit(jobs.work, 7, 1);
    span.end();
  });
});
