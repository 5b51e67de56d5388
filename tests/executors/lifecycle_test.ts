// How pools begin and end. They are real threads, counted by the system.

import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { countThreads, errorOf, threadsBackTo } from "../support/every_executor.ts";
import {
  CancelledError,
  Event,
  gather,
  getRunningLoop,
  InlineExecutor,
  reportProgress,
  run,
  RuntimeError,
  sleep,
  ThreadPoolExecutor,
  toThread,
} from "../../mod.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(() => resolve(ms), ms));
const workerName = () => self.name;

Deno.test("run() shuts the default executor down at its end, and waits for its jobs", async () => {
  const before = countThreads();
  const written = new Int32Array(new SharedArrayBuffer(4));
  await run(async () => {
    getRunningLoop().runInExecutor(null, async (written: Int32Array) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      written[0] = 42;
    }, written);
    await toThread(() => 1);
  });
  assertEquals(written[0], 42);
  await threadsBackTo(before);
});

Deno.test("toThread() outside of run() does not keep the program from ending", async () => {
  const library = new URL("../../mod.ts", import.meta.url).href;
  const program = `const { toThread } = await import(${JSON.stringify(library)});
    console.log(await toThread((n) => n + 1, 41));`;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--no-lock", program],
    signal: AbortSignal.timeout(20_000),
  }).output();
  assertEquals([code, new TextDecoder().decode(stdout)], [0, "42\n"]);
});

Deno.test("run() shuts down the executor that was set as default", async () => {
  const executor = new InlineExecutor();
  await run(async () => {
    getRunningLoop().setDefaultExecutor(executor);
    assertEquals(await toThread((n: number) => n + 1, 1), 2);
  });
  assertThrows(() => executor.submit(() => 1), RuntimeError);
});

Deno.test("EventLoop.shutdownDefaultExecutor() gives up waiting after its time", async () => {
  await run(async (): Promise<void> => {
    const loop = getRunningLoop();
    const executor = new ThreadPoolExecutor({ cancelGraceMs: 1 });
    loop.setDefaultExecutor(executor);
    const job = loop.runInExecutor(null, () => new Promise(() => {}));
    await loop.shutdownDefaultExecutor(20);
    assert(!job.done());
    job.cancel();
    await executor.shutdown();
  });
});

Deno.test("ThreadPoolExecutor.shutdown() waits for all jobs and leaves no thread", async () => {
  const before = countThreads();
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
    const jobs = [30, 20, 10].map((ms) => pool.submit(pause, ms));
    await pool.shutdown();
    assertEquals(jobs.map((job) => job.result()), [30, 20, 10]);
  });
  await threadsBackTo(before);
});

Deno.test("ThreadPoolExecutor.shutdown() cancels what has not started, when asked to", async () => {
  const before = countThreads();
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const begun = new Event();
    const running = pool.submitWith({ onProgress: () => begun.set() }, async () => {
      reportProgress("begun");
      await new Promise((resolve) => setTimeout(resolve, 30));
      return "done";
    });
    await begun.wait();
    const waiting = Array.from({ length: 10 }, () => pool.submit(pause, 30));
    await pool.shutdown({ cancelFutures: true });
    assertEquals(running.result(), "done");
    for (const job of waiting) assertInstanceOf(await errorOf(job), CancelledError);
  });
  await threadsBackTo(before);
});

Deno.test("ThreadPoolExecutor.shutdown() returns at once without wait, and ends all the same", async () => {
  const before = countThreads();
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const job = pool.submit(pause, 30);
    await pool.shutdown({ wait: false });
    assert(!job.done());
    assertThrows(() => pool.submit(() => 1), RuntimeError);
    assertEquals(await job, 30);
  });
  await threadsBackTo(before);
});

Deno.test("ThreadPoolExecutor starts workers on demand, no more than it may", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 3 });
    assertEquals(pool.stats().workers, 0);
    await pool.submit(() => 1);
    await pool.submit(() => 1);
    assertEquals(pool.stats().workers, 1);
    await gather(Array.from({ length: 8 }, () => pool.submit(pause, 20)));
    assertEquals(pool.stats().workers, 3);
    await pool.shutdown();
    assertEquals(pool.stats().workers, 0);
  });
});

