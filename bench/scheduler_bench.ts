/** What does it cost to switch, to start a child and to hand a result over? */

import * as limit from "./limit/scheduling.ts";
import * as ours from "./ours/scheduling.ts";
import * as promises from "./promises/scheduling.ts";
import { compare } from "./work.ts";
import { deepResume as limitDeepResume } from "./limit/deep.ts";
import { deepResume, deepResumeCoroutine } from "./ours/deep.ts";

await compare("switch", 10_000, {
  limit: limit.switching,
  ours: { "yield* sleep(0)": ours.switching },
  promises: promises.switching,
});
await compare("switch among 1,000 tasks", 10_000, {
  limit: limit.switchingMany,
  ours: { "yield* sleep(0)": ours.switchingMany },
});
await compare("spawn a child and await it", 10_000, {
  limit: limit.spawning,
  ours: {
    "createTask(generator)": ours.spawning,
    "createTask(coroutine())": ours.spawningCoroutine,
  },
  promises: promises.spawning,
});
await compare("spawn a child eagerly and await it", 10_000, {
  limit: limit.spawningEager,
  ours: { "createTask(generator, { eagerStart: true })": ours.spawningEager },
});
await compare("future ping-pong", 10_000, {
  limit: limit.pingPong,
  ours: { "yield* future": ours.pingPong },
  promises: promises.pingPong,
});
await compare("gather", 10_000, {
  limit: limit.gather10k,
  ours: { "yield* gather(...)": ours.gather10k },
  promises: promises.gather10k,
});
await compare("asCompleted", 10_000, {
  limit: limit.asCompletedTasks,
  ours: { "asCompleted(...)": ours.asCompletedTasks },
});
await compare("wake a coroutine 1,000 frames deep", 100, {
  limit: limitDeepResume,
  ours: { "yield* generator": deepResume, "yield* coroutine()": deepResumeCoroutine },
});
