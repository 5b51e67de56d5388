/** What does it cost to have work done on a thread, one job at a time, in bulk, and for the first time? */

import * as limit from "./limit/threads.ts";
import * as ours from "./ours/threads.ts";
import { compare } from "./work.ts";

await compare("thread, warm round trip", 100, {
  limit: limit.roundTrip,
  ours: { "yield* pool.submit(echo)": ours.roundTrip },
});
await compare("threads, small jobs", 20_000, {
  limit: limit.smallJobs,
  ours: { "pool.submit(echo)": ours.smallJobs, "pool.map(echo)": ours.smallJobsMapped },
}, { n: 10, warmup: 2 });
await compare("thread, cold start to the first result", 1, {
  limit: limit.coldStart,
  ours: { "new ThreadPoolExecutor()": ours.coldStart },
}, { n: 20, warmup: 2 });
