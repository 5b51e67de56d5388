/** Poolifier: a FixedThreadPool over a ThreadWorker with named functions. It moves no buffers back. */

import { FixedThreadPool } from "poolifier";
import { fileURLToPath } from "node:url";
import { type Pool, poolWorks } from "./works.ts";

function open(workers: number): Pool {
  const script = fileURLToPath(new URL("./poolifier_worker.ts", import.meta.url));
  const pool = new FixedThreadPool<unknown, unknown>(workers, script);
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
  copy1MB,
  copy64MB,
  coldStart,
  startWorkers,
} = poolWorks(open);
