// A job on its worker: what it is to run, and how it is told to stop or, a stream, to go on.

import type { JobControl, JobInfo } from "./job_api.ts";
import type { JobFunction } from "./job_function.ts";
import type { FromWorker, JobKind } from "./protocol.ts";
import { cancelledError } from "../core/errors.ts";
import { STREAM_CREDIT } from "./protocol.ts";
import { checkCloneable } from "./cloneable.ts";

/** Where a job's messages go, and where it learns early that it was cancelled. */
export interface JobOutput {
  send(message: FromWorker, transfer?: readonly Transferable[]): void;
  result(job: RunningJob, value: unknown, transfer: readonly Transferable[]): void;
  flush(): void;
  isCancelled(job: RunningJob): boolean;
}

/** From its arrival to its end. */
export class RunningJob implements JobControl {
  /** Null when the pool named a function that it never sent. */
  fn: JobFunction | null = null;
  /** Its outcome has been said: it cannot be cancelled any more. */
  isOver = false;
  /** It has reported progress. */
  hasReported = false;
  #cancelled = false;
  #abort: AbortController | null = null;
  #credit = STREAM_CREDIT;
  #goOn: (() => void) | null = null;

  constructor(
    readonly output: JobOutput,
    readonly id: number,
    readonly slot: number,
    readonly kind: JobKind,
    readonly args: readonly unknown[],
    readonly info: JobInfo = FIRST_ATTEMPT,
  ) {}

  isCancelled(): boolean {
    return this.#cancelled || this.output.isCancelled(this);
  }

  get signal(): AbortSignal {
    if (this.#abort === null) {
      this.#abort = new AbortController();
      if (this.isCancelled()) this.cancel();
    }
    return this.#abort.signal;
  }

  progress(value: unknown): void {
    checkCloneable(value, "progress");
    this.hasReported = true;
    this.output.send(["progress", this.id, value]);
    this.output.flush(); // a long synchronous part may follow
  }

  /** Says what became of it, and no more after that. */
  end(outcome: FromWorker, transfer: readonly Transferable[] = []): void {
    this.isOver = true;
    this.output.send(outcome, transfer);
  }

  cancel(): void {
    this.#cancelled = true;
    this.#abort?.abort(cancelledError("the job was cancelled"));
    this.#wake();
  }

  /** A stream may send so many more values. */
  grant(count: number): void {
    this.#credit += count;
    this.#wake();
  }

  /** Takes one of the granted values. */
  takeCredit(): boolean {
    if (this.#credit === 0) return false;
    this.#credit--;
    return true;
  }

  /** Until it is told something. */
  told(): Promise<void> {
    return new Promise((resolve) => this.#goOn = resolve);
  }

  #wake(): void {
    this.#goOn?.();
    this.#goOn = null;
  }
}

/** Pools start a job once, and know of no keys. */
const FIRST_ATTEMPT: JobInfo = { key: null, attempt: 1 };
