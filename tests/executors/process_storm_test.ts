// Many jobs while their processes are killed, again and again. The kills come by real time, as they do.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BrokenExecutor } from "../../mod.ts";
import { withProcesses } from "../support/processes.ts";

const JOBS = 400;
const KILL_EVERY_MS = 100;

withProcesses(
  "ProcessPoolExecutor.submit() loses no job and mixes no results up while processes are killed",
  { maxWorkers: 2 },
  async (pool) => {
    const square = (n: number) => {
      const end = performance.now() + n % 3;
      while (performance.now() < end);
      return [n * n, Deno.pid] as const;
    };
    // Only what has worked is killed: a pool whose processes do not even start gives up, rightly.
    let victim = 0;
    let kills = 0;
    const killer = setInterval(() => {
      if (!pool._pids.includes(victim)) return;
      Deno.kill(victim, "SIGKILL");
      victim = 0;
      kills++;
    }, KILL_EVERY_MS);
    try {
      const jobs = Array.from(
        { length: JOBS },
        (_, n) => pool.submitWith({ name: `job ${n};` }, square, n),
      );
      for (const job of jobs) {
        job.addDoneCallback((job) => victim = job.exception() === null ? job.result()[1] : victim);
      }
      const outcomes = await Promise.allSettled(jobs);
      let broken = 0;
      outcomes.forEach((outcome, n) => {
        if (outcome.status === "fulfilled") return assertEquals(outcome.value[0], n * n);
        assert(outcome.reason instanceof BrokenExecutor);
        assertStringIncludes(outcome.reason.message, `job ${n};`);
        broken++;
      });
      assert(kills > 2);
      assert(broken <= kills);
    } finally {
      clearInterval(killer);
    }
  },
);
