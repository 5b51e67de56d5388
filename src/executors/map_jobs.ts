// `Executor.map`: chunks of inputs are jobs; their results come out in the order of the inputs.

import type { ChunkFailure, ChunkResult } from "./run_job.ts";
import type { Job, MapOptions } from "../core/executor.ts";
import type { Pool } from "./pool.ts";
import type { PoolJob } from "./pool_job.ts";
import type { PoolSettings } from "./pool_options.ts";
import { checkLimitIfAny } from "../core/time_argument.ts";
import { CancelledError, describe, TimeoutError } from "../core/errors.ts";
import { Failure, watchFailure } from "../core/reports.ts";
import { getEventLoop } from "../core/current.ts";
import { hostTimerSoon } from "../core/host.ts";
import { JobIterator, type Step } from "./job_iterator.ts";
import { receiveError } from "./fail_job.ts";
import { shipmentOf } from "./job_source.ts";

// deno-lint-ignore no-explicit-any -- any job of one input
type AnyJob = Job<[any], unknown>;

/** A chunk should take about so long, in ms, when its size is ours to choose ... */
const CHUNK_MS = 1;
/** ... and hold no more inputs than this. */
const LARGEST_CHUNK = 1024;
/** Chunks under way for each worker: one runs, the others wait at hand. */
const CHUNKS_AHEAD = 4;

/** What a map asks of its executor. */
export interface MapExecutor {
  /** @internal */
  readonly _pool: Pick<Pool, "checkOpen" | "whenRoom"> & {
    readonly settings: Pick<PoolSettings, "maxWorkers" | "permissions">;
  };
  /** @internal */
  _start(job: AnyJob, kind: "chunk", inputs: readonly unknown[]): PoolJob<unknown>;
}

/** See `Executor.map`. */
export function mapJobs<I, R>(
  executor: MapExecutor,
  job: AnyJob,
  inputs: Iterable<I> | AsyncIterable<I>,
  options: MapOptions,
): AsyncIterableIterator<R> {
  for (const name of ["chunksize", "buffersize"] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`Cannot map: "${name}" is ${describe(value)}, expected at least 1`);
    }
  }
  checkLimitIfAny(options.timeoutMs, "map");
  const shipment = shipmentOf(job);
  executor._pool.checkOpen(shipment.name);
  return new MapIterator<I, R>(executor, job, iteratorOf(inputs), options, shipment.name);
}

function iteratorOf<I>(inputs: Iterable<I> | AsyncIterable<I>): Iterator<I> | AsyncIterator<I> {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = Object(inputs);
  const make = later ?? now;
  if (typeof make === "function") return make.call(inputs);
  throw new TypeError(`Cannot map over ${describe(inputs)}: expected something to iterate over`);
}

/** A chunk under way, or an outcome that needs no worker. */
type Pending = Chunk | { readonly error: unknown };

interface Chunk {
  readonly job: PoolJob<unknown>;
  readonly size: number;
  /** Its errors are in `#failures`. */
  noted: boolean;
}

class MapIterator<I, R> extends JobIterator<R> {
  readonly #executor: MapExecutor;
  readonly #job: AnyJob;
  readonly #inputs: Iterator<I> | AsyncIterator<I>;
  readonly #options: MapOptions;
  readonly #stopTimer: (() => void) | null;
  #late: TimeoutError | null = null;
  readonly #pending: Pending[] = [];
  /** Of the chunk whose results are being taken: these, and how many of each are gone. */
  #values: readonly unknown[] = [];
  #taken = 0;
  #failed: readonly ChunkFailure[] = [];
  #thrown = 0;
  #underWay = 0;
  #chunksize: number;
  #exhausted = false;
  #feeding: Promise<void> | null = null;
  /** Errors that are here and were not taken: reported when nobody ever comes for them. */
  readonly #failures = new Map<ChunkFailure, Failure | Promise<Failure>>();

