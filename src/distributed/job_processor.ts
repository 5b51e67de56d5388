// Runs the jobs that the engine hands to a worker, on a pool: never where the engine renews the locks of
// running jobs, for a busy thread renews nothing, and the job would be started again elsewhere.

import type { Delivery } from "./envelope.ts";
import type { EncodedError } from "../executors/error_codec.ts";
import type { Json } from "./json_tags.ts";
import type { PoolExecutor } from "../executors/pool_executor.ts";
import type { PoolJob } from "../executors/pool_job.ts";
import type { WorkerModules } from "./worker_modules.ts";
import { BrokenExecutor } from "../executors/error_classes.ts";
import { bytesOf, encodeValue } from "./json_encoder.ts";
import { encodeError } from "../executors/error_codec.ts";
import { type Job, WaitingError } from "bullmq";
import { keyOf } from "./cluster_job.ts";
import { JobFailure, refusal } from "./job_failure.ts";
import { readEnvelope } from "./envelope.ts";
import { endAsFailed, type Span, traceAttempt } from "./telemetry.ts";

/** An attempt under way. */
interface Attempt {
  readonly job: PoolJob<unknown>;
  /** Progress that is on its way. */
  readonly reports: readonly Promise<void>[];
  /** Null when nobody collects spans. */
  readonly span: Span | null;
  handedBack: boolean;
}

/** What a processor is made of. */
export interface ProcessorParts {
  readonly pool: PoolExecutor;
  readonly modules: WorkerModules;
  readonly maxPayloadBytes: number;
  /** Called when something runs that may be cancelled. */
  readonly busy: () => void;
  /** Called when progress could not be told. */
  readonly warn: (details: Record<string, unknown>) => void;
}

/** Makes the outcomes of jobs. */
export class JobProcessor {
  readonly #parts: ProcessorParts;
  readonly #attempts = new Map<string, Attempt>();

  constructor(parts: ProcessorParts) {
    this.#parts = parts;
  }

  /** The jobs that run, or wait for the pool. */
  get running(): string[] {
    return [...this.#attempts.keys()];
  }

  /** Runs one attempt. Its promise is what the engine takes as the outcome. */
  async process(job: Job, token: string | undefined): Promise<Json> {
    const attempt = this.#begin(job);
    const { span } = attempt;
    try {
      const json = this.#encode(job.name, await attempt.job);
      span?.end();
      return json;
    } catch (error) {
      const failure = this.#failure(error);
      endAsFailed(span, attempt.handedBack ? "it was handed back" : failure.headline);
      if (!attempt.handedBack) throw failure;
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      // In front of the outcome, on the same connection.
      await Promise.all(attempt.reports);
      this.#attempts.delete(job.id!);
    }
  }

  /** Stops a job, if it runs here. */
  cancel(jobId: string): void {
    this.#attempts.get(jobId)?.job.cancel("it was cancelled by its submitter");
  }

  /** Stops all that runs and puts it back into the queue. */
  handBack(): void {
    for (const attempt of this.#attempts.values()) {
      attempt.handedBack = true;
      attempt.job.cancel("its worker stops");
    }
  }

  #begin(job: Job): Attempt {
    const { maxPayloadBytes, pool, modules } = this.#parts;
    const reports: Promise<void>[] = [];
    try {
      const delivery = readEnvelope(job.data);
      checkRecoveries(job, delivery);
      const { kind, timeoutMs } = delivery;
      const target = modules.find(delivery.module, delivery.export);
      const options = {
        name: job.name,
        onProgress: (value: unknown) => void reports.push(this.#report(job, value)),
        ...timeoutMs !== undefined && { timeoutMs },
      };
      const message = { name: job.name, queue: job.queueName, jobId: job.id! };
      const started = pool._start(target, kind, delivery.args, options, {
        fail: (encoded) => new Relayed(encoded),
        info: { key: keyOf(job.id!), attempt: job.attemptsStarted },
      });
      const span = traceAttempt(message, delivery.traceparent);
      const attempt = { job: started, reports, span, handedBack: false };
      if (this.#attempts.size === 0) this.#parts.busy();
      this.#attempts.set(job.id!, attempt);
      return attempt;
    } catch (error) {
      throw refusal(error, maxPayloadBytes);
    }
  }

  #failure(error: unknown): JobFailure {
    const { maxPayloadBytes } = this.#parts;
    if (error instanceof JobFailure) return error;
    if (error instanceof Relayed) return new JobFailure(error.encoded, false, maxPayloadBytes);
    // The pool's own: it was cancelled, its time is up, or its thread or process died.
    return new JobFailure(encodeError(error), !(error instanceof BrokenExecutor), maxPayloadBytes);
  }

  #encode(name: string, value: unknown): Json {
    const { maxPayloadBytes } = this.#parts;
    try {
      const encoded = encodeValue(value, `the result of job "${name}"`);
      const bytes = bytesOf(encoded, maxPayloadBytes);
      if (bytes <= maxPayloadBytes) return encoded.json;
      throw new RangeError(
        `Cannot send the result of job "${name}": it takes ${bytes} bytes, expected at most ` +
          `${maxPayloadBytes} ("maxPayloadBytes"); give large data by reference`,
      );
    } catch (error) {
      throw refusal(error, maxPayloadBytes);
    }
  }

  async #report(job: Job, value: unknown): Promise<void> {
    try {
      const encoded = encodeValue(value, "progress");
      const bytes = bytesOf(encoded, this.#parts.maxPayloadBytes);
      if (bytes > this.#parts.maxPayloadBytes) throw new RangeError(`It takes ${bytes} bytes`);
      await job.updateProgress(encoded.json as object);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#parts.warn({ job: job.id, name: job.name, text: `Progress was not told: ${why}` });
    }
  }
}

/** What the job itself threw, as data. */
class Relayed extends Error {
  constructor(readonly encoded: EncodedError) {
    super("The job failed");
  }
}

function checkRecoveries(job: Job, { recoveries }: Delivery): void {
  if (job.stalledCounter <= recoveries) return;
  throw new BrokenExecutor(
    `Cannot finish job "${job.name}": its workers died ${job.stalledCounter} times in the middle of ` +
      `it, expected at most ${recoveries} ("recoveries")`,
  );
}
