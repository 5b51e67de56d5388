/** What does it cost to do the same with async functions? */

import * as limit from "./limit/async.ts";
import * as ours from "./ours/async.ts";
import * as promises from "./promises/scheduling.ts";
import { compare } from "./work.ts";

await compare("async functions: switch", 10_000, {
  limit: limit.asyncSwitching,
  ours: { "await sleep(0)": ours.asyncSwitching },
  promises: promises.switching,
});
await compare("async functions: spawn a child and await it", 10_000, {
  limit: limit.asyncSpawning,
  ours: { "await createTask(asyncFunction)": ours.asyncSpawning },
  promises: promises.spawning,
});
await compare("async functions: future ping-pong", 10_000, {
  limit: limit.asyncPingPong,
  ours: { "await future": ours.asyncPingPong },
  promises: promises.pingPong,
});
