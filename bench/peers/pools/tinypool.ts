/** Tinypool: `new Tinypool({ filename })`, jobs by the names of a module's exports, buffers in `move`. */

import { Tinypool } from "tinypool";
import { movingWorks, type Pool, poolWorks } from "./works.ts";

function open(workers: number): Required<Pool> {
  const pool = new Tinypool({
    filename: new URL("./tinypool_jobs.ts", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    // With it a worker under Deno 2.9 loses the job that was posted before it was up: `port.start()` takes the
    // message for the worker's event loop, and the worker goes to sleep in `Atomics.wait` instead.
    useAtomics: false,
  });
  return {
    run: (name, value) => pool.run(value, { name }),
    move: (buffer) => pool.run(Tinypool.move(buffer), { name: "echoMoved" }),
    end: () => pool.destroy(),
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
