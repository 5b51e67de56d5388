// How a failure travels: the engine keeps one text. Its first line is for people, in dashboards and logs;
// the second is the error as data.

import type { EncodedError } from "../executors/error_codec.ts";
import { BrokenExecutor, RemoteError } from "../executors/error_classes.ts";
import { describe } from "../core/errors.ts";
import { bytesOf, encodeValue } from "./json_encoder.ts";
import { decodeValue } from "./json_decoder.ts";

/** The text of an error, which the engine keeps as the reason of the failure. */
export function failureText(error: EncodedError, largest: number): string {
  const whole = encodeValue(error, "an error");
  const json = bytesOf(whole, largest) <= largest
    ? whole.json
    : encodeValue(shortened(error), "an error").json;
  return `${headline(error)}\n${JSON.stringify(json)}`;
}

/** What is left of an error that is too large to be sent. */
function shortened({ type, name, message, stack }: EncodedError): EncodedError {
  const cut = (text: string | undefined) => text?.slice(0, 2000) ?? "";
  return { type: cut(type), name: cut(name), message: cut(message), stack: cut(stack) };
}

function headline({ type, name, message, value }: EncodedError): string {
  const text = type === undefined
    ? `thrown: ${describe(value)}`
    : `${name ?? type}: ${message ?? ""}`;
  return text.split("\n", 1)[0]!.slice(0, 300);
}

/** What the engine itself says of a job whose workers died too often. */
const STALLED = "job stalled more than allowable limit";

/** The failure of a job, from what the engine keeps of it; that may come from anybody. */
export function readFailure(text: unknown, name: string): EncodedError {
  if (typeof text === "string") {
    const encoded = encodedIn(text);
    if (encoded !== null) return encoded;
    if (text.startsWith(STALLED)) {
      return lost(name, "its workers died too often in the middle of it");
    }
  }
  return record(new RemoteError(`Job "${name}" failed: ${String(text)}`));
}

/** A job whose outcome is not known, as an error. */
export function lost(name: string, why: string): EncodedError {
  return record(new BrokenExecutor(`Cannot finish job "${name}": ${why}`));
}

function record({ name, message }: Error): EncodedError {
  return { type: name, message };
}

function encodedIn(text: string): EncodedError | null {
  const end = text.indexOf("\n");
  if (end < 0) return null;
  try {
    const value = decodeValue(JSON.parse(text.slice(end + 1)), "an error");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null; // not written by a worker of ours; it is shown as it is
  }
}
