/** Comlink: `wrap` around each worker; it has no pool, so jobs go to the workers in turn. */

import * as comlink from "comlink";
import type { Methods } from "./comlink_worker.ts";
import { movingWorks, type Pool, poolWorks } from "./works.ts";

function open(count: number): Required<Pool> {
  const url = new URL("./comlink_worker.ts", import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(url, { type: "module" }));
  const wrapped = workers.map((worker) => comlink.wrap<Methods>(worker));
  let calls = 0;
  const next = (): comlink.Remote<Methods> => wrapped[calls++ % count]!;
  return {
    run: (job, value) => next()[job](value as never),
    move: (buffer) => next().echoMoved(comlink.transfer(buffer, [buffer])),
    end() {
      for (const worker of workers) worker.terminate();
    },
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
