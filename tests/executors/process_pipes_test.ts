// What jobs do to the pipes of their processes, by accident or on purpose.

import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { BrokenExecutor } from "../../mod.ts";
import {
  CANCEL_MARK,
  HEAD_SIZE,
  putHead,
  RETURNED_MARK,
  signFrame,
} from "../../src/executors/process_frames.ts";
import { toFrame } from "../../src/executors/process_values.ts";
import { withProcesses } from "../support/processes.ts";

// Globals of a worker.
declare function reportProgress(value: unknown): void;
declare function checkCancelled(): void;
declare const process: { stdout: { write(text: string): void } };

const pid = () => Deno.pid;
const MB = 2 ** 20;

withProcesses(
  "ProcessPoolExecutor.submit() gives the result of a job that prints",
  { maxWorkers: 1 },
  async (pool) => {
    const printed = pool.submit(async () => {
      const text = new TextEncoder().encode("written\n");
      console.log("logged");
      console.info("informed");
      console.dir({ dir: 1 });
      console.table([{ a: 1 }]);
      console.group("group");
      console.groupCollapsed("group");
      console.count();
      console.countReset();
      console.time("time");
      console.timeLog("time");
      console.timeEnd("time");
      console.trace("trace");
      Deno.stdout.writeSync(text);
      await Deno.stdout.write(text);
      process.stdout.write("printed\n");
      const writer = Deno.stdout.writable.getWriter();
      await writer.write(text);
      return "result";
    });
    assertEquals(await printed, "result");
    assertEquals(await pool.submit(() => "next"), "next");
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() gives jobs an input that has ended",
  { maxWorkers: 1 },
  async (pool) => {
    const input = pool.submit(async () => [
      await Deno.stdin.read(new Uint8Array(8)),
      Deno.stdin.readSync(new Uint8Array(8)),
      await new Response(Deno.stdin.readable).text(),
    ]);
    assertEquals(await input, [null, null, ""]);
    assertEquals(await pool.submit(() => "next"), "next");
  },
);

const wrongHead = new Uint8Array(HEAD_SIZE);
putHead(wrongHead);
new DataView(wrongHead.buffer).setUint32(4, 2 ** 32 - 1, true);

for (
  const [what, bytes] of [
    ["text", new TextEncoder().encode("hello\n")],
    ["a frame that claims to be of 4 GB", wrongHead],
    ["a frame that holds no value", framed([1, 2, 3])],
    ["a value that is no batch", toFrame("batch")],
    ["a message of an unknown kind", toFrame([["hello", 1]])],
    ["the result of somebody else's job", toFrame([["done", 999_999, "forged"]])],
    ["an error that is none", toFrame([["failed", 1, null]])],
    ["the answer to no question", signFrame(RETURNED_MARK, 1)],
    ["a batch with keys of prototypes", toFrame([JSON.parse('{"__proto__": ["done", 1]}')])],
  ] as const
) {
  withProcesses(
    `ProcessPoolExecutor.submit() fails the job whose process writes ${what}`,
    { maxWorkers: 2 },
    async (pool) => {
      const other = pool.submit(sumTo, 20_000_000);
      const hostile = pool.submitWith({ name: "hostile" }, (bytes: Uint8Array) => {
        Deno.openSync("/dev/fd/1", { write: true }).writeSync(bytes);
        return new Promise(() => {});
      }, new Uint8Array(bytes));
      const error = await assertRejects(() => hostile, BrokenExecutor);
      assertStringIncludes(error.message, `"hostile"`);
      assertEquals(await other, 200_000_010_000_000);
      assertEquals(await pool.submit(sumTo, 4), 10);
    },
  );
}

withProcesses(
  "ProcessPoolExecutor.submit() fails the job whose process ends in the middle of a frame",
  { maxWorkers: 1 },
  async (pool) => {
    const cut = pool.submit((bytes: Uint8Array) => {
      Deno.openSync("/dev/fd/1", { write: true }).writeSync(bytes);
      Deno.exit(0);
    }, framed([1, 2, 3]).subarray(0, HEAD_SIZE + 1));
    await assertRejects(() => cut, BrokenExecutor);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() is not stopped by frames that only a pool may send",
  { maxWorkers: 1 },
  async (pool) => {
    const job = pool.submit((bytes: Uint8Array) => {
      Deno.openSync("/dev/fd/1", { write: true }).writeSync(bytes);
      return "result";
    }, signFrame(CANCEL_MARK, 1));
    assertEquals(await job, "result");
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() carries large buffers both ways, many frames at once",
  { maxWorkers: 2 },
  async (pool) => {
    const flip = (bytes: Uint8Array) => bytes.map((byte) => 255 - byte);
    const sent = Array.from({ length: 4 }, (_, i) => new Uint8Array(3 * MB).fill(i));
    const received = await Promise.all(sent.map((bytes) => pool.submit(flip, bytes)));
    received.forEach((bytes, i) => {
      assertEquals(bytes.length, 3 * MB);
      assert(bytes.every((byte) => byte === 255 - i));
    });
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() refuses what cannot leave the process, by its path",
  { maxWorkers: 1 },
  async (pool) => {
    const job = (value: unknown) => value;
    const refused = [new SharedArrayBuffer(1), new Blob(["x"]), new DOMException("x")];
    for (const value of refused) {
      const error = assertThrows(() => pool.submit(job, { deep: [value] }), DOMException);
      assertEquals(error.name, "DataCloneError");
      assertStringIncludes(error.message, "args[0].deep[0]");
    }
    const error = await assertRejects(
      () => pool.submit(() => ({ deep: new Blob(["x"]) })),
      DOMException,
    );
    assertEquals(error.name, "DataCloneError");
    assertStringIncludes(error.message, "result.deep");
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() lets a cancelled synchronous loop see it and keep its process",
  { maxWorkers: 1, cancelGraceMs: 60_000 },
  async (pool) => {
    const first = await pool.submit(pid);
    const started = Promise.withResolvers<void>();
    const options = { onProgress: () => started.resolve() };
    const loop = pool.submitWith(options, () => {
      reportProgress("started");
      for (;;) checkCancelled();
    });
    await started.promise;
    loop.cancel();
    assertEquals(await pool.submit(pid), first);
    assert(loop.cancelled());
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() does not stop a job for the cancel of one before",
  { maxWorkers: 1, cancelGraceMs: 60_000 },
  async (pool) => {
    const quick = () => {};
    const check = (n: number) => {
      for (let i = 0; i < 1000; i++) checkCancelled();
      return n;
    };
    for (let i = 0; i < 50; i++) {
      const cancelled = pool.submit(quick);
      const next = pool.submit(check, i);
      await Promise.resolve();
      cancelled.cancel();
      assertEquals(await next, i);
    }
  },
);

withProcesses(
  "ProcessPoolExecutor.stream() keeps the producer near its consumer and ends it when the loop is left",
  { maxWorkers: 1 },
  async (pool) => {
    const endless = function* () {
      const state = globalThis as { produced?: number; ended?: boolean };
      state.produced = 0;
      try {
        for (;;) yield ++state.produced;
      } finally {
        state.ended = true;
      }
    };
    for await (const value of pool.stream(endless)) if (value === 50) break;
    const [produced, ended] = await pool.submit(() => {
      const state = globalThis as { produced?: number; ended?: boolean };
      return [state.produced!, state.ended!] as const;
    });
    assert(produced >= 50 && produced < 75);
    assertEquals(ended, true);
  },
);

withProcesses(
  "ProcessPoolExecutor.submit() leaves it to its pool what the terminal's Ctrl-C ends",
  { maxWorkers: 1 },
  async (pool) => {
    const first = await pool.submit(pid);
    Deno.kill(first, "SIGINT");
    assertEquals(await pool.submit(pid), first);
  },
);

function sumTo(n: number): number {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += i;
  return sum;
}

function framed(body: readonly number[]): Uint8Array {
  const frame = new Uint8Array(HEAD_SIZE + body.length);
  frame.set(body, HEAD_SIZE);
  putHead(frame);
  return frame;
}
