// The module in Node: threads are worker_threads there, and pools of processes say why there are none.

import { inNode } from "../support/in_node.ts";

// Globals of a worker, and of Node.
declare function checkCancelled(): void;
declare function reportProgress(value: unknown): void;
declare function transfer<T>(value: T, transferables: Transferable[]): T;
declare const process: {
  exit(code: number): never;
  getBuiltinModule(name: string): {
    readdirSync(path: string): string[];
    readonly parentPort: { postMessage(message: unknown): void };
  };
};

inNode("run() drives tasks, groups and queues of both styles", async (asyncio) => {
  const { CancelledError, createTask, Queue, run, sleep, TaskGroup, timeout } = asyncio;
  const events: unknown[] = [];
  await run(async () => {
    const queue = new Queue<number>(2);
    await TaskGroup.run((group) => {
      group.createTask(async () => {
        for (let n = 1; n <= 5; n++) await queue.put(n);
      });
      group.createTask(function* () {
        for (let n = 1; n <= 5; n++) events.push(yield* queue.get());
      });
    });
    const sleeper = createTask(async () => {
      try {
        await sleep(60_000);
      } catch (error) {
        events.push(error instanceof CancelledError ? "told" : error);
        throw error;
      }
    });
    await sleep(1);
    sleeper.cancel();
    await sleeper.then(() => {}, () => {});
    events.push(sleeper.cancelled());
    const late = await asyncio.asyncWith(timeout(5), () => sleep(60_000)).then(
      () => null,
      (error) => (error as Error).name,
    );
    events.push(late);
  });
  return events;
}, [1, 2, 3, 4, 5, "told", true, "TimeoutError"]);

inNode("ThreadPoolExecutor.submit() hands on results, errors and buffers", (asyncio) => {
  return asyncio.run(async () => {
    const pool = new asyncio.ThreadPoolExecutor({ maxWorkers: 1 });
    const sum = await pool.submit((a: number, b: number) => a + b, 1, 2);
    const awaited = await pool.submit((n: number) => Promise.resolve(n), 3);
    const driven = await pool.submit(
      function* () {
        return yield* asyncio.sleep(1, 4);
      } as unknown as () => number,
    );
    const bytes = new Uint8Array(1000);
    const moved = await pool.submit(
      (bytes: Uint8Array) => transfer(bytes, [bytes.buffer as ArrayBuffer]),
      asyncio.transfer(bytes, [bytes.buffer]),
    );
    const failing = pool.submit((limit: number) => {
      throw new RangeError(`more than ${limit}`, { cause: new TypeError("inner") });
    }, 5);
    const error = await failing.then(() => new Error(), (error) => error as Error);
    await pool.shutdown();
    return [
      [sum, awaited, driven, bytes.length, moved.length],
      [error instanceof RangeError, error.message, error.cause instanceof TypeError],
    ];
  });
}, [[3, 3, 4, 0, 1000], [true, "more than 5", true]]);

inNode("ThreadPoolExecutor.submit() loads jobs and their error classes from modules", (asyncio) => {
  const source = "export class Broke extends Error { price = 3 }" +
    "export const double = (n) => 2 * n; export const buy = () => { throw new Broke('no money') }";
  interface Jobs {
    double(n: number): number;
    buy(): never;
  }
  return asyncio.run(async () => {
    const jobs = asyncio.moduleJobs<Jobs>(`data:text/javascript,${encodeURIComponent(source)}`);
    const doubled = await asyncio.toThread(jobs.double, 21);
    const error = await asyncio.toThread(jobs.buy).then(
      () => new Error(),
      (error) => error as Error & { price: number },
    );
    return [doubled, error.constructor.name, error.message, "price" in error && error.price];
  });
}, [42, "Broke", "no money", 3]);

inNode("ThreadPoolExecutor.map() and .stream() hand values on in order", async (asyncio) => {
  return await asyncio.run(async () => {
    const pool = new asyncio.ThreadPoolExecutor({ maxWorkers: 2 });
    const mapped: number[] = [];
    for await (const n of pool.map((n: number) => n * n, [1, 2, 3, 4])) mapped.push(n);
    let streamed = 0;
    const count = function* (n: number) {
      for (let i = 1; i <= n; i++) yield i;
    };
    for await (const n of pool.stream(count, 100)) streamed += n;
    for await (const n of pool.stream(count, Infinity)) if (n === 3) break;
    await pool.shutdown();
    return [mapped, streamed];
  });
}, [[1, 4, 9, 16], 5050]);

