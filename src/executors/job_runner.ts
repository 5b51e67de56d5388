// The worker's side of every channel: takes batches, runs jobs one at a time, in order, and answers in
// batches. Of its transport it knows how to post.

import type { FromWorker, ToWorker } from "./protocol.ts";
import type { JobBoard } from "./job_board.ts";
import { encodeError } from "./error_codec.ts";
import { isToWorker } from "./protocol.ts";
import { JobFunction } from "./job_function.ts";
import { RunningJob } from "./running_job.ts";
import { setCurrentJob } from "./job_api.ts";
import { runJob } from "./run_job.ts";

/** Sends a batch to the pool, as one message. Throws DataCloneError with nothing sent. */
export type PostToPool = (batch: readonly FromWorker[], transfer: Transferable[]) => void;

/** Who sees a worker while it is in a synchronous loop, where no memory is shared with the pool. */
export interface Onlooker {
  /** Whether the pool has asked the job to stop. */
  isCancelled(id: number): boolean;
  /** Takes a job to run it. False when the pool has it back. */
  claim(slot: number): boolean;
  /** The worker is at work from now on, or has nothing to do. */
  showWork(atWork: boolean): void;
}

/** Shorter than this, in ms, is quick. */
const QUICK_MS = 0.1;
/** So many quick runs in a row make a function quick: results may wait while it runs again. */
const QUICK_RUNS = 8;
const MOST_RUNS = 2 * QUICK_RUNS;
/** Results wait no longer than this, in ms, and not more than so many of them. */
const KEEP_MS = 1;
const KEEP_MOST = 256;

/** Runs the jobs of one worker. */
export class JobRunner {
  readonly #post: PostToPool;
  readonly #board: JobBoard | null;
  readonly #isHeavy: (() => boolean) | null;
  readonly #onlooker: Onlooker | null;
  readonly #functions = new Map<number, JobFunction>();
  readonly #waiting: RunningJob[] = [];
  #current: RunningJob | null = null;
  #busy = false;
  #out: FromWorker[] = [];
  #moved: Transferable[] = [];
  /** Something in `#out` is nowhere else: nothing may run before it is posted. */
  #urgent = false;
  /** Since when there is something in `#out`. */
  #keptSince = 0;

  /**
   * @param board Null where no memory is shared with the pool.
   * @param isHeavy Asked after each job; when true, the pool is told.
   * @param onlooker Where there is no board to look at.
   */
  constructor(
    post: PostToPool,
    board: JobBoard | null,
    isHeavy: (() => boolean) | null = null,
    onlooker: Onlooker | null = null,
  ) {
    this.#post = post;
    this.#board = board;
    this.#isHeavy = isHeavy;
    this.#onlooker = onlooker;
  }

  /**
   * Takes a batch from the pool.
   *
   * @throws {TypeError} When it is none: the pool is not to be trusted any more.
   */
  receive(batch: unknown): void {
    if (!Array.isArray(batch)) throw new TypeError("Cannot read a message: it is no batch");
    for (const message of batch) {
      if (!isToWorker(message)) throw new TypeError("Cannot read a message: it is none of ours");
      this.#take(message);
    }
    this.#work();
  }

