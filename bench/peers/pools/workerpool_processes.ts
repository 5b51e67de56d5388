/** Workerpool with `workerType: "process"`. What is sent travels as JSON. */

import workerpool from "workerpool";
import { fileURLToPath } from "node:url";
import { type Pool, poolWorks } from "./works.ts";

function open(workers: number): Pool {
  const script = fileURLToPath(new URL("./workerpool_worker.ts", import.meta.url));
  const pool = workerpool.pool(script, { maxWorkers: workers, workerType: "process" });
  return {
    run: (name, value) => Promise.resolve(pool.exec(name, [value])),
    end: () => Promise.resolve(pool.terminate()),
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
