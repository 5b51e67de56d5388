import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { BrokenExecutor, run, sleep, ThreadPoolExecutor } from "../../mod.ts";
import { errorOf } from "../support/every_executor.ts";
import { FakePool } from "./fake_channel.ts";
import { isToWorker } from "../../src/executors/protocol.ts";
import { JobRunner } from "../../src/executors/job_runner.ts";

/** What a worker may send in place of a batch; `id` is that of the job it holds. */
const GARBAGE: Record<string, (id: number) => unknown> = {
  "no batch": () => "done",
  "null": () => null,
  "an object in place of a message": (id) => [{ 0: "done", 1: id, 2: 5, length: 3 }],
  "a word that is none": (id) => [["finished", id, 5]],
  "a result without a value": (id) => [["done", id]],
  "a result with too much": (id) => [["done", id, 5, 6]],
  "the number of a job that it does not hold": (id) => [["done", id + 1, 5]],
  "a number that is none": () => [["done", NaN, 5]],
  "a number as text": (id) => [["done", String(id), 5]],
  "a job's number that is an object": () => [["done", { valueOf: () => 1 }, 5]],
  "an error that is text": (id) => [["failed", id, "RangeError"]],
  "an error that is null": (id) => [["failed", id, null]],
  "garbage after a good message": (id) => [["progress", id, 1], ["done"]],
};

for (const [what, garbage] of Object.entries(GARBAGE)) {
  Deno.test(`Pool fails the job of a worker that sends ${what}, and goes on`, async () => {
    await run(async () => {
      const pool = new FakePool();
      const job = pool.submit(() => 1);
      const [first] = pool.channels;
      first!.events.message([["ready"]]);
      first!.events.message(garbage(first!.lastJob));
      assertInstanceOf(await errorOf(job), BrokenExecutor);
      assert(first!.killed);
      const next = pool.submit(() => 1);
      const second = pool.channels[1]!;
      second.events.message([["ready"], ["done", second.lastJob, "right"]]);
      first!.events.message([["done", second.lastJob, "forged"]]);
      assertEquals(await next as unknown, "right");
      await pool.shutdown();
    });
  });
}

Deno.test("Pool makes an error of whatever record a worker sends", async () => {
  const records: unknown[] = [
    {},
    { type: 5, message: 5 },
    { type: "TypeError", message: "m", own: { __proto__: { x: 1 }, message: "no", y: 2 } },
    { type: "AggregateError", message: "m", errors: [{ type: "Error", message: "inner" }, 5] },
    { type: "__proto__", message: "m" },
    { type: "Error", message: "m", cause: { type: "Error", message: "why" } },
  ];
  await run(async () => {
    const pool = new FakePool({}, (channel) => {
      queueMicrotask(() => channel.events.message([["ready"]]));
    });
    for (const record of records) {
      const job = pool.submit(() => 1);
      const channel = pool.channels[0]!;
      await Promise.resolve(); // it is ready
      channel.events.message([["failed", channel.lastJob, record]]);
      while (!job.done()) await sleep(0);
      assert(job.exception() !== null);
    }
    assertEquals(({} as { x?: number }).x, undefined);
    assertEquals(pool.channels.length, 1);
    await pool.shutdown();
  });
});

Deno.test("Pool gives up when workers do not start, and fails every job", async () => {
  await run(async () => {
    const pool = new FakePool({}, (channel) => {
      queueMicrotask(() => channel.events.died("no such file"));
    });
    const jobs = [pool.submit(() => 1), pool.submit(() => 2)];
    for (const job of jobs) assertInstanceOf(await errorOf(job), BrokenExecutor);
    assertEquals(pool.channels.length, 4);
    assertThrows(() => pool.submit(() => 1), BrokenExecutor);
    await pool.shutdown();
  });
});

Deno.test("Pool.shutdown() settles every future when workers do not start", async () => {
  await run(async () => {
    const pool = new FakePool({}, (channel) => {
      queueMicrotask(() => channel.events.died("no such file"));
    });
    const job = pool.submit(() => 1);
    await pool.shutdown();
    assertInstanceOf(await errorOf(job), BrokenExecutor);
  });
});

Deno.test("JobRunner refuses batches that are not of the protocol", () => {
  const runner = new JobRunner(() => {}, null);
  const garbage: unknown[] = [
    null,
    {},
    [null],
    [["run", 1, 0, 1, "call"]],
    [["run", 1, 0, 1, "eval", []]],
    [["run", -1, 0, 1, "call", []]],
    [["run", 1, 0, 1, "call", "args"]],
    [["function", 1, "name", () => 1]],
    [["constructor", 1]],
    [["credit", 1, Infinity]],
  ];
  for (const batch of garbage) assertThrows(() => runner.receive(batch), TypeError);
  assertEquals(isToWorker(["cancel", 1]), true);
});

Deno.test("JobRunner fails a job whose function was never sent", () => {
  const posted: unknown[] = [];
  const runner = new JobRunner((batch) => posted.push(...batch), null);
  runner.receive([["run", 7, 0, 1, "call", []]]);
  const [[word, id, error]] = posted as [[string, number, { type: string }]];
  assertEquals([word, id, error.type], ["failed", 7, "TypeError"]);
});

/** Plain at the first look, which is ours, and too deep to be read at the next, which is the platform's. */
const deceitful = () => {
  let looks = 0;
  return {
    get inner() {
      let value: unknown = 1;
      if (looks++ > 0) { for (let depth = 0; depth < 3200; depth++) value = { value }; }
      return value;
    },
  };
};

Deno.test("ThreadPoolExecutor.submit() fails jobs whose message no worker can read, and goes on", async () => {
  const start = performance.now();
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const jobs = [pool.submit((n: unknown) => n, 1), pool.submit((n: unknown) => n, deceitful())];
    assertEquals(await jobs[0], 1);
    const error = await errorOf(jobs[1]!);
    assertInstanceOf(error, DOMException);
    assertEquals(error.name, "DataCloneError");
    assertEquals(await pool.submit((n: number) => n, 2), 2);
    assertLess(performance.now() - start, 5000); // it was told, and not found out by waiting
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor.submit() fails a job whose result cannot be read, and goes on", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const error = await errorOf(pool.submitWith({ name: "liar" }, deceitful));
    assertInstanceOf(error, BrokenExecutor);
    assertStringIncludes(error.message, `"liar"`);
    assertEquals(await pool.submit((n: number) => n, 2), 2);
    await pool.shutdown();
  });
});
