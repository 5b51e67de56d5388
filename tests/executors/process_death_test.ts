// Real processes that die in every way a process can. What is waited for is an outcome, never a time.

import { BrokenExecutor, RuntimeError } from "../../mod.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { isRunning, processEnds, withProcesses } from "../support/processes.ts";

// Globals of a worker.
declare function reportProgress(value: unknown): void;
declare function jobSignal(): AbortSignal;

const pid = () => Deno.pid;
const double = (n: number) => 2 * n;

function loop(): never {
  for (;;);
}

withProcesses(
  "ProcessPoolExecutor.submit() fails exactly the job whose process is killed, by its name",
  { maxWorkers: 2 },
  async (pool) => {
    const started = Promise.withResolvers<number>();
    const options = { name: "victim", onProgress: (id: unknown) => started.resolve(id as number) };
    const victim = pool.submitWith(options, () => {
      reportProgress(Deno.pid);
      for (;;);
    });
    const others = Array.from({ length: 20 }, (_, i) => pool.submit(double, i));
    assertEquals(await Promise.all(others), others.map((_, i) => 2 * i));
    Deno.kill(await started.promise, "SIGKILL");
    const error = await assertRejects(() => victim, BrokenExecutor);
    assertStringIncludes(error.message, `"victim"`);
    assertStringIncludes(error.message, "SIGKILL");
    assertEquals(await pool.submit(double, 21), 42);
  },
);

for (
  const [how, job, said] of [
    ["Deno.exit()", () => Deno.exit(3), "code 3"],
    ["Deno.exit(0)", () => Deno.exit(0), "code 0"],
    ["an uncaught error", uncaught, "code 1"],
    ["its own SIGKILL", killItself, "SIGKILL"],
    ["closing its output", () => Deno.stdout.close(), "code 1"],
  ] as const
) {
  withProcesses(
    `ProcessPoolExecutor.submit() fails with BrokenExecutor when a job's process ends by ${how}`,
    { maxWorkers: 1 },
    async (pool) => {
      const first = pool.submitWith({ name: "ends" }, job as () => unknown);
      const second = pool.submit(double, 4);
      const error = await assertRejects(() => first, BrokenExecutor);
      assertStringIncludes(error.message, `"ends"`);
      assertStringIncludes(error.message, said);
      assertEquals(await second, 8);
    },
  );
}

withProcesses(
  "ProcessPoolExecutor.submit() does not wait for who keeps the output of a process that has ended",
  { maxWorkers: 1 },
  async (pool) => {
    const started = Promise.withResolvers<number>();
    const options = { onProgress: (id: unknown) => started.resolve(id as number) };
    const job = pool.submitWith(options, () => {
      const heir = new Deno.Command("sleep", { args: ["60"], stdout: "inherit" }).spawn();
      reportProgress(heir.pid);
      Deno.exit(4);
    });
    const heir = await started.promise;
    try {
      const error = await assertRejects(() => job, BrokenExecutor);
      assertStringIncludes(error.message, "code 4");
      assert(isRunning(heir));
    } finally {
      Deno.kill(heir, "SIGKILL");
    }
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() fails with BrokenExecutor when a job needs more than maxHeapBytes",
  { maxWorkers: 1, maxHeapBytes: 32 * 2 ** 20 },
  async (pool) => {
    const glutton = pool.submit(() => {
      const all: unknown[] = [];
      for (;;) all.push({ all: all.length, more: [all.length] });
    });
    const modest = pool.submit(double, 5);
    const error = await assertRejects(() => glutton, BrokenExecutor);
    assertStringIncludes(error.message, "memory");
    assertEquals(await modest, 10);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() kills an endless loop once it was cancelled and its grace is over",
  { maxWorkers: 1, cancelGraceMs: 20 },
  async (pool) => {
    const first = await pool.submit(pid);
    const endless = pool.submit(loop);
    const next = pool.submit(pid);
    endless.cancel();
    await assertRejects(() => endless);
    assert(endless.cancelled());
    assert(await next !== first);
    await processEnds(first);
  },
);

withProcesses(
  "ProcessPoolExecutor.submitWith() kills an endless loop whose time is up",
  { maxWorkers: 1, cancelGraceMs: 20 },
  async (pool) => {
    const first = await pool.submit(pid);
    const error = await assertRejects(() => pool.submitWith({ timeoutMs: 30 }, loop));
    assertEquals((error as Error).name, "TimeoutError");
    await processEnds(first);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() lets a cancelled job that heeds its signal keep its process",
  { maxWorkers: 1, cancelGraceMs: 60_000 },
  async (pool) => {
    const first = await pool.submit(pid);
    const started = Promise.withResolvers<void>();
    const waits = pool.submitWith({ onProgress: () => started.resolve() }, async () => {
      const signal = jobSignal(); // before the cancel, of which it is to tell
      reportProgress("started");
      await new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason))
      );
    });
    await started.promise;
    waits.cancel();
    assertEquals(await pool.submit(pid), first);
  },
);

withProcesses(
  "ProcessPoolExecutor.killWorkers() fails what has not ended and leaves no process",
  { maxWorkers: 2 },
  async (pool) => {
    const pids = [await pool.submit(pid)];
    const jobs = [pool.submit(loop), pool.submit(loop), pool.submit(double, 1)];
    await pool.killWorkers();
    for (const job of jobs) await assertRejects(() => job, BrokenExecutor);
    for (const gone of pids) await processEnds(gone);
    assertEquals(pool._pids, []);
    assertThrows(() => pool.submit(double, 1), RuntimeError);
  },
);

withProcesses(
  "ProcessPoolExecutor.terminateWorkers() asks first, and kills who does not listen",
  { maxWorkers: 1, cancelGraceMs: 30 },
  async (pool) => {
    const started = Promise.withResolvers<number>();
    const options = { onProgress: (id: unknown) => started.resolve(id as number) };
    const deaf = pool.submitWith(options, async () => {
      Deno.addSignalListener("SIGTERM", () => {});
      reportProgress(Deno.pid);
      await new Promise(() => {});
    });
    const gone = await started.promise;
    await pool.terminateWorkers();
    await assertRejects(() => deaf, BrokenExecutor);
    await processEnds(gone);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() fails all jobs when processes end in their initializer",
  { maxWorkers: 1, initializer: () => Deno.exit(9) },
  async (pool) => {
    const jobs = [pool.submit(double, 1), pool.submit(double, 2)];
    for (const job of jobs) {
      const error = await assertRejects(() => job, BrokenExecutor);
      assertStringIncludes(error.message, "cannot be started");
    }
    assertThrows(() => pool.submit(double, 1), BrokenExecutor);
  },
);

function uncaught(): Promise<never> {
  queueMicrotask(() => {
    throw new Error("nobody catches this");
  });
  return new Promise(() => {});
}

function killItself(): void {
  Deno.kill(Deno.pid, "SIGKILL");
  for (;;);
}
