// A job as its pool sees it, which is at once the future that the submitter holds.
//
// | stage   | where it is                          | next                                      |
// | ------- | ------------------------------------ | ----------------------------------------- |
// | queued  | in the pool's queue                  | held (sent), over (cancelled)             |
// | held    | with a worker, begun or not          | queued (taken back), over                 |
// | over    | nowhere                              | none                                      |
//
// The future may be done earlier than the job: a cancelled job is held until its worker has let go of it.

import type { EncodedError } from "./error_codec.ts";
import type { JobInfo } from "./job_api.ts";
import type { JobKind } from "./protocol.ts";
import type { Seat } from "./seat.ts";
import type { Shipment } from "./job_source.ts";
import type { SubmitOptions } from "../core/executor.ts";
import { Future } from "../core/future.ts";
import { runInLoop } from "../core/current.ts";
import { RuntimeError, TimeoutError } from "../core/errors.ts";
import { hostTimerSoon } from "../core/host.ts";

/** What a job tells whoever runs it. */
export interface JobKeeper {
  /** Its future was done from this side: nobody wants it any more. */
  given(job: PoolJob<unknown>): void;
}

/** A job that comes from elsewhere. */
export interface HandOn {
  /** Makes the error that it fails with, of one that is to be handed on as data. */
  fail(error: EncodedError): unknown;
  readonly info: JobInfo;
}

/** What to run, and how to call it. */
export interface JobOrder {
  readonly shipment: Shipment;
  readonly kind: JobKind;
  readonly args: readonly unknown[];
  readonly transfer: Transferable[];
  readonly name: string;
}

let jobsMade = 0;

/** A job and its result to be. */
export class PoolJob<T> extends Future<T> {
  /** Told to nobody but the worker that has it. */
  readonly id: number = ++jobsMade;
  stage: "queued" | "held" | "over" = "queued";
  seat: Seat | null = null;
  slot = 0;
  /** Values of a stream, and reports of progress. */
  onItem: ((value: unknown) => void) | null = null;
  onProgress: ((value: unknown) => void) | null = null;
  /** Whose job it is, if a pool runs it for somebody else. */
  handOn: HandOn | null = null;
  readonly queuedAt: number = performance.now();
  sentAt = 0;
  /** Taken for its stack, should the job fail. */
  submitted: Error | null = null;
  #stopTimer: (() => void) | null = null;
  #stopListening: (() => void) | null = null;

  constructor(readonly order: JobOrder, readonly keeper: JobKeeper) {
    super();
    this.getLoop()._foreign++;
  }

  get name(): string {
    return this.order.name;
  }

  /**
   * Does as its submission says. False when nothing is left to do: it was cancelled before it began.
   *
   * @param options Checked.
   */
  obey({ signal, onProgress, timeoutMs }: SubmitOptions): boolean {
    this.onProgress = onProgress ?? null;
    if (signal?.aborted === true) {
      this.stage = "over";
      this.cancel(reasonOf(signal));
      return false;
    }
    if (signal !== undefined) this.#heed(signal);
    if (timeoutMs !== undefined) this.#limit(timeoutMs);
    return true;
  }

  /** Gives the job up `ms` from now. */
  #limit(ms: number): void {
    if (ms === Infinity) return;
    this.#stopTimer = hostTimerSoon(ms, () => {
      if (this.done()) return;
      this.setException(
        new TimeoutError(`Cannot wait for job "${this.name}" any longer: ${ms} ms are over`),
      );
      this.keeper.given(this as PoolJob<unknown>);
    });
  }

  /** Cancels the job when `signal` aborts. */
  #heed(signal: AbortSignal): void {
    const abort = () => void this.cancel(reasonOf(signal));
    signal.addEventListener("abort", abort);
    this.#stopListening = () => signal.removeEventListener("abort", abort);
  }

  /** Calls back to the submitter, at once: its result may come with the same message. */
  progressed(value: unknown): void {
    if (this.onProgress === null) return;
    const loop = this.getLoop();
    try {
      runInLoop(loop, () => this.onProgress!(value));
    } catch (exception) {
      const message = `Exception in onProgress of job "${this.name}"`;
      loop.callExceptionHandler({ message, exception, future: this as PoolJob<unknown> });
    }
  }

  /** Cancels the job. The future is cancelled at once, whatever the job makes of it. */
  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false;
    this.keeper.given(this as PoolJob<unknown>);
    return true;
  }

  /** Only its worker decides. */
  override setResult(): never {
    throw new RuntimeError(`Cannot set the result of job "${this.name}": its worker does that`);
  }

  /** @internal */
  override _finish(state: "finished" | "failed" | "cancelled", value: unknown): void {
    this._loop!._foreign--;
    this.#stopTimer?.();
    this.#stopListening?.();
    super._finish(state, value);
  }

  /** @internal */
  override _title(): string {
    return `Job "${this.name}"`;
  }

  /** @internal */
  override _label(): string {
    return `job ${this.name}`;
  }
}

function reasonOf({ reason }: AbortSignal): string {
  return String(reason?.message ?? reason);
}
