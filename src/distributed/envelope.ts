// What the queue keeps for a job: which function of which module, called with what. Read field by field
// on the worker, for anybody who can reach Redis can write one.

import type { Json } from "./json_tags.ts";
import type { JobKind } from "../executors/protocol.ts";
import { decodeValue } from "./json_decoder.ts";
import { describe } from "../core/errors.ts";

/** The data of a job, as dashboards show it. */
export interface Envelope {
  readonly v: 1;
  /** Names that the worker knows; never an address. */
  readonly module: string;
  readonly export: string;
  readonly kind: Exclude<JobKind, "stream">;
  readonly args: Json;
  /** How often it may be started anew after a worker died. */
  readonly recoveries: number;
  /** The longest that one attempt may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** What the submitter's span is called by the W3C. */
  readonly traceparent?: string;
}

/** A job, as a worker runs it. */
export interface Delivery extends Omit<Envelope, "v" | "args"> {
  readonly args: readonly unknown[];
}

const NAME = /^[\w.-]{1,100}$/;
const KINDS: ReadonlySet<unknown> = new Set(["call", "chunk"]);

/** True for what modules may be called. */
export function isModuleName(name: unknown): name is string {
  return typeof name === "string" && NAME.test(name);
}

/**
 * Checks the data of a job.
 *
 * @throws {TypeError} When it is not ours; it names the field.
 */
export function readEnvelope(data: unknown): Delivery {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new TypeError(`Cannot read a job: its data is ${describe(data)}, expected an object`);
  }
  const take = <T>(name: string, isFine: (value: unknown) => value is T): T => {
    const value = Object.hasOwn(data, name) ? (data as Record<string, unknown>)[name] : undefined;
    if (isFine(value)) return value;
    throw new TypeError(`Cannot read a job: its "${name}" is ${describe(value)}`);
  };
  take("v", (value) => value === 1);
  const timeoutMs = take("timeoutMs", isOptional(isDuration));
  const traceparent = take("traceparent", isOptional(isShortText));
  return {
    module: take("module", isModuleName),
    export: take("export", isShortText),
    kind: take("kind", (value): value is "call" | "chunk" => KINDS.has(value)),
    args: decodeValue(take("args", Array.isArray), "the arguments of a job") as unknown[],
    recoveries: take("recoveries", isCount),
    ...timeoutMs !== undefined && { timeoutMs },
    ...traceparent !== undefined && { traceparent },
  };
}

function isOptional<T>(isFine: (value: unknown) => value is T) {
  return (value: unknown): value is T | undefined => value === undefined || isFine(value);
}

function isShortText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 200;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isDuration(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
