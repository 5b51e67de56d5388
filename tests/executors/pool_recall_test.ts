// A pool that asks its workers for jobs. The workers are fake: they answer when the test says so.

import { assertEquals, assertRejects } from "@std/assert";
import { BrokenExecutor, gather, run } from "../../mod.ts";
import type { Recall } from "../../src/executors/channel.ts";
import { FakeChannel, FakePool } from "./fake_channel.ts";
import type { PoolJob } from "../../src/executors/pool_job.ts";

/** Answers for its jobs, and hears its pool out before it dies. */
class AskedChannel extends FakeChannel {
  readonly asked: number[] = [];
  override readonly recall: { -readonly [K in keyof Recall]: Recall[K] } = {
    ask: (slots) => void this.asked.push(...slots),
    end: () => !this.#isDead,
    hasToldAll: false,
  };
  #isDead = false;

  /** The jobs that it holds, in order, as the numbers that they were submitted with. */
  get numbers(): unknown[] {
    return this.sent.flatMap((message) => message[0] === "run" ? [message[5][0]] : []);
  }

  done(id: number): void {
    this.events.message([["done", id, null]]);
  }

  die(hasToldAll: boolean): void {
    this.recall.hasToldAll = hasToldAll;
    this.#isDead = true;
    this.events.died("exit code 3");
  }
}

type AskedPool = Omit<FakePool, "channels"> & { channels: AskedChannel[] };

const job = (n: number) => n;

function open(maxWorkers: number): AskedPool {
  const options = { maxWorkers, cancelGraceMs: 60_000 };
  return new FakePool(options, () => {}, AskedChannel) as unknown as AskedPool;
}

/** Submits jobs to a pool of one worker until that one holds so many. */
async function hold(pool: AskedPool, count: number): Promise<PoolJob<unknown>[]> {
  const first = pool.submit(job, -1) as unknown as PoolJob<unknown>;
  const worker = pool.channels[0]!;
  worker.events.message([["ready"]]);
  worker.done(first.id);
  while (first.seat === null && [...pool._pool.crew.seats][0]!.window < count) {
    const one = pool.submit(job, -1) as unknown as PoolJob<unknown>;
    worker.done(one.id);
  }
  worker.sent.length = 0;
  const jobs = Array.from({ length: count }, (_, n) => pool.submit(job, n));
  await Promise.resolve();
  assertEquals(worker.numbers, jobs.map((_, n) => n));
  return jobs as unknown as PoolJob<unknown>[];
}

Deno.test("Pool takes back what waits behind a heap that is too large", () =>
  run(async () => {
    const pool = open(1);
    const jobs = await hold(pool, 3);
    const [worker] = pool.channels;
    worker!.events.message([["heavy"]]);
    assertEquals(worker!.asked, [jobs[2]!.slot, jobs[1]!.slot]);
    for (const slot of worker!.asked) worker!.events.recalled(slot, true);
    worker!.done(jobs[0]!.id);
    await Promise.resolve();
    const second = pool.channels[1]!;
    second.events.message([["ready"]]);
    second.done(jobs[1]!.id);
    second.done(jobs[2]!.id);
    await gather(jobs);
    assertEquals([worker!.killed, second.numbers], [true, [1, 2]]);
    await pool.shutdown();
  }));

Deno.test("Pool gives a job that was asked for its grace once its worker says that it has begun", () =>
  run(async () => {
    const pool = open(1);
    const jobs = await hold(pool, 2);
    const worker = pool.channels[0]!;
    jobs[1]!.cancel();
    const cancels = () => worker.sent.filter(([kind]) => kind === "cancel").length;
    const before = cancels();
    worker.done(jobs[0]!.id);
    worker.events.recalled(jobs[1]!.slot, false);
    assertEquals([before, cancels()], [0, 1]);
    worker.done(jobs[1]!.id);
    await pool.shutdown();
  }));

Deno.test("Pool requeues all but the first job of a worker that has told all before it died", () =>
  run(async () => {
    const pool = open(1);
    const jobs = await hold(pool, 3);
    pool.channels[0]!.die(true);
    await assertRejects(() => jobs[0]!, BrokenExecutor);
    await Promise.resolve();
    const second = pool.channels[1]!;
    second.events.message([["ready"]]);
    for (const { id } of jobs.slice(1)) second.done(id);
    await gather(jobs.slice(1));
    await pool.shutdown();
  }));

Deno.test("Pool fails all jobs of a worker that has not told all before it died", () =>
  run(async () => {
    const pool = open(1);
    const jobs = await hold(pool, 3);
    pool.channels[0]!.die(false);
    for (const job of jobs) await assertRejects(() => job, BrokenExecutor);
    await pool.shutdown();
  }));

Deno.test("Pool fails all jobs of a worker that answers what it was not asked", () =>
  run(async () => {
    const pool = open(1);
    const jobs = await hold(pool, 3);
    pool.channels[0]!.events.recalled(jobs[2]!.slot, true);
    for (const job of jobs) await assertRejects(() => job, BrokenExecutor);
    assertEquals(pool.channels[0]!.killed, true);
    await pool.shutdown();
  }));
