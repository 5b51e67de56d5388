/** Tinypool with `runtime: "child_process"`. What is sent travels as JSON. */

import { Tinypool } from "tinypool";
import { type Pool, poolWorks } from "./works.ts";

function open(workers: number): Pool {
  const pool = new Tinypool({
    runtime: "child_process",
    filename: new URL("./jobs.ts", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
  });
  return {
    run: (name, value) => pool.run(value, { name }),
    end: () => pool.destroy(),
  };
}

export const {
  roundTrip,
  errorRoundTrip,
  smallJobs,
  computationsInOne,
  computationsInTwo,
  coldStart,
  startWorkers,
} = poolWorks(open);
