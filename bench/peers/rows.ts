/** All rows of the table, in its order. */

import { CANCEL } from "./rows/cancel.ts";
import { DOWNLOADS } from "./rows/downloads.ts";
import { PROCESSES } from "./rows/processes.ts";
import { PROCESS } from "./rows/process.ts";
import type { Row } from "./row.ts";
import { SCHEDULING } from "./rows/scheduling.ts";
import { SYNC } from "./rows/sync.ts";
import { THREADS } from "./rows/threads.ts";
import { TIMERS } from "./rows/timers.ts";

export const ROWS: readonly Row[] = [
  ...SCHEDULING,
  ...SYNC,
  ...CANCEL,
  ...TIMERS,
  ...THREADS,
  ...PROCESSES,
  ...DOWNLOADS,
  ...PROCESS,
];
