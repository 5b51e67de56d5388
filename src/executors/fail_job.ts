// The errors that workers send, as errors of this side.

import type { EncodedError } from "./error_codec.ts";
import type { PoolJob } from "./pool_job.ts";
import { decodeError, spliceStack } from "./error_codec.ts";
import { type ErrorClass, isErrorClass } from "./error_classes.ts";

/**
 * Settles `job` with an error, at once or, when the error's class has to be fetched from the job's
 * module, soon.
 *
 * @param trusted The worker may make this side load the job's module.
 * @returns Null when the job is settled.
 */
export function failJob(
  job: PoolJob<unknown>,
  encoded: EncodedError,
  trusted: boolean,
): Promise<void> | null {
  const settle = (error: unknown) => {
    if (!job.done()) job.setException(error);
  };
  const received = receiveError(job, encoded, trusted);
  if (received instanceof Promise) return received.then(settle);
  settle(received);
  return null;
}

/** The error, or a promise of it. */
export function receiveError(
  job: PoolJob<unknown>,
  encoded: EncodedError,
  trusted: boolean,
): unknown | Promise<unknown> {
  const { shipment } = job.order;
  shipment.succeeded = 0;
  const { url } = shipment;
  const { exportName } = encoded;
  const make = (exported: ErrorClass | null) => {
    const error = decodeError(encoded, exported);
    if (job.submitted !== null) spliceStack(error, job.submitted);
    return error;
  };
  if (!trusted || url === "" || typeof exportName !== "string") return make(null);
  return exportedClass(url, exportName).then(make);
}

/** The class, or null when this side has no such class: the error is a RemoteError then. */
async function exportedClass(url: string, exportName: string): Promise<ErrorClass | null> {
  try {
    const exports = await import(url) as Record<string, unknown>;
    const found = exports[exportName];
    return isErrorClass(found) ? found : null;
  } catch {
    return null; // a module made for workers may not load here
  }
}
