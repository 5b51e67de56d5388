/** Many jobs on hosts whose workers are killed at random, and what became of the jobs. */

import { type Cluster, Deliveries, jobs } from "./cluster.ts";
import { Random } from "../../src/testing/random.ts";

export interface StormOptions {
  readonly jobs: number;
  readonly kills: number;
  readonly hosts: number;
  /** Jobs that a worker has at once. */
  readonly concurrency: number;
  readonly seed: number;
}

export interface StormReport {
  /** Jobs that failed. */
  readonly lost: number;
  /** Jobs that gave what they should not have. */
  readonly wrong: number;
  /** Futures that were settled more or less often than once. */
  readonly misdelivered: number;
  /** How often a job was started again. */
  readonly restarts: number;
  readonly kills: number;
  readonly seconds: number;
}

/** The kills are spread over the work: one each time that a share of the jobs is done. */
export async function storm(cluster: Cluster, options: StormOptions): Promise<StormReport> {
  const notes = await cluster.notes();
  const random = new Random(options.seed);
  const hosts = Array.from(
    { length: options.hosts },
    () => cluster.host(["--concurrency", `${options.concurrency}`]),
  );
  const deliveries = new Deliveries();
  const executor = cluster.executor();
  const begin = performance.now();
  const futures = Array.from({ length: options.jobs }, (_, n) => {
    // Hundredths of a second, most of them: some are under way at any moment.
    return deliveries.watch(executor.submit(jobs.work, n, random.below(20), notes));
  });
  let kills = 0;
  while (kills < options.kills) {
    await deliveries.reach(Math.floor(options.jobs * (kills + 1) / (options.kills + 1)));
    const up = hosts.filter(({ worker }) => worker !== null);
    const victim = up[random.below(up.length)];
    if (victim === undefined) continue;
    await victim.worker?.kill();
    kills++;
  }
  const outcomes = await Promise.allSettled(futures);
  await deliveries.reach(options.jobs);
  const seconds = (performance.now() - begin) / 1000;
  const isRight = (outcome: PromiseSettledResult<number>, n: number): boolean =>
    outcome.status === "rejected" || outcome.value === n * n;
  const starts = (await Deno.readTextFile(notes)).split("\n").length - 1;
  return {
    lost: outcomes.filter(({ status }) => status === "rejected").length,
    wrong: outcomes.filter((outcome, n) => !isRight(outcome, n)).length,
    misdelivered: deliveries.wrong,
    restarts: starts - options.jobs,
    kills,
    seconds,
  };
}
