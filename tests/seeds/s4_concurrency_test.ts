// Rows of the document on concurrency and parallelism. Its downloads come from a server on loopback, its
// threads and processes are real: times are real too, so that what is compared is who overlaps with whom
// and in which order things end, not how long they take.

import { assert, assertEquals, assertGreater, assertInstanceOf, assertLess } from "@std/assert";
import { downloadOne, serveSites, SITES } from "./s4_download_site.ts";
import { errorOf } from "../support/every_executor.ts";
import {
  asCompleted,
  Future,
  gather,
  getRunningLoop,
  InvalidStateError,
  type PoolExecutor,
  ProcessPoolExecutor,
  run,
  TaskGroup,
  ThreadPoolExecutor,
} from "../../mod.ts";

const EXPECTED = Object.entries(SITES);
const square = (n: number) => n * n;

/** Waits for the executor's end, whatever happens. */
async function withPool<T>(pool: PoolExecutor, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } finally {
    await pool.shutdown({ cancelFutures: true });
  }
}

// S4-E1, S4-O1, S4-C9
Deno.test("Downloads one after the other come in the order of the list, one at a time", async () => {
  await using site = serveSites(() => 2);
  const pages: unknown[] = [];
  await run(async () => {
    for (const url of site.urls) pages.push(await downloadOne(url));
  });
  assertEquals(pages, EXPECTED);
  assertEquals(site.mostAtOnce, 1);
});

// S4-E2, S4-O2, S4-C10, S4-C11
Deno.test("ThreadPoolExecutor.map() downloads on five workers at once, in the order of the list", async () => {
  await using site = serveSites(() => 40);
  const pool = new ThreadPoolExecutor({ maxWorkers: 5 });
  const pages = await run(() =>
    withPool(pool, () => Array.fromAsync(pool.map(downloadOne, site.urls)))
  );
  assertEquals(pages, EXPECTED);
  assertGreater(site.mostAtOnce, 1);
  assertLess(site.mostAtOnce, 6); // S4-P1: five workers cannot be more than five times as fast
});

// S4-E2 on one thread, S4-C7, S4-C14
Deno.test("TaskGroup with a limit of five downloads as many at once on one thread", async () => {
  await using site = serveSites(() => 20);
  const pages: unknown[] = [];
  await run(() =>
    TaskGroup.run((group) => {
      for (const url of site.urls) {
        group.createTask(async () => void pages.push(await downloadOne(url)));
      }
    }, { limit: 5 })
  );
  assertEquals(pages.length, EXPECTED.length);
  assertEquals(site.mostAtOnce, 5);
});

// S4-E3, S4-C13
Deno.test("ProcessPoolExecutor runs the same code when the class is changed", async () => {
  await using site = serveSites(() => 5);
  const pool = new ProcessPoolExecutor();
  assertEquals(pool._pool.settings.maxWorkers, navigator.hardwareConcurrency);
  const pages = await run(() =>
    withPool(pool, () => Array.fromAsync(pool.map(downloadOne, site.urls)))
  );
  assertEquals(pages, EXPECTED);
});

// S4-E4, S4-O3, S4-A1, S4-A5, S4-C17, S4-P3
Deno.test("asCompleted() gives submitted downloads as they end, map() in the order of the list", async () => {
  const others = Promise.withResolvers<void>();
  await using site = serveSites((index) => index === 0 ? others.promise : 1);
  const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
  await run(() =>
    withPool(pool, async () => {
      const toDo = site.urls.map((url) => pool.submit(downloadOne, url));
      assert(toDo.every((future) => future instanceof Future));
      const names: string[] = [];
      try {
        for await (const next of asCompleted(toDo)) {
          // TypeScript may take what `for await` gives for the future's result, though it is the future.
          names.push((next as unknown as Future<[string, number]>).result()[0]);
          if (names.length === site.urls.length - 1) others.resolve();
        }
      } finally {
        others.resolve();
      }
      assertEquals(names.toSorted(), Object.keys(SITES).toSorted());
      assertEquals(names.at(-1), "Arts"); // the first of the list, and the slowest
    })
  );
});