  /** Whether the pool has asked the job to stop, though the message may not have been read. */
  isCancelled(job: RunningJob): boolean {
    if (this.#board !== null) return this.#board.isCancelled(job.slot);
    return this.#onlooker !== null && this.#onlooker.isCancelled(job.id);
  }

  /** Says that the worker is up; without an initializer that is at once. */
  ready(): void {
    this.send(["ready"]);
    this.flush();
  }

  /** Says that a message came which could not be read. */
  unreadable(): void {
    this.send(["unreadable"]);
    this.flush();
  }

  /** Adds to what will be posted next. */
  send(message: FromWorker, transfer: readonly Transferable[] = []): void {
    if (this.#out.length === 0) this.#keptSince = performance.now();
    this.#out.push(message);
    this.#urgent = true;
    if (transfer.length > 0) this.#moved.push(...transfer);
  }

  /** Adds the result of a job. */
  result(job: RunningJob, value: unknown, transfer: readonly Transferable[]): void {
    const urgent = this.#urgent;
    this.send(["done", job.id, value], transfer);
    // Reports come before their job's result, and are on no board.
    if (job.hasReported || this.#board === null) return;
    if (this.#board.keep(job.slot, value)) this.#urgent = urgent;
  }

  /** Posts what there is to post. */
  flush(): void {
    if (this.#out.length === 0) return;
    const batch = this.#out;
    const moved = this.#moved;
    this.#out = [];
    this.#moved = [];
    this.#urgent = false;
    try {
      this.#post(batch, moved);
    } catch (error) {
      // One message spoiled the batch: each goes alone, and the one that cannot go says so.
      for (const message of batch) this.#postAlone(message, moved, error);
    }
  }

  #postAlone(message: FromWorker, moved: Transferable[], reason: unknown): void {
    try {
      this.#post([message], moved.filter((item) => isInside(item, message)));
    } catch {
      const id = message[1];
      if (typeof id === "number") this.#post([["failed", id, encodeError(reason)]], []);
    }
  }

  #take(message: ToWorker): void {
    switch (message[0]) {
      case "run": {
        const [, id, slot, fn, kind, args, info] = message;
        const job = new RunningJob(this, id, slot, kind, args, info);
        job.fn = this.#functions.get(fn) ?? null;
        this.#waiting.push(job);
        return;
      }
      case "function":
        this.#functions.set(message[1], new JobFunction(message[2], message[3], "", ""));
        return;
      case "module":
        this.#functions.set(message[1], new JobFunction(message[3], null, message[2], message[3]));
        return;
      case "forget":
        this.#functions.clear();
        return;
      case "initialize":
        this.#initialize(message[1], message[2]);
        return;
      case "cancel":
        if (this.#current?.id !== message[1] || this.#current.isOver) return;
        this.#current.cancel();
        this.send(["cancelling", message[1]]);
        this.flush();
        return;
      case "credit":
        if (this.#current?.id === message[1]) this.#current.grant(message[2]);
        else this.#waiting.find((job) => job.id === message[1])?.grant(message[2]);
    }
  }

  #initialize(fn: number, args: readonly unknown[]): void {
    this.#setBusy(true);
    const call = async () => {
      const initializer = await this.#functions.get(fn)!.get();
      await initializer(...args);
    };
    call().then(() => {
      this.ready();
      this.#setBusy(false);
      this.#work();
    }, (error) => {
      this.send(["unfit", encodeError(error)]); // and stays busy: nothing runs here
      this.flush();
    });
  }

  #work(): void {
    if (this.#busy) return;
    this.#setBusy(true);
    for (let job = this.#next(); job !== null; job = this.#next()) {
      this.#flushBefore(job);
      this.#current = job;
      setCurrentJob(job);
      const start = performance.now();
      const pending = runJob(job);
      if (pending !== null) {
        this.flush();
        pending.then(() => {
          this.#ended(job);
          this.#setBusy(false);
          this.#work();
        });
        return;
      }
      this.#ended(job);
      this.#measure(job, performance.now() - start);
    }
    this.flush();
    this.#setBusy(false);
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.#onlooker?.showWork(busy);
  }

  #next(): RunningJob | null {
    for (;;) {
      const job = this.#waiting.shift();
      if (job === undefined) return null;
      const owners = this.#board ?? this.#onlooker;
      if (owners === null || owners.claim(job.slot)) return job;
      this.#board?.end(job.slot); // revoked: the pool has it back
    }
  }

  #ended(job: RunningJob): void {
    if (this.#isHeavy !== null && this.#isHeavy()) this.send(["heavy"]);
    // Before the mark: who reads it may take the worker for dead, and the result for posted.
    if (this.#urgent) this.flush();
    this.#board?.end(job.slot);
    this.#current = null;
    setCurrentJob(null);
  }

  #measure(job: RunningJob, ms: number): void {
    if (job.fn === null) return;
    const { quickRuns } = job.fn;
    // Halved, not forgotten, when one run was long: another thread may have had the core.
    job.fn.quickRuns = ms < QUICK_MS ? Math.min(MOST_RUNS, quickRuns + 1) : quickRuns >> 1;
  }

  /** A result must not wait for the end of a long job behind it. */
  #flushBefore(job: RunningJob): void {
    if (this.#out.length === 0) return;
    const quick = job.fn !== null && job.fn.quickRuns >= QUICK_RUNS;
    if (
      quick && !this.#urgent && this.#out.length < KEEP_MOST &&
      performance.now() - this.#keptSince < KEEP_MS
    ) {
      return;
    }
    this.flush();
  }
}

/** Whether something to be moved belongs to a message, directly or one level down. */
function isInside(item: unknown, message: FromWorker): boolean {
  const value: unknown = message.at(-1);
  if (value === item) return true;
  if (typeof value !== "object" || value === null) return false;
  if (ArrayBuffer.isView(value)) return value.buffer === item;
  return Object.values(value).some((inner) =>
    inner === item || (ArrayBuffer.isView(inner) && inner.buffer === item)
  );
}
