/**
 * plain_worker.ts --redis URL --queue NAME --concurrency N [--threads N]: a worker as BullMQ's guide writes
 * one, with the body of the job in the processor. That is the quickest there is, and a risk: a body that
 * computes for long keeps BullMQ from renewing its locks, and the job is run again elsewhere. With threads
 * the body runs on Web Workers, in turn, by `postMessage`, which is what has to be done about it.
 */
import { Redis } from "ioredis";
import { parseArgs } from "node:util";
import { Worker as QueueWorker } from "bullmq";
import { echo } from "./jobs.ts";

const text = { type: "string", default: "" } as const;
const { values } = parseArgs({
  options: { redis: text, queue: text, concurrency: text, threads: { ...text, default: "0" } },
});

const threads = Array.from({ length: Number(values.threads) }, () => {
  const thread = new Worker(new URL("./thread_worker.ts", import.meta.url), { type: "module" });
  thread.onmessage = ({ data: [id, value] }) => {
    waiting.get(id)!(value);
    waiting.delete(id);
  };
  return thread;
});
const waiting = new Map<number, (value: number) => void>();
let count = 0;

function onThread(n: number): Promise<number> {
  return new Promise((resolve) => {
    waiting.set(++count, resolve);
    threads[count % threads.length]!.postMessage([count, n]);
  });
}

const connection = new Redis(values.redis, { maxRetriesPerRequest: null });
const worker = new QueueWorker(
  values.queue,
  ({ data }) => threads.length > 0 ? onThread(data.n) : Promise.resolve(echo(data.n)),
  { connection, concurrency: Number(values.concurrency) },
);
await worker.waitUntilReady();
console.log(JSON.stringify({ event: "started" }));