// S4-A2, S4-A3, S4-A4, S4-C15, S4-C16, S4-C23
Deno.test("ThreadPoolExecutor.submit() gives a future that can be asked, told and waited for", async () => {
  const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
  await run(() =>
    withPool(pool, async () => {
      const events: unknown[] = [];
      const future = pool.submit(square, 4);
      events.push(future.done());
      const tooEarly = errorOf(Promise.resolve().then(() => pool.submit(square, 1).result()));
      assertInstanceOf(await tooEarly, InvalidStateError);
      future.addDoneCallback((future) => events.push(["called with", future.result()]));
      await future;
      events.push(future.done(), future.result());
      future.addDoneCallback((future) => events.push(["called late with", future.result()]));
      await pool.submit(square, 1); // the callbacks run in the loop meanwhile
      assertEquals(events, [false, ["called with", 16], true, 16, ["called late with", 16]]);
      const failed = pool.submit(() => {
        throw new RangeError("no such page");
      });
      assertInstanceOf(await errorOf(failed), RangeError);
      assertInstanceOf(failed.exception(), RangeError);
    })
  );
});

// S4-P2
Deno.test("ThreadPoolExecutor.map() has its failures reported when nobody consumes them", async () => {
  const halve = (n: number) => {
    if (n % 2 !== 0) throw new RangeError(`${n} is odd`);
    return n / 2;
  };
  const reports: string[] = [];
  await run(async (): Promise<void> => {
    getRunningLoop().setExceptionHandler((_, { message, exception }) => {
      reports.push(`${message}: ${exception}`);
    });
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    pool.map(halve, [2, 3, 4], { chunksize: 3 });
    pool.submit(halve, 5);
    await pool.shutdown();
  });
  // In the order of the alphabet: results that come with one message are looked at in any order.
  assertEquals(reports.toSorted(), [
    "A job of map(halve) failed and nobody looked at its exception: RangeError: 3 is odd",
    'Job "halve" failed and nobody looked at its exception: RangeError: 5 is odd',
  ]);
});

Deno.test("ThreadPoolExecutor.map() has no failure reported that was consumed or left behind", async () => {
  const halve = (n: number) => {
    if (n % 2 !== 0) throw new RangeError(`${n} is odd`);
    return n / 2;
  };
  const events: unknown[] = [];
  await run(async (): Promise<void> => {
    getRunningLoop().setExceptionHandler((_, { message }) => events.push(message));
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const consumed = pool.map(halve, [1, 2], { chunksize: 2 });
    events.push(String(await errorOf(consumed.next())), (await consumed.next()).value);
    const left = pool.map(halve, [2, 3], { chunksize: 2 });
    for await (const half of left) {
      events.push(half);
      break;
    }
    await pool.shutdown();
  });
  assertEquals(events, ["RangeError: 1 is odd", 1, 1]);
});

// S4-C4: `x += 1` reads, adds and writes. Here the threads meet after the reading, as two that are
// switched in the middle would, so that the loss is no matter of luck.
Deno.test("ThreadPoolExecutor loses increments that are read and written apart, and no atomic ones", async () => {
  const memory = new Int32Array(new SharedArrayBuffer(12));
  const count = (memory: Int32Array, rounds: number) => {
    let meetings = 0;
    const meet = () => {
      Atomics.add(memory, 2, 1);
      meetings += 2;
      while (Atomics.load(memory, 2) < meetings);
    };
    for (let i = 0; i < rounds; i++) {
      const read = memory[0]!;
      meet();
      memory[0] = read + 1;
      Atomics.add(memory, 1, 1);
      meet();
    }
  };
  const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
  await run(() =>
    withPool(pool, () => gather([1, 2].map(() => pool.submit(count, memory, 100))).then(() => {}))
  );
  assertEquals([memory[0], memory[1]], [100, 200]);
});

// S4-C8: a small map-reduce.
Deno.test("ThreadPoolExecutor.map() counts words in parts that are added up", async () => {
  const pages = ["to be or not", "to be that is", "the question to"];
  const countWords = (page: string) => {
    const counts = new Map<string, number>();
    for (const word of page.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
  const totals = new Map<string, number>();
  await run(() =>
    withPool(pool, async () => {
      for await (const counts of pool.map(countWords, pages)) {
        for (const [word, n] of counts) totals.set(word, (totals.get(word) ?? 0) + n);
      }
    })
  );
  assertEquals([totals.get("to"), totals.get("be"), totals.get("question")], [3, 2, 1]);
});
