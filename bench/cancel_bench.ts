/** What does it cost to cancel many tasks, each with a `finally`, and to wait until they are gone? */

import * as limit from "./limit/cancel.ts";
import * as ours from "./ours/cancel.ts";
import { cancelStorm } from "./promises/cancel.ts";
import { compare } from "./work.ts";

await compare("cancel storm", 100_000, {
  limit: limit.cancelStorm,
  ours: { "task.cancel()": ours.cancelStorm },
  promises: cancelStorm,
}, { n: 3, warmup: 1 });
await compare("group, the last child fails", 100_000, {
  limit: limit.groupFailure,
  ours: { "TaskGroup": ours.groupFailure },
}, { n: 3, warmup: 1 });
