// What the engine is given for a job, made and checked at the submitting line.

import type { ClusterSettings, ClusterSubmitOptions } from "./cluster_options.ts";
import type { Envelope } from "./envelope.ts";
import type { Job } from "../core/executor.ts";
import type { JobKind } from "../executors/protocol.ts";
import type { JobsOptions } from "bullmq";
import type { QueueEntry } from "./cluster_job.ts";
import { bytesOf, encodeValue } from "./json_encoder.ts";
import { checkAllCloneable } from "../executors/cloneable.ts";
import { checkNumber, jobSettings } from "./cluster_options.ts";
import { ModuleNames } from "./module_names.ts";
import { type Shipment, shipmentOf } from "../executors/job_source.ts";
import { takeTransfers } from "../executors/transfer.ts";
import { traceSubmission } from "./telemetry.ts";

/**
 * The address of a job.
 *
 * @throws {TypeError} When it has none.
 */
// deno-lint-ignore no-explicit-any -- any job: its types have been checked at the method that was called
export function moduleShipment(job: Job<any[], unknown>): Shipment {
  const shipment = shipmentOf(job);
  if (shipment.source === null) return shipment;
  throw new TypeError(
    `Cannot submit function ${shipment.name} to a cluster: its workers take no source, expected a ` +
      "job of a module, as moduleJobs() gives",
  );
}

/** Makes what goes into one queue. */
export class JobEntries {
  readonly #settings: ClusterSettings;
  readonly #names: ModuleNames;

  constructor(settings: ClusterSettings) {
    this.#settings = settings;
    this.#names = new ModuleNames(settings.modules);
  }

  make(
    { url, exportName }: Shipment,
    kind: JobKind,
    args: readonly unknown[],
    options: ClusterSubmitOptions,
    jobId: string,
  ): QueueEntry {
    const { queue, timeoutMs: limit } = this.#settings;
    const module = this.#names.nameOf(url);
    const name = `${module}.${exportName}`;
    const job = jobSettings(options, this.#settings, "submit");
    const timeoutMs = options.timeoutMs ?? limit;
    const encoded = this.#encode(name, args);
    const traceparent = traceSubmission({ name, queue, jobId });
    const data: Envelope = {
      v: 1,
      module,
      export: exportName,
      kind: kind as Envelope["kind"],
      args: encoded,
      recoveries: job.recoveries,
      ...timeoutMs !== Infinity && { timeoutMs },
      ...traceparent !== undefined && { traceparent },
    };
    return { name, data, opts: { jobId, ...this.#engineOptions(job, options.delayMs) } };
  }

  #engineOptions(
    { priority, attempts, backoff }: ReturnType<typeof jobSettings>,
    delayMs: number | undefined,
  ): JobsOptions {
    const keep = { age: this.#settings.removeAfterMs / 1000 };
    return {
      attempts,
      removeOnComplete: keep,
      removeOnFail: keep,
      ...priority > 0 && { priority },
      ...attempts > 1 && { backoff: { type: backoff.type, delay: backoff.delayMs } },
      ...delayMs !== undefined && { delay: checkNumber(delayMs, "delayMs", "submit", 0) },
    };
  }

  #encode(name: string, args: readonly unknown[]): Envelope["args"] {
    const { maxPayloadBytes } = this.#settings;
    const moved = takeTransfers(args);
    checkAllCloneable(args, "args", moved, true);
    const encoded = encodeValue(args, "args");
    const bytes = bytesOf(encoded, maxPayloadBytes);
    if (bytes > maxPayloadBytes) {
      throw new RangeError(
        `Cannot submit job "${name}": its arguments take ${bytes} bytes, expected at most ` +
          `${maxPayloadBytes} ("maxPayloadBytes"); pass large data by reference`,
      );
    }
    // What is moved is gone here, as with every other executor.
    if (moved.length > 0) structuredClone(null, { transfer: moved });
    return encoded.json;
  }
}
