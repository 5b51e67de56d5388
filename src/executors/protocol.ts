// What a pool and its workers say to each other: types, and the checks of what arrives. Messages travel
// in batches, arrays of them, in order. Neither side trusts the other: what does not pass its check is
// answered by ending the worker, never by guessing.

import type { EncodedError } from "./error_codec.ts";
import type { JobInfo } from "./job_api.ts";

/** How a job's outcome is used: one result, a stream of values, or one result for each of its inputs. */
export type JobKind = "call" | "stream" | "chunk";

/** How far a stream may be ahead of its consumer at first; the pool renews the credit by halves. */
export const STREAM_CREDIT = 16;

/** From the pool to a worker. */
export type ToWorker =
  /** `source` evaluates to the function that `fn` stands for from now on. */
  | readonly ["function", fn: number, name: string, source: string]
  /** The function is an export of a module. */
  | readonly ["module", fn: number, url: string, exportName: string]
  /** Forget all functions: numbers start anew. */
  | readonly ["forget"]
  /** Run before anything else; when it fails the worker is of no use. */
  | readonly ["initialize", fn: number, args: readonly unknown[]]
  | readonly [
    "run",
    id: number,
    slot: number,
    fn: number,
    kind: JobKind,
    args: readonly unknown[],
    info?: JobInfo,
  ]
  /** Stop the job if it runs. The worker answers "cancelling". */
  | readonly ["cancel", id: number]
  /** A stream may send `count` more values. */
  | readonly ["credit", id: number, count: number];

/** From a worker to its pool. */
export type FromWorker =
  /** It is up; and again, its initializer has run. */
  | readonly ["ready"]
  /** Its heap has grown beyond the limit: another should take its place. */
  | readonly ["heavy"]
  /** A message to it was lost, because it could not be read. */
  | readonly ["unreadable"]
  /** Its initializer failed. */
  | readonly ["unfit", error: EncodedError]
  | readonly ["done", id: number, value: unknown]
  | readonly ["failed", id: number, error: EncodedError]
  | readonly ["cancelling", id: number]
  | readonly ["progress", id: number, value: unknown]
  | readonly ["item", id: number, value: unknown];

const KINDS: ReadonlySet<unknown> = new Set<JobKind>(["call", "stream", "chunk"]);

/** True for a message that a worker may act upon. */
export function isToWorker(message: unknown): message is ToWorker {
  if (!Array.isArray(message)) return false;
  switch (message[0]) {
    case "run":
      return (message.length === 6 || message.length === 7 && isJobInfo(message[6])) &&
        isIndex(message[1]) && isIndex(message[2]) &&
        isIndex(message[3]) && KINDS.has(message[4]) && Array.isArray(message[5]);
    case "function":
    case "module":
      return message.length === 4 && isIndex(message[1]) && typeof message[2] === "string" &&
        typeof message[3] === "string";
    case "forget":
      return message.length === 1;
    case "initialize":
      return message.length === 3 && isIndex(message[1]) && Array.isArray(message[2]);
    case "cancel":
      return message.length === 2 && isIndex(message[1]);
    case "credit":
      return message.length === 3 && isIndex(message[1]) && isIndex(message[2]);
    default:
      return false;
  }
}

/** True for a message that a pool may act upon. Whether the job is the worker's own is left to ask. */
export function isFromWorker(message: unknown): message is FromWorker {
  if (!Array.isArray(message)) return false;
  switch (message[0]) {
    case "done":
    case "progress":
    case "item":
      return message.length === 3 && isIndex(message[1]);
    case "failed":
      return message.length === 3 && isIndex(message[1]) && isErrorRecord(message[2]);
    case "cancelling":
      return message.length === 2 && isIndex(message[1]);
    case "ready":
    case "heavy":
    case "unreadable":
      return message.length === 1;
    case "unfit":
      return message.length === 2 && isErrorRecord(message[1]);
    default:
      return false;
  }
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isJobInfo(value: unknown): value is JobInfo {
  const { key, attempt } = Object(value) as Record<string, unknown>;
  return (key === null || typeof key === "string") && isIndex(attempt);
}

function isErrorRecord(value: unknown): value is EncodedError {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
