// Jobs that were sent to a process before it came to them. All of them are real: what a process has begun
// when it dies, and what its reading thread gives back, shows on no fake one.

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { BrokenExecutor, CancelledError, gather, type ProcessPoolExecutor } from "../../mod.ts";
import { withProcesses } from "../support/processes.ts";
import { within } from "../support/within.ts";

// Globals of a worker.
declare function reportProgress(value: unknown): void;
declare function checkCancelled(): void;
declare function jobSignal(): AbortSignal;

const echo = (n: number) => n;
const pid = () => Deno.pid;

/** Notes the job's number before anything else, so that a job that begins twice shows. */
function note(path: string, n: number): number {
  Deno.writeTextFileSync(path, `${n}\n`, { append: true });
  return n;
}

function killItself(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  for (;;);
}

/** Reports that it has begun, and runs until it is cancelled. */
function loop(): never {
  reportProgress("begun");
  for (;;) checkCancelled();
}

async function untilCancelled(): Promise<void> {
  const signal = jobSignal();
  reportProgress("begun");
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

/** Has all processes up, and the pool know that jobs are quick: how soon it does is up to the machine. */
async function warm(pool: ProcessPoolExecutor): Promise<void> {
  const { crew, settings } = pool._pool;
  do {
    await gather(Array.from({ length: 40 }, (_, n) => pool.submit(echo, n)));
  } while (crew.size < settings.maxWorkers || [...crew.seats].some(({ window }) => window < 32));
}

/** Submits a job that reports that it has begun, and waits for that. */
async function begin<T>(pool: ProcessPoolExecutor, job: () => T) {
  const begun = Promise.withResolvers<void>();
  const future = pool.submitWith({ onProgress: () => begun.resolve() }, job);
  await begun.promise;
  return { future }; // by itself it would be awaited
}

withProcesses(
  "ProcessPoolExecutor.submit() fails only the job that a process had begun when it died, and runs each once",
  { maxWorkers: 1 },
  async (pool) => {
    const path = await Deno.makeTempFile();
    try {
      await warm(pool);
      const before = Array.from({ length: 10 }, (_, n) => pool.submit(note, path, n));
      const fatal = pool.submitWith({ name: "fatal" }, killItself);
      const after = Array.from({ length: 10 }, (_, n) => pool.submit(note, path, 10 + n));
      const error = await assertRejects(() => fatal, BrokenExecutor);
      assertStringIncludes(error.message, `"fatal"`);
      const numbers = Array.from({ length: 20 }, (_, n) => n);
      assertEquals(await gather([...before, ...after]), numbers);
      assertEquals(await Deno.readTextFile(path), numbers.map((n) => `${n}\n`).join(""));
    } finally {
      await Deno.remove(path);
    }
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() sends jobs ahead, and never runs one that was cancelled before it began",
  { maxWorkers: 1, cancelGraceMs: 60_000 },
  async (pool) => {
    await warm(pool);
    const { future: running } = await begin(pool, loop);
    const state = (name: string) => (globalThis as Record<string, unknown>)[name];
    const waiting = pool.submit(() => void Object.assign(globalThis, { hasRun: true }));
    const next = pool.submit(state, "hasRun");
    await Promise.resolve(); // at the end of the turn they are sent
    assertEquals(pool.stats().running, 3);
    waiting.cancel();
    await assertRejects(() => waiting, CancelledError);
    await within(() => pool.stats().running === 2, 5000, () => "it was not given back");
    running.cancel();
    assertEquals(await next, undefined);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() gives a cancelled job no time to stop while it waits for another",
  { maxWorkers: 1, cancelGraceMs: 20 },
  async (pool) => {
    await warm(pool);
    const first = await pool.submit(pid);
    // Longer than the grace by far, and deaf.
    const { future: running } = await begin(pool, () => {
      reportProgress("begun");
      for (const end = performance.now() + 300; performance.now() < end;);
      return Deno.pid;
    });
    const waiting = pool.submit(echo, 1);
    await Promise.resolve();
    waiting.cancel();
    assertEquals(await running, first);
    assertEquals(await pool.submit(pid), first);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() runs what waits behind a job whose process was killed for it",
  { maxWorkers: 1, cancelGraceMs: 20 },
  async (pool) => {
    await warm(pool);
    const first = await pool.submit(pid);
    const { future: deaf } = await begin(pool, () => {
      reportProgress("begun");
      for (;;);
    });
    const behind = Array.from(
      { length: 5 },
      (_, n) => pool.submit((n: number) => [n, Deno.pid], n),
    );
    deaf.cancel();
    const results = await gather(behind);
    assertEquals(results.map(([n]) => n), [0, 1, 2, 3, 4]);
    assert(results.every(([, pid]) => pid !== first));
  },
);

for (
  const [how, job] of [["in a synchronous loop", loop], ["that waits", untilCancelled]] as const
) {
  withProcesses(
    `ProcessPoolExecutor.submit() gives an idle process what was sent behind a job ${how}`,
    { maxWorkers: 2, cancelGraceMs: 60_000 },
    async (pool) => {
      await warm(pool);
      const { future: long } = await begin(pool, job as () => unknown);
      const { future: short } = await begin(pool, job as () => unknown);
      const behind = Array.from({ length: 6 }, (_, n) => pool.submit(echo, n));
      await Promise.resolve();
      assertEquals(pool.stats().running, 8);
      short.cancel();
      assertEquals(await gather(behind), [0, 1, 2, 3, 4, 5]);
      assert(!long.done());
      long.cancel();
    },
  );
}

withProcesses(
  "ProcessPoolExecutor.submit() runs jobs that were sent ahead in the order of their submission",
  { maxWorkers: 1 },
  async (pool) => {
    await warm(pool);
    const count = () => {
      const state = globalThis as { count?: number };
      return state.count = (state.count ?? 0) + 1;
    };
    const counts = await gather(Array.from({ length: 300 }, () => pool.submit(count)));
    assertEquals(counts, counts.map((_, n) => n + 1));
  },
);

withProcesses(
  "ProcessPoolExecutor.shutdown() cancels what was sent ahead and had not begun",
  { maxWorkers: 1 },
  async (pool) => {
    await warm(pool);
    const { future: running } = await begin(pool, untilCancelled);
    const ahead = Array.from({ length: 3 }, (_, n) => pool.submit(echo, n));
    await Promise.resolve();
    assertEquals(pool.stats().running, 4);
    const shut = pool.shutdown({ cancelFutures: true });
    for (const job of ahead) await assertRejects(() => job, CancelledError);
    assert(!running.done());
    running.cancel();
    await shut;
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() fails all that a process holds which has written what it should not",
  { maxWorkers: 1 },
  async (pool) => {
    await warm(pool);
    const { future: hostile } = await begin(pool, () => {
      reportProgress("begun");
      return new Promise((resolve) =>
        setTimeout(() => {
          Deno.openSync("/dev/fd/1", { write: true }).writeSync(new Uint8Array(9));
          resolve(null);
        }, 50)
      );
    });
    const behind = pool.submit(echo, 1);
    await Promise.resolve();
    assertEquals(pool.stats().running, 2);
    await assertRejects(() => hostile, BrokenExecutor);
    await assertRejects(() => behind, BrokenExecutor); // nobody can tell whether it has begun
    assertEquals(await pool.submit(echo, 2), 2);
  },
);
