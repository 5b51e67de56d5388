// How an attempt ends badly, as the engine wants it: an error whose message it keeps.

import type { EncodedError } from "../executors/error_codec.ts";
import { encodeError } from "../executors/error_codec.ts";
import { failureText } from "./failure_text.ts";

/** An attempt that failed. */
export class JobFailure extends Error {
  /** For logs, one line. */
  readonly headline: string;

  /**
   * @param final There is no use in another attempt: the engine knows that by the name.
   * @param largest Bytes that it may take.
   */
  constructor(encoded: EncodedError, final: boolean, largest: number) {
    const text = failureText(encoded, largest);
    super(text);
    this.headline = text.split("\n", 1)[0]!;
    if (final) this.name = "UnrecoverableError";
    // Shown in dashboards; this error's own would say nothing.
    this.stack = encoded.stack ?? this.headline;
  }
}

/** The job cannot be run, here or elsewhere. */
export function refusal(error: unknown, largest: number): JobFailure {
  return new JobFailure(encodeError(error), true, largest);
}
