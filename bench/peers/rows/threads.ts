/** Jobs on threads. */

import { limit, onOneCore, ours, type Row } from "../row.ts";
import { ALL, memory, MOVING, oursMapped, packages, python, pythonMemory } from "./executors.ts";

const SHARED = { less: "its threads share their memory: nothing is sent" };
const PLAIN_ERRORS = { less: "an error arrives as an Error, whatever its class" };

export const THREADS: readonly Row[] = [
  {
    part: "Threads",
    work: "thread, a job and its result",
    n: 1_000,
    entrants: [
      limit("threads", "roundTrip", "a message to a worker, and one back"),
      ours("threads", "roundTrip", "yield* pool.submit(echo, i)"),
      ...packages("roundTrip"),
      python("threads", "round_trip", "submit(echo, i).result()", SHARED),
    ],
  },
  {
    part: "Threads",
    work: "thread, a job and its result, on one core",
    n: 5_000,
    about:
      "A job's way to a thread and back is mostly the time in which the system wakes another core, whoever asks " +
      "for it; on one core it is what a pool does itself.",
    entrants: [
      {
        ...limit("threads", "roundTrip", "a message to a worker, and one back"),
        measure: onOneCore("limit/threads", "roundTrip"),
      },
      {
        ...ours("threads", "roundTrip", "yield* pool.submit(echo, i)"),
        measure: onOneCore("ours/threads", "roundTrip"),
      },
      ...packages("roundTrip").map((entrant) => ({
        ...entrant,
        measure: onOneCore(`peers/pools/${entrant.who}`, "roundTrip"),
      })),
    ],
  },
  {
    part: "Threads",
    work: "thread, a job that fails",
    n: 1_000,
    entrants: [
      limit("threads", "errorRoundTrip", "an Error in a message"),
      ours("threads", "errorRoundTrip", "yield* pool.submit(fail, i)"),
      ...packages("errorRoundTrip", ALL, PLAIN_ERRORS),
      python("threads", "error_round_trip", "submit(fail, i).result()", SHARED),
    ],
  },
  {
    part: "Threads",
    work: "two threads, 20,000 small jobs",
    n: 20_000,
    entrants: [
      limit("threads", "smallJobs", "128 in a message"),
      ours("threads", "smallJobs", "pool.submit(echo, i)"),
      oursMapped("threads"),
      ...packages("smallJobs", ALL, { n: 5_000 }),
      python("threads", "small_jobs", "submit(echo, i)", SHARED),
    ],
  },
  computations("one thread, 64 times fib(27)", "computationsInOne", "computations_in_one"),
  computations("two threads, 64 times fib(27)", "computationsInTwo", "computations_in_two"),
  buffer("thread, 1 MB there and back, copied", "copy1MB", 20),
  buffer("thread, 64 MB there and back, copied", "copy64MB", 1),
  moved("thread, 1 MB there and back, moved", "move1MB", "copy_1mb", 100),
  {
    ...moved("thread, 64 MB there and back, moved", "move64MB", "copy_64mb", 100),
    about:
      "Of moving 64 MB most is V8's collections, which come every few times that so much arrives somewhere; a " +
      "run of a hundred trips has its share of them.",
  },
  {
    part: "Threads",
    work: "thread, from nothing to the first result and the end",
    n: 5,
    entrants: [
      limit("threads", "coldStart", "new Worker, a message, terminate"),
      ours("threads", "coldStart", "new ThreadPoolExecutor, submit, shutdown"),
      // Not poolifier: under Deno its `destroy()` sometimes never ends.
      ...packages("coldStart", MOVING),
      python("threads", "cold_start", "with ThreadPoolExecutor(1)", {
        less: "starts no interpreter of its own",
      }),
    ],
  },
  {
    part: "Threads",
    work: "thread, idle",
    n: 8,
    unit: "bytes",
    entrants: [
      { who: "limit", way: "a Worker", measure: memory("limit/threads") },
      { who: "ours", way: "ThreadPoolExecutor", measure: memory("ours/threads") },
      ...packages("startWorkers").map((entrant) => ({
        ...entrant,
        measure: memory(`peers/pools/${entrant.who}`),
      })),
      pythonMemory("threads", { less: "starts no interpreter of its own" }),
    ],
  },
];

function computations(work: string, name: string, inPython: string): Row {
  return {
    part: "Threads",
    work,
    n: 64,
    fewer: 8,
    entrants: [
      limit("threads", name, "a message each"),
      ours("threads", name, "pool.submit(fib, 27)"),
      ...packages(name),
      python("threads", inPython, "submit(fib, 27)"),
    ],
  };
}

function buffer(work: string, name: string, n: number): Row {
  return {
    part: "Threads",
    work,
    n,
    entrants: [
      limit("threads", name, "postMessage(buffer)"),
      ours("threads", name, "pool.submit(echo, buffer)"),
      ...packages(name),
    ],
  };
}

function moved(work: string, name: string, inPython: string, n: number): Row {
  return {
    part: "Threads",
    work,
    n,
    entrants: [
      limit("threads", name, "postMessage(buffer, [buffer])"),
      ours("threads", name, "pool.submit(echo, transfer(buffer, [buffer]))"),
      ...packages(name, MOVING),
      python("threads", inPython, "submit(echo, buffer)", SHARED),
    ],
  };
}
