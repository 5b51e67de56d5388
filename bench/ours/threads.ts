/** Jobs on a ThreadPoolExecutor. */

import { executorWorks } from "./executors.ts";
import { ThreadPoolExecutor } from "../../mod.ts";

export const {
  roundTrip,
  errorRoundTrip,
  smallJobs,
  smallJobsMapped,
  computationsInOne,
  computationsInTwo,
  copy1MB,
  copy64MB,
  move1MB,
  move64MB,
  coldStart,
  startWorkers,
} = executorWorks((maxWorkers) => new ThreadPoolExecutor({ maxWorkers, idleMs: Infinity }));
