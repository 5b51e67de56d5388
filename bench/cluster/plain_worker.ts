/**
 * plain_worker.ts --redis URL --queue NAME --concurrency N: a worker as BullMQ's guide writes one. It runs
 * the job on its own thread, which is the quickest way there is, and a risk: a job that computes for long
 * keeps BullMQ from renewing its locks.
 */
import { Redis } from "ioredis";
import { parseArgs } from "node:util";
import { Worker } from "bullmq";
import { echo } from "./jobs.ts";

const text = { type: "string", default: "" } as const;
const { values } = parseArgs({ options: { redis: text, queue: text, concurrency: text } });

const connection = new Redis(values.redis, { maxRetriesPerRequest: null });
const worker = new Worker(values.queue, (job) => Promise.resolve(echo(job.data.n)), {
  connection,
  concurrency: Number(values.concurrency),
});
await worker.waitUntilReady();
console.log(JSON.stringify({ event: "started" }));
