// Workers that are ended while results of theirs are on their way. Most of them run right here, so that
// the test says when a result arrives; the last ones are threads.

import { assert, assertEquals, assertInstanceOf, assertStringIncludes } from "@std/assert";
import {
  BrokenExecutor,
  CancelledError,
  type Future,
  gather,
  reportProgress,
  run,
  ThreadPoolExecutor,
  transfer,
} from "../../mod.ts";
import type { Channel, ChannelEvents } from "../../src/executors/channel.ts";
import { JobBoard } from "../../src/executors/job_board.ts";
import { JobRunner } from "../../src/executors/job_runner.ts";
import { PoolExecutor } from "../../src/executors/pool_executor.ts";
import { poolSettings } from "../../src/executors/pool_options.ts";
import type { ToWorker } from "../../src/executors/protocol.ts";
import { errorOf } from "../support/every_executor.ts";
import { within } from "../support/within.ts";
import { stub } from "@std/testing/mock";

/** Runs jobs when they are sent; what they post is kept until it is delivered. */
class SlowChannel implements Channel {
  readonly board = new JobBoard();
  readonly recall = null;
  readonly endsLoops = true;
  readonly #unread: unknown[] = [];
  readonly #runner = new JobRunner((batch) => this.#unread.push(batch), this.board);
  killed = false;
  /** Its loop is kept from taking what is sent. */
  hangs = false;

  constructor(readonly events: ChannelEvents) {
    this.#runner.ready();
  }

  post(batch: readonly ToWorker[]): void {
    if (!this.hangs) this.#runner.receive(batch);
  }

  alive(): boolean {
    return !this.killed;
  }

  kill(): Promise<void> {
    this.killed = true;
    return Promise.resolve();
  }

  deliver(): void {
    for (const batch of this.#unread.splice(0)) this.events.message(batch);
  }
}

class SlowPool extends PoolExecutor {
  readonly channels: SlowChannel[];

  constructor() {
    const channels: SlowChannel[] = [];
    super("the slow pool", poolSettings({ maxWorkers: 1 }, 1), (events) => {
      const channel = new SlowChannel(events);
      channels.push(channel);
      return channel;
    });
    this.channels = channels;
  }

  /** Has a worker that may be sent many jobs ahead, with nothing unread. */
  async warmUp(): Promise<SlowChannel> {
    const job = this.submit(() => 0);
    const [channel] = this.channels;
    channel!.deliver();
    await job;
    for (const seat of this._pool.crew.seats) seat.window = 100;
    return channel!;
  }

