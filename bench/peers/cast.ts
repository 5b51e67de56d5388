/** Who is compared: the package behind a name, and what it leaves out that a task of ours has. */

export interface Member {
  /** The package's name in the imports of deno.json, whose version is told with the figures. */
  readonly npm?: string;
  /** What it does less in every row: then its figures carry a star. */
  readonly less?: string;
}

/** A task of ours can be cancelled where it waits, has a name, is listed, and may be awaited by many. */
export const CAST: Readonly<Record<string, Member>> = {
  "limit": { less: "a ruler: no cancelling, no names, one waiter, misuse is not noticed" },
  "ours": {},
  "ours, async": {},
  "native promises": {
    less: "nothing can be cancelled, named or listed; starves timers and sockets",
  },
  "Bluebird": {
    npm: "bluebird",
    less:
      "starts at once, in no task with a name; no code can catch a cancel, nobody can await its end",
  },
  "co": { npm: "co", less: "as native promises" },
  "async-sema": { npm: "async-sema", less: "nobody who waits can be cancelled" },
  "async-mutex": { npm: "async-mutex", less: "nobody who waits can be cancelled" },
  "p-limit": { npm: "p-limit", less: "nobody who waits can be cancelled" },
  "p-queue": { npm: "p-queue" },
  "fastq": { npm: "fastq", less: "nobody who waits can be cancelled" },
  "Effect": { npm: "effect" },
  "Effect.fn": { npm: "effect" },
  "Effection": { npm: "effection" },
  "comlink": {
    npm: "comlink",
    less: "wraps single workers: no queue, no cancelling, no notice of a worker that died",
  },
  "piscina": { npm: "piscina" },
  "poolifier": { npm: "poolifier" },
  "tinypool": { npm: "tinypool" },
  "workerpool": { npm: "workerpool" },
  "asyncio": {},
  "uvloop": {},
  "trio": {},
  "ours, eager start": {},
  "ours, bundled": {},
  "ours, coroutine()": {},
  "ours, waitFor": {},
  "ours, map": {},
  "ours, threads": {},
  "ours, toThread": {},
  "Python alone": {},
  "Python threads": {},
  "Python processes": {},
};
