// Who may reach Redis, and that nobody reads how in what we say.

import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { BrokenExecutor } from "../../mod.ts";
import { AUTHORITY } from "../support/redis_server.ts";
import { clusterTest, JOBS, jobs } from "../support/cluster.ts";
import { errorOf } from "../support/every_executor.ts";
import { WorkerProcess } from "../support/worker_process.ts";

const SECRET = "s3cret-p4ss";
const PROTECTED = { args: ["--requirepass", SECRET] };

clusterTest(
  "ClusterExecutor and its worker give Redis the password of their URL",
  30_000,
  async (cluster) => {
    const url = withPassword(cluster.redis.url, SECRET);
    const worker = await cluster.worker([], url);
    const byUrl = cluster.executor({ connection: url });
    const byOptions = cluster.executor({
      connection: { port: cluster.redis.port, password: SECRET },
    });
    assertEquals(await byUrl.submit(jobs.work, 3, 1), 9);
    assertEquals(await byOptions.submit(jobs.work, 4, 1), 16);
    assertEquals(await worker.stop(), 0);
    assertEquals(mentions(SECRET, worker.log, worker.complaints), false);
  },
  PROTECTED,
);

for (const [what, wrong] of [["a wrong", "wr0ng-p4ss"], ["no", ""]] as const) {
  clusterTest(
    `ClusterExecutor.submit() fails with ${what} password, and does not tell it`,
    30_000,
    async (cluster) => {
      const url = wrong === "" ? cluster.redis.url : withPassword(cluster.redis.url, wrong);
      const executor = cluster.executor({ connection: url });
      const error = await errorOf(executor.submit(jobs.work, 3, 1));
      assertInstanceOf(error, BrokenExecutor);
      if (wrong !== "") assertEquals(mentions(wrong, error), false);
    },
    PROTECTED,
  );

  clusterTest(
    `The worker command ends with ${what} password, and does not tell it`,
    30_000,
    async (cluster) => {
      const url = wrong === "" ? cluster.redis.url : withPassword(cluster.redis.url, wrong);
      const worker = WorkerProcess.spawn(url, [JOBS.pathname]);
      assertEquals(await worker.ended(), 1);
      const said = JSON.stringify(worker.log) + worker.complaints;
      assert(said.length > 0);
      if (wrong !== "") assertEquals(mentions(wrong, said), false);
    },
    PROTECTED,
  );
}

clusterTest(
  "ClusterExecutor and its worker speak TLS with whom they are told to trust",
  30_000,
  async (cluster) => {
    await cluster.worker([], cluster.redis.url, { DENO_CERT: AUTHORITY });
    const ca = await Deno.readTextFile(AUTHORITY);
    const executor = cluster.executor({
      connection: { host: "127.0.0.1", port: cluster.redis.port, tls: { ca } },
    });
    assertEquals(await executor.submit(jobs.work, 3, 1), 9);
  },
  { tls: true },
);

/** Whether a text is anywhere in what is shown of values: messages, stacks, causes, fields. */
function mentions(text: string, ...values: unknown[]): boolean {
  return values.some((value) => {
    return Deno.inspect(value, { depth: 20, showHidden: true }).includes(text);
  });
}

function withPassword(url: string, password: string): string {
  return url.replace("//", `//:${password}@`);
}
