// Processes that hang. They are real, and asked more often than users' are, so that silence is noticed soon.

import type { WorkerSetup } from "../../src/executors/channel.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { BrokenExecutor, run } from "../../mod.ts";
import { PoolExecutor } from "../../src/executors/pool_executor.ts";
import { poolSettings } from "../../src/executors/pool_options.ts";
import { processArgs } from "../../src/executors/process_command.ts";
import { FrameReader, PULSE_MARK, signFrame } from "../../src/executors/process_frames.ts";
import { fromBody, toFrame } from "../../src/executors/process_values.ts";
import { ProcessChannel } from "../../src/executors/process_channel.ts";
import { Pulse } from "../../src/executors/process_pulse.ts";

// Globals of a worker.
declare function reportProgress(value: unknown): void;
declare function checkCancelled(): void;

/** With one worker, which is asked every so often whether it lives. */
class AskingPool extends PoolExecutor {
  started = 0;

  constructor(askMs: number) {
    super("the asking pool", poolSettings({ maxWorkers: 1 }, 1), (events, setup) => {
      this.started++;
      return new ProcessChannel(events, spawnWorker(setup), askMs);
    }, true);
  }
}

function spawnWorker(setup: WorkerSetup): Deno.ChildProcess {
  const args = processArgs(setup);
  return new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped" }).spawn();
}

function withAskingPool(
  name: string,
  askMs: number,
  body: (pool: AskingPool) => Promise<void>,
): void {
  Deno.test(name, () =>
    run(async () => {
      const pool = new AskingPool(askMs);
      try {
        await body(pool);
      } finally {
        await pool.shutdown({ cancelFutures: true });
      }
    }));
}

withAskingPool(
  "ProcessPoolExecutor.submit() fails the job of a process that was stopped, by its name",
  100,
  async (pool) => {
    const stopped = pool.submitWith({ name: "stopped" }, () => Deno.kill(Deno.pid, "SIGSTOP"));
    const next = pool.submit(() => "next");
    const error = await assertRejects(() => stopped, BrokenExecutor);
    assertStringIncludes(error.message, `"stopped"`);
    assertStringIncludes(error.message, "no answer");
    assertEquals(await next, "next");
  },
);

withAskingPool(
  "ProcessPoolExecutor.submit() fails a job that its process never begins, by its name",
  100,
  async (pool) => {
    const hang = pool.submit(() =>
      void setTimeout(() => {
        for (;;);
      })
    );
    await hang;
    const unbegun = pool.submitWith({ name: "unbegun" }, () => 1);
    const next = pool.submit(() => "next");
    const error = await assertRejects(() => unbegun, BrokenExecutor);
    assertStringIncludes(error.message, `"unbegun"`);
    assertStringIncludes(error.message, "outside of any job");
    assertEquals(await next, "next");
  },
);

withAskingPool(
  "ProcessPoolExecutor.submit() lets a process be that answers from within a synchronous loop",
  100,
  async (pool) => {
    const begun = Promise.withResolvers<void>();
    const loop = pool.submitWith({ onProgress: () => begun.resolve() }, () => {
      reportProgress("begun");
      for (;;) checkCancelled();
    });
    await begun.promise;
    await new Promise((resolve) => setTimeout(resolve, 1500)); // five more questions than may be lost
    assert(!loop.done());
    loop.cancel();
    assertEquals(await pool.submit(() => "next"), "next");
    assertEquals(pool.started, 1);
  },
);

Deno.test("A worker process keeps its answers out of the middle of its messages", async () => {
  const child = spawnWorker({ name: "asked", permissions: "none", maxHeapBytes: Infinity });
  const input = child.stdin.getWriter();
  const size = 8_000_000;
  const source = `() => new Uint8Array(${size}).fill(7)`;
  const jobs = [1, 2, 3, 4, 5].map((id) => ["run", id, 0, 1, "call", []]);
  let answers = 0;
  const results: unknown[] = [];
  let asking: ReturnType<typeof setInterval> | null = null;
  const reader = new FrameReader(undefined, () => answers++);
  for await (const bytes of child.stdout) {
    for (const body of reader.push(bytes)) {
      for (const [kind, , value] of fromBody(body) as [string, number, Uint8Array][]) {
        if (kind === "done") results.push([value.length, value.every((byte) => byte === 7)]);
      }
      if (asking !== null) continue;
      // It is up. Its first messages have to be whole before it is asked.
      await input.write(toFrame([["function", 1, "fill", source], ...jobs]));
      asking = setInterval(() => input.write(signFrame(PULSE_MARK, 0)).catch(() => {}), 0);
    }
    if (results.length === jobs.length && answers > 0) break;
  }
  clearInterval(asking ?? undefined);
  child.kill("SIGKILL");
  await child.status;
  await input.abort().catch(() => {});
  assertEquals(results, Array(jobs.length).fill([size, true]));
});

Deno.test("Pulse.check() finds fault after ten questions without an answer, whatever the time", () => {
  let asked = 0;
  const pulse = new Pulse(() => asked++, 1000);
  pulse.speaks();
  let now = 0;
  for (let i = 0; i < 10; i++) assertEquals(pulse.check(now += 60_000), null);
  assertEquals(pulse.check(now + 999), null);
  assertStringIncludes(pulse.check(now + 1000)!, "no answer for 10 s");
  assertEquals(asked, 10);
});

for (const sign of ["takes", "speaks"] as const) {
  Deno.test(`Pulse.check() finds no fault with a process that ${sign}`, () => {
    const pulse = new Pulse(() => {}, 1000);
    pulse.speaks();
    for (let now = 0; now < 100_000; now += 1000) {
      if (now % 10_000 === 0) pulse[sign]();
      assertEquals(pulse.check(now), null);
    }
  });
}

Deno.test("Pulse.check() waits longer for a process's first word", () => {
  const pulse = new Pulse(() => {}, 1000);
  let now = 0;
  for (let i = 0; i < 60; i++) assertEquals(pulse.check(now += 1000), null);
  assertStringIncludes(pulse.check(now + 1000)!, "no answer for 60 s");
});

Deno.test("Pulse.check() finds fault with a process that only ever rests, and none that ends jobs", () => {
  const pulse = new Pulse(() => {}, 1000);
  const rest = (now: number) => {
    const wrong = pulse.check(now);
    pulse.speaks();
    pulse.answers(false);
    return wrong;
  };
  let now = 0;
  for (let i = 0; i < 30; i++) {
    if (i % 10 === 9) pulse.works();
    assertEquals(rest(now += 1000), null);
  }
  pulse.answers(true);
  for (let i = 0; i < 10; i++) assertEquals(rest(now += 1000), null);
  assertStringIncludes(rest(now += 1000)!, "outside of any job");
});
