/**
 * The worker command: runs the jobs of a queue on all cores of this machine.
 *
 * ```sh
 * deno run -A jsr:@taskloop/asyncio/worker --redis redis://localhost ./jobs.ts
 * ```
 *
 * `--help` lists its options.
 *
 * @module
 */

import { ClusterWorker } from "./cluster_worker.ts";
import { type Log, logRecord } from "./worker_log.ts";
import { onSignal, withResolvers } from "../core/host.ts";
import { readArgs, USAGE, UsageError, type WorkerCommand } from "./worker_args.ts";
import { reasonOf } from "./redis_client.ts";
import { serveHealth } from "./worker_server.ts";

/** By which a process is asked to end, and its exit code when it does not wait for its jobs. */
const SIGNALS: Record<string, number> = { SIGINT: 130, SIGTERM: 143 };

async function main(): Promise<number> {
  let command: WorkerCommand | null;
  try {
    command = readArgs(Deno.args, Deno.env.get("REDIS_URL"));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    write(Deno.stderr, `${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (command === null) {
    write(Deno.stdout, USAGE);
    return 0;
  }
  const { verbose } = command;
  const log: Log = (record) => {
    if (verbose || record.level !== "debug") write(Deno.stdout, `${JSON.stringify(record)}\n`);
  };
  try {
    await work(command, log);
    return 0;
  } catch (error) {
    log(logRecord("error", "failed to start", { text: reasonOf(error) }));
    return 1;
  }
}

/** Until a signal comes. */
async function work({ worker: options, serve }: WorkerCommand, log: Log): Promise<void> {
  const worker = new ClusterWorker({ ...options, log });
  const asked = withResolvers<void>();
  let wasAsked = false;
  const stopListening = Object.entries(SIGNALS).map(([signal, code]) =>
    onSignal(signal, () => {
      if (wasAsked) Deno.exit(code);
      wasAsked = true;
      asked.resolve();
    })
  );
  const server = serve === null ? null : serveHealth(worker, serve);
  try {
    if (server !== null) {
      log(
        logRecord("info", "serving", { url: `http://${server.addr.hostname}:${server.addr.port}` }),
      );
    }
    await Promise.race([worker.start(), asked.promise]);
    await asked.promise;
  } finally {
    await worker.stop();
    await server?.shutdown();
    for (const stop of stopListening) stop?.();
  }
}

function write(stream: typeof Deno.stdout, text: string): void {
  stream.writeSync(new TextEncoder().encode(text));
}

if (import.meta.main) Deno.exit(await main());