inNode("ThreadPoolExecutor.submit() stops tight loops, those that check and others", (asyncio) => {
  const { CancelledError, Event, run, ThreadPoolExecutor } = asyncio;
  const checks = () => {
    reportProgress("begun");
    for (;;) checkCancelled();
  };
  const heedless = () => {
    reportProgress("begun");
    for (;;);
  };
  return run(async () => {
    const outcomes: unknown[] = [];
    const pool = new ThreadPoolExecutor({ maxWorkers: 1, cancelGraceMs: 20 });
    for (const loop of [checks, heedless]) {
      const begun = new Event();
      const job = pool.submitWith({ onProgress: () => begun.set() }, loop);
      await begun.wait();
      job.cancel();
      outcomes.push(await job.catch((error: unknown) => error instanceof CancelledError));
      outcomes.push(await pool.submit(() => "next"));
    }
    outcomes.push(pool.stats().zombie);
    await pool.shutdown();
    return outcomes;
  });
}, [true, "next", true, "next", 0]);

inNode("ThreadPoolExecutor.submit() fails the one job that ends its worker", (asyncio) => {
  const { BrokenExecutor, gather, run, ThreadPoolExecutor } = asyncio;
  const never = () => new Promise(() => {});
  const deaths = {
    exits: () => process.exit(3),
    throws: () => {
      setTimeout(() => {
        throw new Error("stray");
      });
      return new Promise(() => {});
    },
    rejects: () => {
      Promise.reject(new Error("stray"));
      return new Promise(() => {});
    },
    hoards: () => {
      const all: unknown[] = [];
      for (;;) all.push({ all: all.length, more: [all.length] });
    },
    posts: () => {
      process.getBuiltinModule("node:worker_threads").parentPort.postMessage("mine");
      return new Promise(() => {});
    },
  };
  return run(async () => {
    const told: unknown[] = [];
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    for (const [name, die] of Object.entries(deaths)) {
      const dead = pool.submitWith({ name }, die as typeof never);
      const others = gather(Array.from({ length: 20 }, (_, i) => pool.submit((i: number) => i, i)));
      const error = await dead.catch((error) => error) as Error;
      told.push(error instanceof BrokenExecutor, error.message.includes(`"${name}"`));
      told.push((await others).length);
    }
    await pool.shutdown();
    return told;
  });
}, Array(5).fill([true, true, 20]).flat());

inNode("ThreadPoolExecutor.shutdown() leaves no thread", async (asyncio) => {
  const countThreads = () =>
    process.getBuiltinModule("node:fs").readdirSync("/proc/self/task").length;
  return await asyncio.run(async () => {
    const before = countThreads();
    const pool = new asyncio.ThreadPoolExecutor({ maxWorkers: 3, minWorkers: 3 });
    await pool.submit(() => "warm");
    const during = countThreads();
    await pool.shutdown();
    const end = performance.now() + 5000;
    while (countThreads() > before && performance.now() < end) await asyncio.sleep(5);
    return [during - before >= 3, countThreads() - before];
  });
}, [true, 0]);

inNode("ThreadPoolExecutor lets the program end when its workers have idled", async (asyncio) => {
  const pool = new asyncio.ThreadPoolExecutor({ idleMs: 50 });
  return await pool.submit(() => "never shut down");
}, "never shut down");

inNode(
  "ThreadPoolExecutor.submit() runs jobs of a program that is no file",
  async (asyncio) => {
    const pool = new asyncio.ThreadPoolExecutor({ maxWorkers: 1 });
    const result = await pool.submit((n: number) => 2 * n, 21);
    await pool.shutdown();
    return result;
  },
  42,
  "text",
);

inNode("Executors that Node has nothing for are refused by their constructors", (asyncio) => {
  const { ProcessPoolExecutor, RuntimeError, ThreadPoolExecutor } = asyncio;
  return [
    () => new ProcessPoolExecutor(),
    () => new ThreadPoolExecutor({ permissions: "none" }),
  ].map((make) => {
    try {
      return make();
    } catch (error) {
      return error instanceof RuntimeError && error.message;
    }
  });
}, [
  "Cannot make a pool of processes: they are Deno's, and this is not Deno",
  "Cannot restrict the permissions of threads: they are Deno's, and this is not Deno",
]);
