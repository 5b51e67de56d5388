// The worker command as a shell or a service manager sees it: arguments, signals, exit codes, its port.

import { assertEquals, assertThrows } from "@std/assert";
import { ClusterExecutor } from "../../src/distributed/mod.ts";
import { jobs, JOBS_URL, starts } from "../support/local_cluster.ts";
import { within } from "../support/within.ts";
import { readArgs, UsageError } from "../../src/distributed/worker_args.ts";
import { RedisServer, redisTest } from "../support/redis_server.ts";
import { WorkerProcess } from "../support/worker_process.ts";

const MODULE = JOBS_URL.pathname;
const URL_OF_REDIS = "redis://localhost";

Deno.test("readArgs() takes modules by their base names or by given ones", () => {
  const command = readArgs(
    ["./a/jobs.ts", "more=./b/jobs.ts", "https://x.org/c.ts?d=e"],
    "redis://r",
  );
  const { modules } = command!.worker;
  assertEquals(Object.keys(modules), ["jobs", "more", "c"]);
  assertEquals(command!.worker.connection, "redis://r");
});

Deno.test("readArgs() takes what is asked for", () => {
  const args = ["--redis", URL_OF_REDIS, "--processes", "3", "--concurrency=7", "--grace", "5"];
  const command = readArgs(
    [...args, "--port", "0", "--queue", "q", "--verbose", MODULE],
    undefined,
  );
  assertEquals(command, {
    worker: {
      connection: URL_OF_REDIS,
      modules: { jobs: JOBS_URL.href },
      kind: "processes",
      queue: "q",
      pool: { maxWorkers: 3 },
      concurrency: 7,
      graceMs: 5,
    },
    serve: { hostname: "127.0.0.1", port: 0 },
    verbose: true,
  });
});

Deno.test("readArgs() refuses arguments that make no sense", () => {
  const wrong = [
    [],
    ["--redis", URL_OF_REDIS],
    ["--bogus", MODULE],
    ["--threads", "two", MODULE],
    ["--threads", "1", "--processes", "1", MODULE],
    [MODULE, "./elsewhere/jobs.ts"],
    ["a b=./jobs.ts/"],
  ];
  for (const args of wrong) assertThrows(() => readArgs(args, URL_OF_REDIS), UsageError);
  assertThrows(() => readArgs([MODULE], undefined), UsageError);
  assertEquals(readArgs(["--help"], undefined), null);
});

redisTest(
  "worker command ends with 2 for arguments and with 1 for modules that it cannot use",
  async () => {
    await using redis = await RedisServer.start();
    const codes: number[] = [];
    for (const args of [["--bogus"], ["./no_such_module.ts"]]) {
      await using worker = WorkerProcess.spawn(redis.url, args);
      codes.push(await worker.ended());
    }
    assertEquals(codes, [2, 1]);
  },
);

redisTest("worker command finishes its jobs after SIGTERM, and takes no more", async () => {
  await using redis = await RedisServer.start();
  await using worker = await WorkerProcess.start(redis.url, ["--threads", "1", MODULE]);
  const executor = new ClusterExecutor({ connection: redis.url });
  const goOn = await Deno.makeTempFile();
  const [running] = await starts((onProgress) =>
    executor.submitWith({ onProgress }, jobs.untilFileHolds, goOn, "go on")
  );
  const stopped = worker.stop();
  await within(() => worker.log.some(({ event }) => event === "stopping"));
  const waiting = executor.submit(jobs.square, 2);
  await Deno.writeTextFile(goOn, "go on");
  assertEquals([await running, await stopped, waiting.done()], ["went on", 0, false]);
  assertEquals(worker.log.at(-1)!.event, "stopped");
  await executor.shutdown({ cancelFutures: true });
});

redisTest("worker command hands back what outlasts its grace, and another does it", async () => {
  await using redis = await RedisServer.start();
  await using worker = await WorkerProcess.start(redis.url, ["--grace", "50", MODULE]);
  const executor = new ClusterExecutor({ connection: redis.url });
  const goOn = await Deno.makeTempFile();
  const [running] = await starts((onProgress) =>
    executor.submitWith({ onProgress, recoveries: 0 }, jobs.untilFileHolds, goOn, "go on")
  );
  assertEquals(await worker.stop(), 0);
  await Deno.writeTextFile(goOn, "go on");
  await using _other = await WorkerProcess.start(redis.url, [MODULE]);
  assertEquals(await running, "went on");
  await executor.shutdown();
});

redisTest("worker command ends at once when it is interrupted a second time", async () => {
  await using redis = await RedisServer.start();
  await using worker = await WorkerProcess.start(redis.url, [MODULE]);
  const executor = new ClusterExecutor({ connection: redis.url });
  const [running] = await starts((onProgress) =>
    executor.submitWith({ onProgress }, jobs.untilFileHolds, MODULE, "never")
  );
  const stopped = worker.stop();
  await within(() => worker.log.some(({ event }) => event === "stopping"));
  await worker.stop();
  assertEquals(await stopped, 143);
  running.cancel();
  await executor.shutdown();
});

redisTest("worker command serves its health and its numbers", async () => {
  await using redis = await RedisServer.start();
  await using worker = await WorkerProcess.start(redis.url, ["--port", "0", MODULE]);
  const { url } = worker.log.find(({ event }) => event === "serving") as { url?: string };
  const health = async () => {
    const response = await fetch(`${url}/health`);
    return [response.status, await response.json()];
  };
  assertEquals(await health(), [200, { status: "ok" }]);
  const stats = await (await fetch(`${url}/stats`)).json();
  assertEquals([stats.state, stats.running, stats.done], ["running", 0, 0]);
  const refused = await fetch(url!, { method: "POST" });
  await refused.body?.cancel();
  assertEquals(refused.status, 405);
  await redis.kill();
  await within(async () => (await health())[0] === 503);
});
