/** What comlink's workers run. */

import * as comlink from "comlink";
import * as jobs from "./jobs.ts";

const methods = {
  ...jobs,
  echoMoved: (buffer: ArrayBuffer) => comlink.transfer(buffer, [buffer]),
};

export type Methods = typeof methods;

comlink.expose(methods);
