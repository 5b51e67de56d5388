/** Jobs on a ProcessPoolExecutor. */

import { executorWorks } from "./executors.ts";
import { ProcessPoolExecutor } from "../../mod.ts";

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
} = executorWorks((maxWorkers) => new ProcessPoolExecutor({ maxWorkers, idleMs: Infinity }));
