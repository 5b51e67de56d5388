// Rows on blocking functions, of the documents on Future and Task and on the event loop. Threads and
// processes run on the host's time, so no virtual clock; what is compared is order.

import { assert, assertEquals, assertGreater } from "@std/assert";
import { downloadOne, serveSites } from "./s4_download_site.ts";
import {
  createTask,
  Future,
  getRunningLoop,
  ProcessPoolExecutor,
  run,
  sleep,
  ThreadPoolExecutor,
  toThread,
} from "../../mod.ts";

/** Blocks its thread, as reading a file in Python does. */
const blockingIo = (ms: number) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return "IO 작업 완료";
};

/** Counts iterations of the loop while somebody else waits. */
function startTicking(): { stop(): number } {
  let ticks = 0;
  const ticker = createTask(function* () {
    for (;;) {
      yield* sleep(5);
      ticks++;
    }
  });
  return {
    stop() {
      ticker.cancel();
      return ticks;
    },
  };
}

// S0-E7
Deno.test("EventLoop.runInExecutor() leaves the loop to others while a thread blocks", async () => {
  await run(async (): Promise<void> => {
    const pool = new ThreadPoolExecutor();
    const ticking = startTicking();
    const future = getRunningLoop().runInExecutor(pool, blockingIo, 200);
    assert(future instanceof Future);
    assertEquals(await future, "IO 작업 완료");
    assertGreater(ticking.stop(), 3);
    await pool.shutdown();
  });
});

// S0-P1
Deno.test("ThreadPoolExecutor leaves the loop to others while its end waits for jobs", async () => {
  await run(async (): Promise<void> => {
    const ticking = startTicking();
    let job: Future<string>;
    {
      await using pool = new ThreadPoolExecutor();
      job = pool.submit(blockingIo, 200);
    }
    assertEquals(job.result(), "IO 작업 완료");
    assertGreater(ticking.stop(), 3);
  });
});

// S2-E12, as a generator and as an async function
Deno.test("toThread() leaves the loop to others while it fetches (generator)", async () => {
  await using site = serveSites(() => 50);
  const page = await run(function* () {
    const ticking = startTicking();
    const page = yield* toThread(downloadOne, site.urls[0]!);
    assertGreater(ticking.stop(), 0);
    return page;
  });
  assertEquals(page, ["Arts", 129886]);
});

Deno.test("toThread() leaves the loop to others while it fetches (async)", async () => {
  await using site = serveSites(() => 50);
  const page = await run(async () => {
    const ticking = startTicking();
    const page = await toThread(downloadOne, site.urls[0]!);
    assertGreater(ticking.stop(), 0);
    return page;
  });
  assertEquals(page, ["Arts", 129886]);
});

// S2-E13
Deno.test("EventLoop.runInExecutor() runs heavy work in a process", async () => {
  const cpuHeavy = (n: number) => {
    let sum = 0;
    for (let i = 1; i <= n; i++) sum += i;
    return sum;
  };
  await run(async (): Promise<void> => {
    const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
    const ticking = startTicking();
    assertEquals(await getRunningLoop().runInExecutor(pool, cpuHeavy, 1_000_000), 500000500000);
    assertGreater(ticking.stop(), 0);
    await pool.shutdown();
  });
});
