// A submitter dies, and another program takes its jobs up again by their keys.

import { assertEquals, assertRejects } from "@std/assert";
import { LookupError } from "../../mod.ts";
import { clusterTest, jobs, lines } from "../support/cluster.ts";
import { boundCommand } from "../support/processes.ts";

const COUNT = 3;

clusterTest(
  "ClusterExecutor.attach() gives the results of a submitter that was killed",
  30_000,
  async (cluster) => {
    const [notes, gate] = [await cluster.notes(), `${cluster.folder}/gate`];
    await cluster.worker(["--threads", "2"]); // fewer than jobs: one of them is still queued
    const submitter = boundCommand(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-check", new URL("submitter.ts", import.meta.url).pathname],
        ...[cluster.redis.url, gate, notes, String(COUNT)],
      ],
      stdout: "null",
    }).spawn();
    await lines(notes, 2);
    submitter.kill("SIGKILL");
    await submitter.status;

    const executor = cluster.executor();
    const early = executor.attach<string>("order 0");
    for (let n = 0; n < COUNT; n++) await Deno.writeTextFile(`${gate}${n}`, `opened ${n}`);
    const again = executor.submitWith({ key: "order 1" }, jobs.untilThere, `${gate}1`, notes);
    assertEquals(
      await Promise.all([early, again, executor.attach<string>("order 2")]),
      ["opened 0", "opened 1", "opened 2"],
    );
    assertEquals(await executor.attach<string>("order 0"), "opened 0"); // it is over, and kept
    assertEquals((await lines(notes, COUNT)).length, COUNT); // nothing ran twice
    await assertRejects(async () => await executor.attach("order 3"), LookupError);
  },
);

clusterTest(
  "ClusterExecutor.attach() tells the last report of a job that is over, before its result",
  30_000,
  async (cluster) => {
    await cluster.worker();
    await cluster.executor().submitWith({ key: "report" }, jobs.report, ["a", "b"]);
    const events: unknown[] = [];
    const onProgress = (value: unknown) => events.push(value);
    const attached = cluster.executor().attach<number>("report", { onProgress });
    events.push(await attached);
    assertEquals(events, ["b", 2]);
  },
);
