/** What workerpool's workers run. */

import workerpool from "workerpool";
import * as jobs from "./jobs.ts";

workerpool.worker({
  ...jobs,
  echoMoved: (buffer: ArrayBuffer) => new workerpool.Transfer(buffer, [buffer]),
});