  constructor(
    executor: MapExecutor,
    job: AnyJob,
    inputs: Iterator<I> | AsyncIterator<I>,
    options: MapOptions,
    name: string,
  ) {
    super(`map(${name})`);
    this.#executor = executor;
    this.#job = job;
    this.#inputs = inputs;
    this.#options = options;
    this.#chunksize = options.chunksize ?? 1;
    const { timeoutMs = Infinity } = options;
    this.#stopTimer = timeoutMs === Infinity
      ? null
      : hostTimerSoon(timeoutMs, () => this.#timeIsUp(timeoutMs));
    this.#feed();
  }

  protected override async step(): Promise<Step<R>> {
    try {
      return await this.#step();
    } catch (error) {
      throw this.#late ?? error;
    }
  }

  protected override atHand(): { value: R } | null {
    if (this.#late !== null || this.#taken >= this.#values.length) return null;
    if (this.#failed[this.#thrown]?.[0] === this.#taken) return null;
    const value = this.#values[this.#taken++] as R;
    this.#underWay--;
    this.#feed();
    return { value };
  }

  async #step(): Promise<Step<R>> {
    for (;;) {
      if (this.isEnded) return null; // closed while this waited
      if (this.#late !== null) throw this.#late;
      const atHand = this.atHand();
      if (atHand !== null) return atHand;
      if (this.#taken < this.#values.length) {
        const failed = this.#failed[this.#thrown++]!;
        this.#taken++;
        this.#underWay--;
        this.#feed();
        const failure = await this.#failures.get(failed)!;
        this.#failures.delete(failed);
        return { error: failure.see() };
      }
      const next = this.#pending[0];
      if (next === undefined) {
        if (this.#exhausted) return null;
        this.#feed();
        if (this.#pending.length === 0 && this.#feeding !== null) await this.#feeding;
        continue;
      }
      if ("error" in next) {
        this.#pending.shift();
        return next;
      }
      const result = await this.#outcomeOf(next);
      this.#pending.shift();
      if (result === null) continue;
      this.#noteFailures(next);
      [, this.#values, this.#failed] = result;
      this.#taken = 0;
      this.#thrown = 0;
      this.#adaptChunks(result);
    }
  }

  /** Null for a chunk that failed as a whole, as when its worker died: each of its inputs has failed then. */
  async #outcomeOf({ job, size }: Chunk): Promise<ChunkResult | null> {
    try {
      return await job as ChunkResult;
    } catch (error) {
      if (this.isEnded || this.#late !== null || error instanceof CancelledError) throw error;
      this.#underWay -= size;
      this.#pending.splice(1, 0, ...Array.from({ length: size }, () => ({ error })));
      return null;
    }
  }

  protected override abandon(): void {
    this.#stopTimer?.();
    if (!this.#exhausted) this.#closeInputs();
    this.#exhausted = true;
    for (const pending of this.#pending.splice(0)) {
      if ("job" in pending) pending.job.cancel();
    }
    for (const failure of this.#failures.values()) {
      if (failure instanceof Promise) failure.then((late) => late.see());
      else failure.see();
    }
    this.#failures.clear();
  }

  /** When a chunk is done, or its results are taken, whichever comes first. */
  #noteFailures(chunk: Chunk): void {
    const { job } = chunk;
    // A job that failed as a whole reports itself.
    if (chunk.noted || this.isEnded || job._state !== "finished") return;
    chunk.noted = true;
    const [, , failures] = job.result() as ChunkResult;
    const { permissions } = this.#executor._pool.settings;
    for (const failed of failures) {
      const note = (error: unknown): Failure => {
        const failure = new Failure(error, `A job of ${this.name}`, job.getLoop());
        watchFailure(this, failure);
        return failure;
      };
      const received = receiveError(job, failed[1], permissions === "inherit");
      this.#failures.set(
        failed,
        received instanceof Promise ? received.then(note) : note(received),
      );
    }
  }

  /** Nobody waits for their cleanup: an asynchronous source may be in the middle of its next input. */
  #closeInputs(): void {
    const loop = getEventLoop();
    const report = (exception: unknown) =>
      loop.callExceptionHandler({ message: `Cannot close the inputs of ${this.name}`, exception });
    try {
      const closing = this.#inputs.return?.();
      if (closing instanceof Promise) closing.catch(report);
    } catch (error) {
      report(error);
    }
  }

  #timeIsUp(ms: number): void {
    this.#late = new TimeoutError(`Cannot wait for ${this.name} any longer: ${ms} ms are over`);
    for (const pending of this.#pending) if ("job" in pending) pending.job.cancel();
  }

  get #buffersize(): number {
    const { maxWorkers } = this.#executor._pool.settings;
    return this.#options.buffersize ?? CHUNKS_AHEAD * maxWorkers * this.#chunksize;
  }

  /** Takes inputs while there is room for them. */
  #feed(): void {
    if (this.#exhausted || this.#feeding !== null) return;
    const full = this.#executor._pool.whenRoom();
    if (full !== null) return this.#feedAfter(full);
    // Wait for room for a whole chunk; else each result that is taken makes room for a chunk of one.
    const least = Math.min(this.#chunksize, this.#buffersize);
    if (this.#buffersize - this.#underWay < least) return;
    while (!this.#exhausted && this.#underWay < this.#buffersize) {
      const inputs: I[] = [];
      const size = Math.min(this.#chunksize, this.#buffersize - this.#underWay);
      while (inputs.length < size) {
        const step = this.#nextInput();
        if (step instanceof Promise) {
          this.#start(inputs);
          return this.#feedAfter(step.then((late) => this.#takeLate(late)));
        }
        if (step.done === true) {
          this.#exhausted = true;
          break;
        }
        inputs.push(step.value);
      }
      this.#start(inputs);
      if (this.#executor._pool.whenRoom() !== null) return;
    }
  }

  #feedAfter(wait: Promise<void>): void {
    this.#feeding = wait.catch((error) => this.#inputsFailed(error)).then(() => {
      this.#feeding = null;
      this.#feed();
    });
  }

  #nextInput(): IteratorResult<I> | Promise<IteratorResult<I>> {
    try {
      return this.#inputs.next();
    } catch (error) {
      this.#inputsFailed(error);
      return { done: true, value: undefined };
    }
  }

  #takeLate(step: IteratorResult<I>): void {
    if (this.#exhausted) return;
    if (step.done === true) this.#exhausted = true;
    else this.#start([step.value]);
  }

  #inputsFailed(error: unknown): void {
    if (!this.#exhausted) this.#pending.push({ error });
    this.#exhausted = true;
  }

  #start(inputs: readonly I[]): void {
    if (inputs.length === 0) return;
    try {
      const job = this.#executor._start(this.#job, "chunk", inputs);
      const chunk: Chunk = { job, size: inputs.length, noted: false };
      this.#pending.push(chunk);
      job.addDoneCallback(() => this.#noteFailures(chunk));
      this.#underWay += inputs.length;
    } catch (error) {
      if (!(error instanceof DOMException)) return this.#inputsFailed(error);
      // An input that cannot be sent fails alone.
      if (inputs.length === 1) this.#pending.push({ error });
      else for (const input of inputs) this.#start([input]);
    }
  }

  #adaptChunks([ms, values]: ChunkResult): void {
    if (this.#options.chunksize !== undefined || values.length === 0) return;
    const each = Math.max(ms / values.length, CHUNK_MS / LARGEST_CHUNK);
    const { buffersize = Infinity } = this.#options;
    const largest = Math.min(LARGEST_CHUNK, Math.floor(buffersize / CHUNKS_AHEAD));
    this.#chunksize = Math.max(1, Math.min(largest, Math.floor(CHUNK_MS / each)));
  }
}
