// Threads that die in all the ways that there are. Deno tells of none but one of them, so the pool looks
// every 100 ms; what takes time here is that.

import { assert, assertEquals, assertInstanceOf, assertLess } from "@std/assert";
import { BrokenExecutor, type Future, gather, run, sleep, ThreadPoolExecutor } from "../../mod.ts";
import { countThreads, errorOf, threadsBackTo } from "../support/every_executor.ts";

const DEATHS: Record<string, () => unknown> = {
  "Deno.exit()": () => Deno.exit(3),
  "self.close()": () => {
    self.close();
    return new Promise(() => {});
  },
  "an error that nobody catches": () => {
    setTimeout(() => {
      throw new Error("stray");
    });
    return new Promise(() => {});
  },
  "a rejection that nobody handles": () => {
    Promise.reject(new Error("stray"));
    return new Promise(() => {});
  },
  "the worker's own postMessage": () => {
    (self as unknown as Worker).postMessage([["done", 1, "forged"]]);
    return new Promise(() => {});
  },
};

for (const [way, die] of Object.entries(DEATHS)) {
  Deno.test(`ThreadPoolExecutor fails the one job that ends its worker by ${way}`, async () => {
    const before = countThreads();
    await run(async () => {
      const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
      const first = pool.submit(() => "first");
      const start = performance.now();
      const dead = pool.submitWith({ name: "suicide" }, die);
      const last = Array.from({ length: 20 }, (_, i) => pool.submit((i: number) => i, i));
      const error = await errorOf(dead);
      assertInstanceOf(error, BrokenExecutor);
      assert(error.message.includes(`"suicide"`));
      assertLess(performance.now() - start, 1000);
      assertEquals(await first, "first");
      assertEquals(await gather(last), Array.from({ length: 20 }, (_, i) => i));
      await pool.shutdown();
    });
    await threadsBackTo(before);
  });
}

Deno.test("ThreadPoolExecutor starts workers later and later while all of them die", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const die = () => {
      (self as unknown as Worker).postMessage("of no protocol");
      return new Promise(() => {});
    };
    const start = performance.now();
    const jobs = [1, 2, 3].map(() => pool.submit(die));
    for (const job of jobs) assertInstanceOf(await errorOf(job), BrokenExecutor);
    assertEquals(await pool.submit(() => "alive"), "alive");
    assert(performance.now() - start >= 10 + 20); // after the second death, and the third
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor loses no job and mixes none up while workers die", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
    const jobs: Future<number>[] = [];
    const square = (n: number) => {
      for (let i = 0; i < 20_000; i++) Math.sqrt(i);
      return n * n;
    };
    for (let n = 0; n < 2000; n++) jobs.push(pool.submit(square, n));
    const deaths: Future<unknown>[] = [];
    while (jobs.some((job) => !job.done())) {
      await sleep(50);
      deaths.push(pool.submit(() => Deno.exit(1)));
      for (let n = 0; n < 20; n++) pool.submit(square, n);
    }
    const errors = await Promise.all(deaths.map(errorOf));
    assert(errors.every((error) => error instanceof BrokenExecutor));
    assertEquals(await gather(jobs), Array.from({ length: 2000 }, (_, n) => n * n));
    await pool.shutdown();
  });
});
