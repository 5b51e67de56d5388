// A worker in a program of its own: what it starts with, and what its jobs may do.

import { assertEquals, assertRejects } from "@std/assert";
import { ClusterExecutor, ClusterWorker, type LogRecord } from "../../src/distributed/mod.ts";
import { Redis } from "ioredis";
import { moduleJobs, RuntimeError } from "../../mod.ts";
import { RedisServer, redisTest } from "../support/redis_server.ts";

redisTest(
  "ClusterWorker runs jobs in processes that may read their module and nothing else",
  async () => {
    await using redis = await RedisServer.start();
    const module = `${redis.folder}/readers.ts`;
    await Deno.writeTextFile(
      module,
      `export const read = (file: string) => Deno.readTextFileSync(file).length > 0;`,
    );
    const connection = redis.url;
    await using worker = new ClusterWorker({
      connection,
      modules: { readers: `file://${module}` },
      kind: "processes",
      pool: { maxWorkers: 1, permissions: { read: [module] } },
    });
    await worker.start();
    await using executor = new ClusterExecutor({ connection });
    const { read } = moduleJobs<{ read(file: string): boolean }>(`file://${module}`);
    const refused = executor.submit(read, new URL(import.meta.url).pathname);
    await assertRejects(async () => await refused, Error, "read access");
    assertEquals(await executor.submit(read, module), true);
  },
);

redisTest("ClusterWorker.start() fails as its module does, and starts once", async () => {
  await using redis = await RedisServer.start();
  const modules = [new URL("./no_such_module.ts", import.meta.url)];
  await using worker = new ClusterWorker({ connection: redis.url, modules });
  await assertRejects(() => worker.start(), TypeError, "no_such_module");
  await assertRejects(() => worker.start(), RuntimeError);
  assertEquals([worker.isHealthy, worker.stats().state], [false, "stopped"]);
});

redisTest("ClusterWorker.stop() ends a start that is under way", async () => {
  await using redis = await RedisServer.start();
  const modules = [new URL("./jobs.ts", import.meta.url)];
  const worker = new ClusterWorker({ connection: redis.url, modules });
  const starting = worker.start();
  await worker.stop();
  await assertRejects(() => starting);
  assertEquals(worker.stats().state, "stopped");
});

redisTest("ClusterWorker stays healthy when a job in the queue is none", async () => {
  await using redis = await RedisServer.start();
  const logged = Promise.withResolvers<LogRecord>();
  const log = (record: LogRecord) => void (record.level === "warn" && logged.resolve(record));
  const modules = [new URL("./jobs.ts", import.meta.url)];
  await using worker = new ClusterWorker({ connection: redis.url, modules, log });
  await worker.start();
  const client = new Redis(redis.url);
  await client.hset("bull:taskloop:broken", { name: "jobs.square", data: "{no json", opts: "{}" });
  await client.lpush("bull:taskloop:wait", "broken");
  await client.zadd("bull:taskloop:marker", 0, "0");
  assertEquals([(await logged.promise).event, worker.isHealthy], ["warning", true]);
  client.disconnect();
});

redisTest("ClusterWorker.start() warns of a Redis that may drop jobs", async () => {
  await using redis = await RedisServer.start({ args: ["--maxmemory-policy", "allkeys-lru"] });
  const logged: LogRecord[] = [];
  const modules = [new URL("./jobs.ts", import.meta.url)];
  const log = (record: LogRecord) => void logged.push(record);
  await using worker = new ClusterWorker({ connection: redis.url, modules, log });
  await worker.start();
  const warnings = logged.filter(({ level }) => level === "warn");
  assertEquals(warnings.map(({ text }) => /allkeys-lru/.test(String(text))), [true]);
});
