/** What do lanes gain for downloads, on one thread and on as many threads? Each page takes its site 160 ms. */

import * as limit from "./limit/downloads.ts";
import * as tasks from "./ours/downloads.ts";
import * as threads from "./ours/downloads_on_threads.ts";
import { compare } from "./work.ts";
import { openSite } from "./downloads/site.ts";

await openSite();

await compare("one by one", 15, {
  limit: limit.oneByOne,
  ours: { "TaskGroup": tasks.oneByOne, "ThreadPoolExecutor": threads.oneByOne },
}, { n: 1, warmup: 0 });
await compare("in five lanes", 15, {
  limit: limit.fiveLanes,
  ours: { "TaskGroup": tasks.fiveLanes, "ThreadPoolExecutor": threads.fiveLanes },
}, { n: 3, warmup: 0 });
await compare("in fifteen lanes", 15, {
  limit: limit.fifteenLanes,
  ours: {
    "TaskGroup": tasks.fifteenLanes,
    "ThreadPoolExecutor": threads.fifteenLanes,
    "toThread": threads.fifteenByToThread,
  },
}, { n: 3, warmup: 0 });
await compare("in fifty lanes", 150, {
  limit: limit.fiftyLanes,
  ours: { "TaskGroup": tasks.fiftyLanes, "ThreadPoolExecutor": threads.fiftyLanes },
}, { n: 1, warmup: 0 });
