/**
 * What does it cost to have work done on a thread, and in a process: alone, in bulk, for the first time,
 * with large buffers, and when it fails?
 */

import * as comlink from "./peers/pools/comlink.ts";
import * as limit from "./limit/threads.ts";
import * as limitOfProcesses from "./limit/processes.ts";
import * as ours from "./ours/threads.ts";
import * as piscina from "./peers/pools/piscina.ts";
import * as poolifier from "./peers/pools/poolifier.ts";
import * as processes from "./ours/processes.ts";
import * as tinypool from "./peers/pools/tinypool.ts";
import * as workerpool from "./peers/pools/workerpool.ts";
import { compare, type Work } from "./work.ts";

const MOVING = { comlink, piscina, tinypool, workerpool };
const POOLS = { ...MOVING, poolifier };
const LONG = { n: 5, warmup: 1 };

await compare("thread, warm round trip", 100, {
  limit: limit.roundTrip,
  ours: { "yield* pool.submit(echo)": ours.roundTrip },
  npm: each(POOLS, "roundTrip"),
});
await compare("thread, round trip of an error", 100, {
  limit: limit.errorRoundTrip,
  ours: { "yield* pool.submit(fail)": ours.errorRoundTrip },
  npm: each(POOLS, "errorRoundTrip"),
});
await compare("threads, small jobs", 20_000, {
  limit: limit.smallJobs,
  ours: { "pool.submit(echo)": ours.smallJobs, "pool.map(echo)": ours.smallJobsMapped },
  npm: each(POOLS, "smallJobs"),
}, LONG);
await compare("one thread, fib(27)", 64, {
  limit: limit.computationsInOne,
  ours: { "pool.submit(fib, 27)": ours.computationsInOne },
  npm: each(POOLS, "computationsInOne"),
}, LONG);
await compare("two threads, fib(27)", 64, {
  limit: limit.computationsInTwo,
  ours: { "pool.submit(fib, 27)": ours.computationsInTwo },
  npm: each(POOLS, "computationsInTwo"),
}, LONG);
await compare("thread, 1 MB there and back, copied", 10, {
  limit: limit.copy1MB,
  ours: { "pool.submit(echo, buffer)": ours.copy1MB },
  npm: each(POOLS, "copy1MB"),
});
await compare("thread, 64 MB there and back, copied", 1, {
  limit: limit.copy64MB,
  ours: { "pool.submit(echo, buffer)": ours.copy64MB },
  npm: each(POOLS, "copy64MB"),
}, LONG);
await compare("thread, 1 MB there and back, moved", 10, {
  limit: limit.move1MB,
  ours: { "pool.submit(echo, transfer(buffer))": ours.move1MB },
  npm: each(MOVING, "move1MB"),
});
await compare("thread, 64 MB there and back, moved", 1, {
  limit: limit.move64MB,
  ours: { "pool.submit(echo, transfer(buffer))": ours.move64MB },
  npm: each(MOVING, "move64MB"),
}, LONG);
await compare("thread, cold start to the first result", 1, {
  limit: limit.coldStart,
  ours: { "new ThreadPoolExecutor()": ours.coldStart },
  npm: each(MOVING, "coldStart"), // of poolifier `destroy()` sometimes never ends
}, { n: 20, warmup: 2 });
await compare("process, warm round trip", 100, {
  limit: limitOfProcesses.roundTrip,
  ours: { "yield* pool.submit(echo)": processes.roundTrip },
});
await compare("processes, fib(27)", 64, {
  limit: limitOfProcesses.computations,
  ours: {
    "one process": processes.computationsInOne,
    "two processes": processes.computationsInTwo,
  },
}, LONG);
await compare("process, cold start to the first result", 1, {
  limit: limitOfProcesses.coldStart,
  ours: { "new ProcessPoolExecutor()": processes.coldStart },
}, { n: 20, warmup: 2 });

/** The work of this name, for every package. */
function each<Name extends string>(
  packages: Readonly<Record<string, Readonly<Record<Name, Work>>>>,
  name: Name,
): Record<string, Work> {
  const works = Object.entries(packages).map(([npm, works]) => [`${npm} (npm)`, works[name]]);
  return Object.fromEntries(works);
}
