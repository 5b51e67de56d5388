/** Workerpool: a dedicated worker that registers its methods, `exec` by name, buffers in `transfer`. */

import workerpool from "workerpool";
import { fileURLToPath } from "node:url";
import { movingWorks, type Pool, poolWorks } from "./works.ts";

function open(workers: number): Required<Pool> {
  const script = fileURLToPath(new URL("./workerpool_worker.ts", import.meta.url));
  const pool = workerpool.pool(script, { maxWorkers: workers, workerType: "thread" });
  return {
    run: (name, value) => Promise.resolve(pool.exec(name, [value])),
    move: (buffer) => Promise.resolve(pool.exec("echoMoved", [buffer], { transfer: [buffer] })),
    end: () => Promise.resolve(pool.terminate()),
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
export const { move1MB, move64MB } = movingWorks(open);