  dismiss(): void {
    for (const seat of this._pool.crew.seats) this._pool.crew.dismiss(seat, "the test says so");
  }
}

/** Until these jobs are done, for which it may get further ones. */
async function deliverAll(channel: SlowChannel, jobs: Future<unknown>[]): Promise<void> {
  while (!jobs.every((job) => job.done())) {
    channel.deliver();
    await Promise.resolve();
  }
}

const number = (n: number) => n;
const record = (n: number) => ({ n });
const endless = () => new Promise<never>(() => {});

Deno.test("Crew.dismiss() fails the one job that runs, when others wait for it or are unread", async () => {
  await run(async () => {
    const pool = new SlowPool();
    const channel = await pool.warmUp();
    const numbers = [1, 2, 3].map((n) => pool.submit(number, n));
    const records = [4, 5, 6].map((n) => pool.submit(record, n));
    const running = pool.submit(endless);
    const behind = [7, 8, 9].map((n) => pool.submit(record, n));
    const buffer = new ArrayBuffer(8);
    const moved = pool.submit((buffer: ArrayBuffer) => buffer, transfer(buffer, [buffer]));
    await Promise.resolve(); // they are sent
    pool.dismiss();
    const states = (jobs: Future<unknown>[]) => jobs.map((job) => job.done());
    assertEquals(states(numbers), [true, true, true]);
    assertEquals(states([...records, ...behind]), Array(6).fill(false));
    assertInstanceOf(await errorOf(running), BrokenExecutor);
    assertInstanceOf(await errorOf(moved), BrokenExecutor);
    assertEquals([channel.killed, pool.channels.length], [false, 1]);
    channel.deliver();
    assertEquals(await gather(numbers), [1, 2, 3]);
    assertEquals(await gather(records), [{ n: 4 }, { n: 5 }, { n: 6 }]);
    assert(channel.killed);
    await Promise.resolve(); // there is another worker
    await deliverAll(pool.channels[1]!, behind);
    assertEquals(await gather(behind), [{ n: 7 }, { n: 8 }, { n: 9 }]);
    const { done, failed } = pool.stats();
    assertEquals({ done, failed }, { done: 10, failed: 2 });
    await pool.shutdown();
  });
});

for (
  const [what, spoil] of Object.entries({
    "sends garbage": (channel: SlowChannel) => channel.events.message("garbage"),
    "sends nothing": () => {}, // takes a second: so long the pool listens
  })
) {
  Deno.test(`Crew.dismiss() fails what has ended on a worker that ${what} thereafter`, async () => {
    await run(async () => {
      const pool = new SlowPool();
      const channel = await pool.warmUp();
      const job = pool.submit(record, 1);
      await Promise.resolve(); // it is sent
      pool.dismiss();
      assert(!job.done());
      spoil(channel);
      assertInstanceOf(await errorOf(job), BrokenExecutor);
      assert(channel.killed);
      await pool.shutdown();
    });
  });
}

Deno.test("Crew gives jobs to others that a thread does not begin, because its loop hangs", async () => {
  using looks = heldLooks();
  await run(async () => {
    const pool = new SlowPool();
    const channel = await pool.warmUp();
    channel.hangs = true;
    const jobs = [1, 2].map((n) => pool.submit(number, n));
    await Promise.resolve(); // they are sent
    looks.take(99);
    assert(!channel.killed);
    looks.take(1);
    assert(channel.killed);
    await Promise.resolve(); // there is another worker
    await deliverAll(pool.channels[1]!, jobs);
    assertEquals(await gather(jobs), [1, 2]);
    await pool.shutdown();
  });
});

Deno.test("Pool hands reports over before the result, though it looks for results meanwhile", async () => {
  using looks = heldLooks();
  await run(async () => {
    const pool = new SlowPool();
    const channel = await pool.warmUp();
    const events: unknown[] = [];
    const onProgress = (value: unknown) => events.push(value, job.done());
    const job = pool.submitWith({ onProgress }, () => {
      reportProgress("half");
      return 1;
    });
    await Promise.resolve(); // it is sent, and has run
    looks.take(1);
    channel.deliver();
    assertEquals(await job, 1);
    assertEquals([events, channel.killed], [["half", false], false]);
    await pool.shutdown();
  });
});

Deno.test("Pool takes no offence at late words about a job whose result it has found", async () => {
  using looks = heldLooks();
  await run(async () => {
    const pool = new SlowPool();
    const channel = await pool.warmUp();
    const cancelled = pool.submit(() => new Promise((resolve) => setTimeout(resolve, 1)));
    await Promise.resolve(); // it is sent
    const [seat] = pool._pool.crew.seats;
    const [held] = seat!.held.values();
    cancelled.cancel();
    await within(() => seat!.willTell(held!)); // its end is on the board
    looks.take(1);
    channel.deliver(); // "cancelling", and then "done"
    assertEquals([await errorOf(cancelled) instanceof CancelledError, channel.killed], [
      true,
      false,
    ]);
    await pool.shutdown();
  });
});

Deno.test("Crew lets a thread be that is at one of its jobs, however long", async () => {
  using looks = heldLooks();
  await run(async () => {
    const pool = new SlowPool();
    const channel = await pool.warmUp();
    const running = pool.submit(endless);
    await Promise.resolve(); // it is sent
    looks.take(1000);
    assert(!channel.killed);
    pool.dismiss();
    assertInstanceOf(await errorOf(running), BrokenExecutor);
    await pool.shutdown();
  });
});

/** Until it is disposed of, crews look at their workers when the test says so. */
function heldLooks(): Disposable & { take(count: number): void } {
  let look = () => {};
  const held = stub(globalThis, "setInterval", (tick: (_: void) => void) => {
    look = tick;
    return setTimeout(() => {}, 0); // what stops it is clearInterval, which takes this as well
  });
  return {
    take: (count) => {
      for (let i = 0; i < count; i++) look();
    },
    [Symbol.dispose]: () => held.restore(),
  };
}

Deno.test("JobRunner posts a result before it marks the job as ended, unless the board keeps it", () => {
  const events: unknown[] = [];
  const board = new JobBoard();
  const runner = new JobRunner((batch) => {
    for (const [word, id] of batch) {
      events.push(
        `${word} ${id}`,
        [1, 2, 3].map((s) => board.isOver(s)),
      );
    }
  }, board);
  for (const slot of [1, 2, 3]) board.send(slot);
  runner.receive([
    ["function", 1, "record", "(n) => ({ n })"],
    ["function", 2, "number", "(n) => n"],
    ["run", 11, 1, 1, "call", [1]],
    ["run", 12, 2, 2, "call", [2]],
    ["run", 13, 3, 1, "call", [3]],
  ]);
  assertEquals(events, [
    "done 11",
    [false, false, false],
    "done 12",
    [true, true, false],
    "done 13",
    [true, true, false],
  ]);
});

Deno.test("ThreadPoolExecutor loses one job at most when a thread is killed, again and again", async () => {
  const KILL_EVERY_MS = 50;
  const KILLS = 10;
  const square = (n: number) => {
    const end = performance.now() + 0.1;
    while (performance.now() < end);
    return n % 2 === 0 ? n * n : { square: n * n };
  };
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
    const { crew } = pool._pool;
    let kills = 0;
    const killer = setInterval(() => {
      const victim = [...crew.seats].find((seat) => seat.phase === "working" && !seat.isIdle);
      if (victim !== undefined && kills < KILLS) crew.dismiss(victim, `by kill ${++kills}`);
    }, KILL_EVERY_MS);
    const fatal: string[] = [];
    try {
      for (let round = 0; round < 10 || kills < KILLS; round++) {
        const jobs = Array.from({ length: 1000 }, (_, n) => pool.submit(square, n));
        const outcomes = await Promise.allSettled(jobs);
        outcomes.forEach((outcome, n) => {
          if (outcome.status === "fulfilled") {
            return assertEquals(outcome.value, n % 2 === 0 ? n * n : { square: n * n });
          }
          assertInstanceOf(outcome.reason, BrokenExecutor);
          assertStringIncludes(outcome.reason.message, "by kill ");
          fatal.push(outcome.reason.message);
        });
      }
      assertEquals(new Set(fatal).size, fatal.length); // each kill is named once
    } finally {
      clearInterval(killer);
    }
    await pool.shutdown();
  });
});
