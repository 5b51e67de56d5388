/** Two hundred programs that start afresh, have fifty jobs done, and end: none may hang. */

import type { Report } from "./report.ts";
import { median } from "../budgets/statistics.ts";
import { RedisServer } from "../../tests/support/redis_server.ts";
import { significant } from "../budgets/table.ts";
import { WorkerProcess } from "../../tests/support/worker_process.ts";

const CLIENTS = 200;
const JOBS = 50;
const AT_ONCE = 2;
/** A client that takes longer hangs. */
const LIMIT_MS = 8000;

const CLIENT = new URL("./fresh_client.ts", import.meta.url).pathname;
const MODULE = new URL("./jobs.ts", import.meta.url).pathname;

export async function manyClients(): Promise<Report> {
  await using redis = await RedisServer.start();
  await using _worker = await WorkerProcess.start(redis.url, [MODULE]);
  const times: number[] = [];
  const failures: string[] = [];
  let started = 0;
  const line = async (): Promise<void> => {
    while (started++ < CLIENTS) {
      const { ms, failure } = await client(redis.url);
      if (failure === null) times.push(ms);
      else failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  const text = `${times.length} of ${CLIENTS} clients had ${JOBS} jobs done, in ` +
    `${significant(median(times))} ms from the first job, ${
      significant(Math.max(...times))
    } ms at ` +
    `most; ${failures.length} failed or hung ${failures.slice(0, 3).join("; ")}`;
  return {
    text: text.trim(),
    figures: { clients: CLIENTS, jobs: JOBS, times, failures },
    isWithinBudget: failures.length === 0,
  };
}

async function client(url: string): Promise<{ ms: number; failure: string | null }> {
  const { code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", CLIENT, url, String(JOBS)],
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  const [out, complaints] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (code === 0) return { ms: Number(out), failure: null };
  return { ms: NaN, failure: signal === null ? complaints! : `no end after ${LIMIT_MS} ms` };
}
