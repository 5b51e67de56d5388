// What is refused where it is said; no Redis is asked.

import { assertEquals, assertThrows } from "@std/assert";
import { ClusterExecutor, type ClusterOptions, ClusterWorker } from "../../src/distributed/mod.ts";
import { moduleJobs, RuntimeError } from "../../mod.ts";

const NOWHERE = "redis://127.0.0.1:1";
const jobs = moduleJobs<typeof import("./jobs.ts")>(new URL("./jobs.ts", import.meta.url));

Deno.test("ClusterExecutor constructor refuses options that are out of range", () => {
  const wrong: Partial<ClusterOptions>[] = [
    { attempts: 0 },
    { attempts: 1.5 },
    { priority: -1 },
    { priority: 2 ** 21 },
    { recoveries: -1 },
    { timeoutMs: NaN },
    { maxPayloadBytes: 0 },
    { removeAfterMs: 1 },
    { backoff: { type: "fixed", delayMs: -1 } },
  ];
  for (const options of wrong) {
    assertThrows(() => new ClusterExecutor({ connection: NOWHERE, ...options }), RangeError);
  }
});

Deno.test("ClusterExecutor constructor refuses what is of the wrong kind", () => {
  const wrong: Partial<ClusterOptions>[] = [
    { queue: "a:b" },
    { queue: "" },
    { backoff: { type: "linear" as "fixed", delayMs: 1 } },
    { modules: { "a b": new URL("file:///a.ts") } },
    { modules: { a: "./a.ts" } },
    { modules: { a: "file:///a.ts", b: "file:///b.ts", "": "file:///c.ts" } },
    { connection: "http://localhost" },
    { connection: "localhost:6379" },
    { connection: null as unknown as string },
  ];
  for (const options of wrong) {
    assertThrows(() => new ClusterExecutor({ connection: NOWHERE, ...options }), TypeError);
  }
});

Deno.test("ClusterExecutor constructor shows no password of a connection that it refuses", () => {
  const error = assertThrows(() => new ClusterExecutor({ connection: "http://me:secret@host" }));
  assertEquals((error as Error).message.includes("secret"), false);
});

Deno.test("ClusterExecutor.submit() refuses functions, which it would have to send as source", async () => {
  const executor = new ClusterExecutor({ connection: NOWHERE });
  assertThrows(() => executor.submit((n: number) => n, 1), TypeError);
  assertThrows(() => executor.map((n: number) => n, [1]), TypeError);
  assertThrows(() => executor.submit(null as never), TypeError);
  await executor.shutdown();
});

Deno.test("ClusterExecutor.submit() refuses modules that workers could not tell apart", async () => {
  const executor = new ClusterExecutor({
    connection: NOWHERE,
    modules: { jobs: new URL("./jobs.ts", import.meta.url) },
  });
  const others = [
    "file:///elsewhere/jobs.ts",
    "data:text/javascript,export const square = 1",
    "file:///",
  ];
  for (const url of others) {
    const { square } = moduleJobs<typeof import("./jobs.ts")>(url);
    assertThrows(() => executor.submit(square, 1), TypeError);
  }
  await executor.shutdown();
});

Deno.test("ClusterExecutor.submit() refuses arguments that cannot be sent, with their path", async () => {
  const executor = new ClusterExecutor({ connection: NOWHERE, maxPayloadBytes: 1000 });
  const { echo } = jobs;
  const error = assertThrows(() => executor.submit(echo, { a: [() => {}] }), DOMException);
  assertEquals([error.name, error.message.includes("args[0].a[0]")], ["DataCloneError", true]);
  assertThrows(() => executor.submit(echo, new SharedArrayBuffer(1)), DOMException);
  assertThrows(() => executor.submit(echo, "x".repeat(1000)), RangeError, "1004 bytes");
  let deep: unknown = 0;
  for (let i = 0; i < 1000; i++) deep = [deep];
  assertThrows(() => executor.submit(echo, deep), DOMException, "deep");
  await executor.shutdown();
});

Deno.test("ClusterExecutor.submitWith() refuses options that make no sense", async () => {
  const executor = new ClusterExecutor({ connection: NOWHERE });
  const submit = (options: Parameters<typeof executor.submitWith>[0]) => () =>
    executor.submitWith(options, jobs.square, 1);
  assertThrows(submit({ key: "" }), RangeError);
  assertThrows(submit({ key: "x".repeat(201) }), RangeError);
  assertThrows(submit({ key: "\ud800" }), TypeError);
  assertThrows(submit({ key: 1 as unknown as string }), TypeError);
  assertThrows(submit({ delayMs: -1 }), RangeError);
  assertThrows(submit({ attempts: 0 }), RangeError);
  await executor.shutdown();
});

Deno.test("ClusterExecutor.stream() says that a queue cannot do it", async () => {
  const executor = new ClusterExecutor({ connection: NOWHERE });
  assertThrows(() => executor.stream(jobs.generated, 1), RuntimeError);
  await executor.shutdown();
});

Deno.test("ClusterWorker constructor refuses to be without modules, or with two of one name", () => {
  const url = "file:///a/jobs.ts";
  for (const modules of [[], {}, [url, "file:///b/jobs.ts"]]) {
    assertThrows(() => new ClusterWorker({ connection: NOWHERE, modules }), TypeError);
  }
  const kind = "fibers" as "threads";
  assertThrows(() => new ClusterWorker({ connection: NOWHERE, modules: [url], kind }), TypeError);
  const concurrency = 0;
  assertThrows(
    () => new ClusterWorker({ connection: NOWHERE, modules: [url], concurrency }),
    RangeError,
  );
});
