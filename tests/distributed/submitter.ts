// A program that submits jobs under keys and says so, for a test to kill it before they are done.

import { run } from "../../mod.ts";
import { ClusterExecutor } from "../../src/distributed/mod.ts";
import { jobs } from "../support/cluster.ts";

const [url, gate, notes, count] = Deno.args as [string, string, string, string];

await run(async () => {
  const executor = new ClusterExecutor({ connection: url });
  const futures = Array.from({ length: Number(count) }, (_, n) => {
    return executor.submitWith({ key: `order ${n}` }, jobs.untilThere, `${gate}${n}`, notes);
  });
  console.log("submitted");
  await Promise.all(futures);
});
