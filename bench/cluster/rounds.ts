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

/** What is compared: many jobs at once, with the body in BullMQ's thread, on others, and ours. */
export const MANY = {
  inline: "plain, inline: addBulk, waitUntilFinished",
  threads: "plain, threads: addBulk, waitUntilFinished",
  ours: "ours: submit",
};

/** The same, one job after the other. */
export const ONE = {
  inline: "one job: plain, inline",
  threads: "one job: plain, threads",
  ours: "one job: ours",
};

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
  await using _inline = await plainWorker(redis.url, ["--queue", "inline", ...shared]);
  const threads = `${navigator.hardwareConcurrency}`; // as many as ours has
  const threaded = ["--queue", "threads", "--threads", threads, ...shared];
  await using _threads = await plainWorker(redis.url, threaded);
  return await run(async () => {
    await using inline = await PlainQueue.open(redis.url, "inline");
    await using threads = await PlainQueue.open(redis.url, "threads");
    const info = new Redis(redis.url);
    await using executor = new ClusterExecutor({ connection: redis.url });
    try {
      const ways = waysOf(inline, threads, executor);
      return await measure(ways, rounds, jobs, () => cpuOf(info));
    } finally {
      info.disconnect();
    }
  });
}

function plainWorker(url: string, args: string[]): Promise<WorkerProcess> {
  return WorkerProcess.start(url, args, {}, PLAIN_WORKER);
}

function waysOf(
  inline: PlainQueue,
  threads: PlainQueue,
  executor: ClusterExecutor,
): Record<string, Way> {
  const { echo } = moduleJobs<typeof import("./jobs.ts")>(JOBS);
  return {
    [MANY.inline]: (ns) => inline.addBulkAndWait(ns),
    "plain, inline: add, waitUntilFinished": (ns) => {
      return Promise.all(ns.map((n) => inline.addAndWait(n)));
    },
    "plain, inline: addBulk, one listener": (ns) => inline.addBulkAndListen(ns),
    [MANY.threads]: (ns) => threads.addBulkAndWait(ns),
    [MANY.ours]: (ns) => Promise.all(ns.map((n) => executor.submit(echo, n))),
    "ours: map": (ns) => Array.fromAsync(executor.map(echo, ns)),
    [ONE.inline]: oneByOne((n) => inline.addAndWait(n)),
    [ONE.threads]: oneByOne((n) => threads.addAndWait(n)),
    [ONE.ours]: oneByOne((n) => executor.submit(echo, n)),
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
