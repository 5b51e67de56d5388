/** Measures every way to have jobs done, round by round on one Redis. */

import { moduleJobs, run } from "../../mod.ts";
import { ClusterExecutor } from "../../src/distributed/mod.ts";
import { PlainQueue } from "./plain.ts";
import { Redis } from "ioredis";
import { RedisServer } from "../../tests/support/redis_server.ts";
import { WorkerProcess } from "../../tests/support/worker_process.ts";

/** A way to have jobs done, and what a job took in each round. */
export interface Measured {
  readonly way: string;
  readonly ms: number[];
  /** The time of Redis's one thread. */
  readonly redisUs: number[];
}

/** Takes numbers and gives those that came back. */
type Way = (ns: readonly number[]) => PromiseLike<readonly number[]>;

const ALONE = 100;
const JOBS = new URL("./jobs.ts", import.meta.url);
const PLAIN_WORKER = new URL("./plain_worker.ts", import.meta.url).pathname;

export async function measureInRounds(
  rounds: number,
  jobs: number,
  concurrency: number,
): Promise<Measured[]> {
  await using redis = await RedisServer.start();
  const shared = ["--concurrency", `${concurrency}`];
  await using _ours = await WorkerProcess.start(redis.url, [...shared, JOBS.pathname]);
  const plainArgs = [...shared, "--queue", "plain"];
  await using _plain = await WorkerProcess.start(redis.url, plainArgs, {}, PLAIN_WORKER);
  return await run(async () => {
    const plain = new PlainQueue(redis.url, "plain");
    await plain.ready();
    const info = new Redis(redis.url);
    await using executor = new ClusterExecutor({ connection: redis.url });
    try {
      return await measure(waysOf(plain, executor), rounds, jobs, () => cpuOf(info));
    } finally {
      await plain.close();
      info.disconnect();
    }
  });
}

function waysOf(plain: PlainQueue, executor: ClusterExecutor): Record<string, Way> {
  const { echo } = moduleJobs<typeof import("./jobs.ts")>(JOBS);
  return {
    "plain: addBulk, waitUntilFinished": (ns) => plain.addBulkAndWait(ns),
    "plain: add, waitUntilFinished": (ns) => Promise.all(ns.map((n) => plain.addAndWait(n))),
    "plain: addBulk, one listener": (ns) => plain.addBulkAndListen(ns),
    "ours: submit": (ns) => Promise.all(ns.map((n) => executor.submit(echo, n))),
    "ours: map": (ns) => Array.fromAsync(executor.map(echo, ns)),
    "plain: add, waitUntilFinished, one job": oneByOne((n) => plain.addAndWait(n)),
    "ours: submit, one job": oneByOne((n) => executor.submit(echo, n)),
  };
}

function oneByOne(submit: (n: number) => PromiseLike<number>): Way {
  return async (ns) => {
    const results: number[] = [];
    for (const n of ns.slice(0, ALONE)) results.push(await submit(n));
    return results;
  };
}

/** One round more than asked for: the first warms up. */
async function measure(
  ways: Record<string, Way>,
  rounds: number,
  jobs: number,
  redisCpu: () => Promise<number>,
): Promise<Measured[]> {
  const ns = Array.from({ length: jobs }, (_, n) => n);
  const measured = Object.keys(ways).map((way): Measured => ({ way, ms: [], redisUs: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { way, ms, redisUs } of round % 2 === 0 ? measured : measured.toReversed()) {
      const cpu = await redisCpu();
      const begin = performance.now();
      const results = await ways[way]!(ns);
      const elapsed = performance.now() - begin;
      if (results.some((result, n) => result !== n)) throw new Error(`${way} gave ${results}`);
      if (round === 0) continue;
      ms.push(elapsed / results.length);
      redisUs.push((await redisCpu() - cpu) / results.length);
    }
  }
  return measured;
}

/** What Redis's main thread has used so far, in microseconds. */
async function cpuOf(client: Redis): Promise<number> {
  const info = await client.info("cpu");
  const seconds = [...info.matchAll(/used_cpu_(?:user|sys)_main_thread:([\d.]+)/g)];
  return seconds.reduce((sum, [, value]) => sum + Number(value) * 1e6, 0);
}
