// A worker dies in the middle of its jobs, as hosts do.

import { assert, assertEquals, assertRejects } from "@std/assert";
import { BrokenExecutor } from "../../mod.ts";
import { clusterTest, jobs, lines, LOCK_MS, STALLED_MS } from "../support/cluster.ts";

clusterTest(
  "ClusterExecutor.submit() has another worker do the job of one that is killed",
  30_000,
  async (cluster) => {
    const [notes, gate] = [await cluster.notes(), `${cluster.folder}/gate`];
    const victim = await cluster.worker();
    const future = cluster.executor().submit(jobs.untilThere, gate, notes);
    await lines(notes, 1);
    await cluster.worker();
    const killed = performance.now();
    await victim.kill();
    await lines(notes, 2);
    const recovery = performance.now() - killed;
    await Deno.writeTextFile(gate, "opened");
    assertEquals(await future, "opened");
    assertEquals((await lines(notes, 2)).length, 2);
    assert(recovery <= LOCK_MS + STALLED_MS + 1000, `it took ${recovery} ms`);
  },
);

clusterTest(
  "ClusterExecutor.submitWith() fails a job of a killed worker that may not be started anew",
  30_000,
  async (cluster) => {
    const [notes, gate] = [await cluster.notes(), `${cluster.folder}/gate`];
    const victim = await cluster.worker();
    const once = cluster.executor().submitWith({ recoveries: 0 }, jobs.untilThere, gate, notes);
    await lines(notes, 1);
    await cluster.worker();
    await victim.kill();
    await assertRejects(async () => await once, BrokenExecutor);
    assertEquals(await lines(notes, 1), ["untilThere"]);
  },
);

clusterTest(
  "ClusterExecutor.submit() fails the job that kills its workers and none beside it",
  40_000,
  async (cluster) => {
    const notes = await cluster.notes();
    const executor = cluster.executor();
    cluster.host();
    cluster.host();
    const neighbours = (first: number) =>
      Array.from({ length: 10 }, (_, i) => executor.submit(jobs.work, first + i, 20));
    const before = neighbours(0);
    const poison = executor.submitWith({ recoveries: 1 }, jobs.poison, notes);
    const after = neighbours(10);
    await assertRejects(async () => await poison, BrokenExecutor);
    assertEquals(
      await Promise.all([...before, ...after]),
      Array.from({ length: 20 }, (_, n) => n * n),
    );
    assertEquals(await lines(notes, 2), ["poison", "poison"]);
  },
);
