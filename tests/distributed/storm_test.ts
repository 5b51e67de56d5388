// Many jobs while their workers are killed. The kills come when a share of the jobs is done.

import { assert, assertEquals } from "@std/assert";
import { clusterTest } from "../support/cluster.ts";
import { storm } from "../support/storm.ts";

const KILLS = 4;
const CONCURRENCY = 4;

clusterTest(
  "ClusterExecutor.submit() loses no job and mixes no results up while workers are killed",
  60_000,
  async (cluster) => {
    const options = { jobs: 1000, kills: KILLS, hosts: 2, concurrency: CONCURRENCY, seed: 6 };
    const { lost, wrong, misdelivered, kills, restarts } = await storm(cluster, options);
    assertEquals([lost, wrong, misdelivered, kills], [0, 0, 0, KILLS]);
    assert(restarts <= KILLS * CONCURRENCY, `${restarts} were started again`); // what the dead had
  },
);
