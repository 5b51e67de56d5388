/** Poolifier's FixedClusterPool over a ClusterWorker. What is sent travels as JSON. */

import { FixedClusterPool } from "poolifier";
import { fileURLToPath } from "node:url";
import { type Pool, poolWorks } from "./works.ts";

function open(workers: number): Pool {
  const script = fileURLToPath(new URL("./poolifier_processes_worker.ts", import.meta.url));
  const pool = new FixedClusterPool<unknown, unknown>(workers, script);
  return {
    run: (name, value) => pool.execute(value, name),
    end: () => pool.destroy(),
  };
}

export const {
  roundTrip,
  errorRoundTrip,
  smallJobs,
  computationsInOne,
  computationsInTwo,
  coldStart,
  startWorkers,
} = poolWorks(open);
