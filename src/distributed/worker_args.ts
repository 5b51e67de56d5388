// The worker command's arguments.

import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import type { ClusterWorkerOptions } from "./worker_options.ts";
import { describe } from "../core/errors.ts";
import { ModuleNames } from "./module_names.ts";

/** What `--help` shows. */
export const USAGE = `Runs the jobs of a queue in Redis: functions that the given modules export.

Usage: worker [options] module...

  module            ./jobs.ts, or name=./jobs.ts to have it called otherwise than its file
  --redis URL       redis:// or, with TLS, rediss://; by default what REDIS_URL says
  --queue NAME      as the submitters call it (taskloop)
  --prefix TEXT     what keys in Redis begin with (bull)
  --threads N       run jobs on so many threads (one for each core)
  --processes N     run jobs in so many processes instead
  --concurrency N   take so many jobs at once (as many as there are threads or processes)
  --port N          serve /health and /stats on this port; 0 for a free one
  --host NAME       where to serve them (127.0.0.1)
  --grace MS        how long jobs may run on after SIGTERM or SIGINT, before they are handed back (10000)
  --lock MS         a worker is taken for dead after so long (5000)
  --stalled MS      how often to look for dead workers (2500)
  --verbose         log every job that is done
  --help            show this

Logs are JSON, one object a line, on standard output. Exit codes: 0 stopped as asked, 1 failed,
2 arguments not understood, 130 and 143 interrupted a second time by SIGINT and SIGTERM.
`;

const OPTIONS = {
  "redis": { type: "string" },
  "queue": { type: "string" },
  "prefix": { type: "string" },
  "threads": { type: "string" },
  "processes": { type: "string" },
  "concurrency": { type: "string" },
  "port": { type: "string" },
  "host": { type: "string" },
  "grace": { type: "string" },
  "lock": { type: "string" },
  "stalled": { type: "string" },
  "verbose": { type: "boolean" },
  "help": { type: "boolean" },
} as const;

/** What the command is to do. */
export interface WorkerCommand {
  readonly worker: ClusterWorkerOptions;
  /** Null when nothing is to be served. */
  readonly serve: { hostname: string; port: number } | null;
  readonly verbose: boolean;
}

/** Arguments that make no sense. */
export class UsageError extends Error {
  static {
    this.prototype.name = "UsageError";
  }
}

/**
 * Understands the arguments; null when help is asked for.
 *
 * @param redisUrl From the environment.
 * @throws {UsageError} When they make no sense.
 */
export function readArgs(args: string[], redisUrl: string | undefined): WorkerCommand | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const number = (name: keyof typeof OPTIONS) => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (typeof text === "string" && /^\d+$/.test(text)) return Number(text);
    throw new UsageError(`Cannot use --${name} ${describe(text)}: expected a number`);
  };
  const connection = values.redis ?? redisUrl;
  if (connection === undefined) throw new UsageError("Cannot start: --redis is missing");
  if (positionals.length === 0) throw new UsageError("Cannot start: no module is named");
  if (values.threads !== undefined && values.processes !== undefined) {
    throw new UsageError("Cannot start: both --threads and --processes are given");
  }
  const kind = values.processes === undefined ? "threads" : "processes";
  const maxWorkers = number(kind);
  const port = number("port");
  const { queue, prefix } = values;
  return {
    worker: {
      connection,
      modules: readModules(positionals),
      kind,
      ...queue !== undefined && { queue },
      ...prefix !== undefined && { prefix },
      ...maxWorkers !== undefined && { pool: { maxWorkers } },
      ...given("concurrency", number("concurrency")),
      ...given("graceMs", number("grace")),
      ...given("lockMs", number("lock")),
      ...given("stalledMs", number("stalled")),
    },
    serve: port === undefined ? null : { hostname: values.host ?? "127.0.0.1", port },
    verbose: values.verbose === true,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function given<K extends string>(name: K, value: number | undefined): { [key in K]?: number } {
  return value === undefined ? {} : { [name]: value } as { [key in K]: number };
}

/** Modules are files, or URLs that Deno can import. */
function readModules(positionals: readonly string[]): Record<string, string> {
  const names = new ModuleNames();
  for (const text of positionals) {
    const [, name, path] = /^(?:([\w.-]+)=)?(.+)$/s.exec(text)!;
    const url = URL.canParse(path!) ? path! : pathToFileURL(path!).href;
    try {
      if (name === undefined) names.nameOf(url);
      else names.add(name, url);
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  }
  return Object.fromEntries(names);
}
