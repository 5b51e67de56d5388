/**
 * Ten thousand jobs while twenty workers are killed, with the times that a cluster has by default; and how
 * long it takes until the job of a killed worker is started again.
 */
import type { Report } from "./report.ts";
import { Cluster, jobs, lines } from "../../tests/support/cluster.ts";
import { median } from "../budgets/statistics.ts";
import { run } from "../../mod.ts";
import { significant } from "../budgets/table.ts";
import { storm } from "../../tests/support/storm.ts";

const OPTIONS = { jobs: 10_000, kills: 20, hosts: 2, concurrency: 4, seed: 20 };
const RECOVERIES = 3;
/** Lock, interval of the check and a second, by default. */
const MUST_MS = 5000 + 2500 + 1000;

export async function killingStorm(): Promise<Report> {
  const stormed = await run(async () => {
    await using cluster = await Cluster.start({}, []);
    return await storm(cluster, OPTIONS);
  });
  const recoveries = await run(async () => {
    await using cluster = await Cluster.start({}, []);
    return await Array.fromAsync({ length: RECOVERIES }, (_, n) => recovery(cluster, n));
  });
  const { lost, wrong, misdelivered, restarts, kills, seconds } = stormed;
  const slowest = Math.max(...recoveries);
  const text = [
    `${OPTIONS.jobs} jobs, ${kills} workers killed: ${lost} lost, ${wrong} wrong, ` +
    `${misdelivered} not delivered once, ${restarts} started again (at most ` +
    `${kills * OPTIONS.concurrency}), ${seconds.toFixed(1)} s`,
    `recovery of a killed worker's job: ${significant(median(recoveries))} ms, at most ` +
    `${significant(slowest)} ms of ${RECOVERIES} (must be at most ${MUST_MS})`,
  ];
  return {
    text: text.join("\n"),
    figures: { ...OPTIONS, ...stormed, recoveries },
    isWithinBudget: lost + wrong + misdelivered === 0 && slowest <= MUST_MS,
  };
}

/** From the kill of a worker until another has started its job, in milliseconds. */
async function recovery(cluster: Cluster, n: number): Promise<number> {
  const [notes, gate] = [await cluster.notes(), `${cluster.folder}/gate${n}`];
  const executor = cluster.executor();
  await using victim = await cluster.worker();
  const job = executor.submit(jobs.untilThere, gate, notes);
  await lines(notes, 1);
  await using _other = await cluster.worker();
  const killed = performance.now();
  await victim.kill();
  await lines(notes, 2);
  const ms = performance.now() - killed;
  await Deno.writeTextFile(gate, "");
  await job;
  return ms;
}