Deno.test("ThreadPoolExecutor does without process, which Deno makes when first asked", async () => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, "process")!;
  let asked = 0;
  Object.defineProperty(globalThis, "process", { configurable: true, get: () => void asked++ });
  try {
    await run(async () => {
      const pool = new ThreadPoolExecutor({ maxHeapBytes: 1e9 });
      assertEquals(await pool.submit(() => "done"), "done");
      await pool.shutdown();
    });
  } finally {
    Object.defineProperty(globalThis, "process", descriptor);
  }
  assertEquals(asked, 0);
});

Deno.test("ThreadPoolExecutor ends idle workers, down to its minimum", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 3, minWorkers: 1, idleMs: 30 });
    await gather([1, 2, 3].map(() => pool.submit(pause, 10)));
    while (pool.stats().workers! > 1) await sleep(5);
    await sleep(60); // long enough for the last one to end, if it would
    assertEquals(pool.stats().workers, 1);
    assertEquals(await pool.submit(() => "warm"), "warm");
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor replaces workers after maxTasksPerChild jobs", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({
      maxWorkers: 1,
      maxTasksPerChild: 2,
      threadNamePrefix: "child",
    });
    const names: string[] = [];
    for (let i = 0; i < 5; i++) names.push(await pool.submit(workerName));
    assertEquals(names, ["child-1", "child-1", "child-2", "child-2", "child-3"]);
    const crowd = await gather(Array.from({ length: 20 }, () => pool.submit(workerName)));
    assert(crowd.every((name) => crowd.filter((other) => other === name).length <= 2));
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor replaces a worker whose heap has grown too large", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1, maxHeapBytes: 60_000_000 });
    const hoard = () => {
      const kept = Array.from({ length: 10_000_000 }, (_, i) => i + 0.5);
      Object.assign(globalThis, { kept });
      return self.name;
    };
    assertEquals(await pool.submit(workerName), "worker-1");
    assertEquals(await pool.submit(hoard), "worker-1");
    assertEquals(await pool.submit(workerName), "worker-2");
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor runs its initializer on each worker, before any job", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({
      maxWorkers: 2,
      initializer: async (greeting: string) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        Object.assign(globalThis, { greeting });
      },
      initargs: ["hello"],
    });
    const greet = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return (globalThis as { greeting?: string }).greeting;
    };
    assertEquals(await gather([pool.submit(greet), pool.submit(greet)]), ["hello", "hello"]);
    assertEquals(pool.stats().workers, 2);
    await pool.shutdown();
  });
});

const quick = (n: number) => n;
/** Keeps its thread until it is told to go on. */
const block = (goOn: Int32Array) => {
  while (Atomics.load(goOn, 0) === 0);
  return "long";
};

Deno.test("ThreadPoolExecutor hands jobs that wait behind a long one to an idle worker", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
    const goOn = new Int32Array(new SharedArrayBuffer(4));
    // Quick ones first, so that the pool sends ahead.
    await gather(Array.from({ length: 2000 }, (_, i) => pool.submit(quick, i)));
    const long = pool.submit(block, goOn);
    const behind = Array.from({ length: 100 }, (_, i) => pool.submit(quick, i));
    assertEquals(await gather(behind), Array.from({ length: 100 }, (_, i) => i));
    assert(!long.done());
    Atomics.store(goOn, 0, 1);
    assertEquals(await long, "long");
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor hands a quick result over while the job behind it runs", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const goOn = new Int32Array(new SharedArrayBuffer(4));
    await gather(Array.from({ length: 2000 }, (_, i) => pool.submit(quick, i)));
    const ahead = Array.from({ length: 10 }, (_, i) => pool.submit(quick, i));
    const long = pool.submit(block, goOn);
    await gather(ahead);
    assert(!long.done());
    Atomics.store(goOn, 0, 1);
    assertEquals(await long, "long");
    await pool.shutdown();
  });
});
