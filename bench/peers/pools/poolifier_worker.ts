/** What poolifier's workers run. */

import { type TaskFunctions, ThreadWorker } from "poolifier";
import * as jobs from "./jobs.ts";

export default new ThreadWorker<unknown, unknown>({ ...jobs } as TaskFunctions<unknown, unknown>);
