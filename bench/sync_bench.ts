/** What do queues, semaphores and locks cost, and do they stay that fast when very many wait? */

import * as limit from "./limit/sync.ts";
import * as ours from "./ours/sync.ts";
import * as peers from "./peers/sync.ts";
import * as promises from "./promises/sync.ts";
import { compare } from "./work.ts";

const LONG = { n: 5, warmup: 2 };

await compare("queue of 10, an item", 100_000, {
  limit: limit.queue10,
  ours: { "Queue(10)": ours.queue10 },
  promises: promises.queue10,
}, LONG);
await compare("queue of 1,000, an item", 100_000, {
  limit: limit.queue1000,
  ours: { "Queue(1000)": ours.queue1000 },
  promises: promises.queue1000,
}, LONG);
for (const contenders of [1000, 100_000]) {
  await compare("semaphore of 10, a contender", contenders, {
    limit: limit.semaphore,
    ours: { "Semaphore(10)": ours.semaphore },
    npm: {
      "async-sema (npm)": peers.semaphoreOfAsyncSema,
      "p-limit (npm)": peers.semaphoreOfPLimit,
    },
  }, contenders > 10_000 ? LONG : {});
}
await compare("lock, a hand-off", 100_000, {
  limit: limit.lockHandOff,
  ours: { "Lock": ours.lockHandOff },
  npm: {
    "async-mutex (npm)": peers.lockOfAsyncMutex,
    "async-sema (npm)": peers.lockOfAsyncSema,
  },
  promises: promises.lockHandOff,
}, LONG);
