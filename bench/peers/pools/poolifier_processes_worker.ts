/** What the processes of poolifier's cluster run. */

import { ClusterWorker, type TaskFunctions } from "poolifier";
import * as jobs from "./jobs.ts";

export default new ClusterWorker<unknown, unknown>({ ...jobs } as TaskFunctions<unknown, unknown>);
