/** Jobs in processes. The packages of npm send JSON, without buffers. */

import { type Entrant, limit, npm, ours, type Row } from "../row.ts";
import { memory, python, pythonMemory } from "./executors.ts";

/** `pools/` has the code. */
const WAYS = {
  poolifier: "FixedClusterPool.execute(value, name)",
  tinypool: 'runtime: "child_process"',
  workerpool: 'workerType: "process"',
};

const FORKED = { less: "a fork of the parent on Linux: no runtime is started" };

/** Measured: see About the pools in bench/README.md. */
const ONE_THREAD = {
  less:
    "no thread of it reads while a job computes: a cancel ends the process, and the job is not told",
};

export const PROCESSES: readonly Row[] = [
  {
    part: "Processes",
    work: "process, a job and its result",
    n: 200,
    entrants: [
      limit("processes", "roundTrip", "a line to a process, and one back"),
      ours("processes", "roundTrip", "yield* pool.submit(echo, i)"),
      ...packages("roundTrip", ONE_THREAD),
      python("processes", "round_trip", "submit(echo, i).result()"),
    ],
  },
  {
    part: "Processes",
    work: "process, a job that fails",
    n: 200,
    entrants: [
      ours("processes", "errorRoundTrip", "yield* pool.submit(fail, i)"),
      // Of an error tinypool's processes say nothing, not even its message.
      ...packages("errorRoundTrip", ONE_THREAD).filter(({ who }) => who !== "tinypool"),
      python("processes", "error_round_trip", "submit(fail, i).result()"),
    ],
  },
  {
    part: "Processes",
    work: "two processes, small jobs submitted at once",
    n: 2_000,
    entrants: [
      ours("processes", "smallJobs", "pool.submit(echo, i)"),
      ...packages("smallJobs"),
      python("processes", "small_jobs", "submit(echo, i)"),
    ],
  },
  {
    part: "Processes",
    work: "two processes, inputs of map",
    n: 20_000,
    entrants: [
      ours("processes", "smallJobsMapped", "for await (of pool.map(echo, inputs))"),
      python("processes", "small_jobs_mapped", "map(echo, inputs, chunksize=256)"),
    ],
  },
  computations("two processes, 64 times fib(27)", "computationsInTwo", "computations_in_two"),
  buffer("process, 1 MB there and back", "copy1MB", "copy_1mb", 10),
  buffer("process, 64 MB there and back", "copy64MB", "copy_64mb", 1),
  {
    part: "Processes",
    work: "process, from nothing to the first result and the end",
    n: 2,
    entrants: [
      limit("processes", "coldStart", "a process that answers one line"),
      ours("processes", "coldStart", "new ProcessPoolExecutor, submit, shutdown"),
      ...packages("coldStart"),
      python("processes", "cold_start", "with ProcessPoolExecutor(1)", FORKED),
    ],
  },
  {
    part: "Processes",
    work: "process, idle",
    n: 4,
    unit: "bytes",
    entrants: [
      { who: "limit", way: "a bare process", measure: memory("limit/processes") },
      { who: "ours", way: "ProcessPoolExecutor", measure: memory("ours/processes") },
      ...packages("startWorkers", ONE_THREAD).map((entrant) => ({
        ...entrant,
        measure: memory(`peers/pools/${entrant.who}_processes`),
      })),
      pythonMemory("processes", FORKED),
    ],
  },
];

function packages(name: string, more: { less?: string } = {}): Entrant[] {
  return Object.entries(WAYS).map(([who, way]) =>
    npm(who, `pools/${who}_processes`, name, way, more)
  );
}

function computations(work: string, name: string, inPython: string): Row {
  return {
    part: "Processes",
    work,
    n: 64,
    fewer: 8,
    entrants: [
      ours("processes", name, "pool.submit(fib, 27)"),
      ...packages(name),
      python("processes", inPython, "submit(fib, 27)"),
    ],
  };
}

function buffer(work: string, name: string, inPython: string, n: number): Row {
  return {
    part: "Processes",
    work,
    n,
    entrants: [
      ours("processes", name, "pool.submit(echo, buffer)"),
      python("processes", inPython, "submit(echo, buffer)"),
    ],
  };
}
