/** What does it cost to have something called later, to wait, and to wait no longer than? */

import * as limit from "./limit/timers.ts";
import * as ours from "./ours/timers.ts";
import * as promises from "./promises/timers.ts";
import { callSoon as limitCallSoon } from "./limit/callbacks.ts";
import { callSoon } from "./ours/callbacks.ts";
import { callSoon as queueMicrotasks } from "./promises/scheduling.ts";
import { compare } from "./work.ts";

await compare("callSoon", 10_000, {
  limit: limitCallSoon,
  ours: { "loop.callSoon(fn)": callSoon },
  promises: queueMicrotasks,
});
await compare("set and cancel timers", 1_000_000, {
  limit: limit.timerChurn,
  ours: { "loop.callLater(ms, fn).cancel()": ours.timerChurn },
  promises: promises.timerChurn,
}, { n: 1, warmup: 1 });
await compare("timeout around work that is done at once", 10_000, {
  limit: limit.timeoutReady,
  ours: { "asyncWith(timeout(ms), ...)": ours.timeoutReady, "waitFor": ours.waitForReady },
  promises: promises.timeoutReady,
});
await compare("tasks parked in a sleep", 100_000, {
  limit: limit.parked,
  ours: { "yield* sleep(ms)": ours.parked },
  promises: promises.parked,
}, { n: 3, warmup: 1 });
// A million native timers take longer than all other benches together.
await compare("tasks parked in a sleep", 1_000_000, {
  limit: limit.parked,
  ours: { "yield* sleep(ms)": ours.parked },
}, { n: 1, warmup: 0 });
