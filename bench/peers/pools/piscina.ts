/** Piscina: `new Piscina({ filename })`, jobs by the names of a module's exports, buffers in `move`. */

import { move, Piscina } from "piscina";
import { movingWorks, type Pool, poolWorks } from "./works.ts";

function open(workers: number): Required<Pool> {
  const pool = new Piscina({
    filename: new URL("./piscina_jobs.ts", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
  });
  return {
    run: (name, value) => pool.run(value, { name }),
    move: (buffer) => pool.run(move(buffer), { name: "echoMoved" }),
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
