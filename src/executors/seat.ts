// A worker's place in its pool: the channel, the jobs that the worker holds, and what it knows already.
//
// | phase    | the worker                          | next                              |
// | -------- | ----------------------------------- | --------------------------------- |
// | starting | has not said "ready"; may hold jobs | working, leaving, gone            |
// | working  | is up                               | leaving, gone                     |
// | leaving  | is to be killed, or died; its last  | gone                              |
// |          | results are being read              |                                   |
// | gone     | was killed                          | none                              |

import type { Channel } from "./channel.ts";
import type { PoolJob } from "./pool_job.ts";
import type { Shipment } from "./job_source.ts";
import type { ToWorker } from "./protocol.ts";
import { BOARD_SIZE } from "./job_board.ts";
import { hostTimerSoon } from "../core/host.ts";

/** So many functions a worker remembers. */
const MOST_KNOWN = 1000;
/** So many jobs a worker holds at most: half of the board, because places taken back free up late. */
const MOST_HELD = BOARD_SIZE / 2;
/** Without a board places are numbers. Between the first job and the last there are so many at most. */
const MOST_APART = 2 * BOARD_SIZE;
const LAST_PLACE = 2 ** 30 - 1;
/** Jobs that took less than this each, in ms, are sent ahead in growing numbers; above that, alone. */
const QUICK_MS = 1;
/** Jobs that took less than this have one at hand behind them: the way there and back would count beside them. */
const SHORT_MS = 10;

/** One worker of a pool. */
export class Seat {
  phase: "starting" | "working" | "leaving" | "gone" = "starting";
  readonly held: Map<number, PoolJob<unknown>> = new Map();
  wasReady = false;
  /** A worker says "ready" when it is up, and once more when its initializer has run. */
  readiesAwaited = 1;
  /** How many jobs the worker may hold now. */
  window = 1;
  /** Jobs ended here. */
  ended = 0;
  idleSince: number = performance.now();
  /** The worker answered a cancel: its thread is not stuck. */
  heeding = false;
  /** Jobs whose results were taken from the board: they will be posted too. */
  readonly early: Set<number> = new Set();
  /** Its heap is too large. */
  heavy = false;
  /** It seemed dead at the last look. */
  suspect = false;
  /** Looks in a row at which it had begun none of its jobs. */
  hungLooks = 0;
  /** Ends the waits for cancelled jobs to stop. */
  readonly #graces = new Set<() => void>();
  /** Jobs that were asked for, by their slots. */
  readonly #asked = new Map<number, PoolJob<unknown>>();
  readonly #known = new Set<number>();
  #slot = 0;
  #batchSentAt = 0;
  #endedSinceSent = 0;

  /** @param maxTasks After so many jobs it is replaced. */
  constructor(readonly number: number, readonly channel: Channel, readonly maxTasks: number) {}

  get isIdle(): boolean {
    return this.held.size === 0;
  }

  /** Whether it gets no jobs any more. */
  get isEnding(): boolean {
    return this.phase === "leaving" || this.phase === "gone";
  }

  /** How many more jobs it may be sent. */
  get room(): number {
    if (this.isEnding || this.heavy || this.#graces.size > 0) return 0;
    const { board, recall } = this.channel;
    const first = board === null ? this.#first : null;
    if (first !== null && (this.#slot - first.slot & LAST_PLACE) >= MOST_APART) return 0;
    const canTakeBack = board !== null || recall !== null;
    const ahead = canTakeBack && this.phase !== "starting" ? this.window : 1;
    const window = Math.min(ahead, this.maxTasks - this.ended);
    // Not for each job that ends: messages cost more than small jobs.
    return this.held.size > window >> 1 ? 0 : window - this.held.size;
  }

  /**
   * Sends jobs, as one message.
   *
   * @throws {DOMException} DataCloneError with nothing sent and nothing held.
   */
  send(jobs: readonly PoolJob<unknown>[]): void {
    const batch: ToWorker[] = [];
    const transfer: Transferable[] = [];
    const introduced: number[] = [];
    for (const job of jobs) {
      const { shipment, kind, args } = job.order;
      if (!this.#known.has(shipment.id)) {
        this.#introduce(shipment, batch);
        introduced.push(shipment.id);
      }
      job.slot = this.#takeSlot();
      const run = ["run", job.id, job.slot, shipment.id, kind, args] as const;
      batch.push(job.handOn === null ? run : [...run, job.handOn.info]);
      if (job.order.transfer.length > 0) transfer.push(...job.order.transfer);
    }
    try {
      this.channel.post(batch, transfer);
    } catch (error) {
      for (const id of introduced) this.#known.delete(id);
      for (const job of jobs) this.channel.board?.end(job.slot);
      throw error;
    }
    if (this.held.size === 0) {
      this.#batchSentAt = jobs[0]!.sentAt;
      this.#endedSinceSent = 0;
    }
    for (const job of jobs) {
      this.held.set(job.id, job);
      job.stage = "held";
      job.seat = this;
    }
  }

  /** Has the worker run this before all jobs. */
  initialize(shipment: Shipment, args: readonly unknown[]): void {
    const batch: ToWorker[] = [];
    this.#introduce(shipment, batch);
    batch.push(["initialize", shipment.id, args]);
    this.readiesAwaited++;
    this.channel.post(batch, []);
  }

  /** Asks the worker to stop a job. */
  askToStop(job: PoolJob<unknown>): void {
    this.channel.board?.cancel(job.slot);
    this.channel.post([["cancel", job.id]], []);
  }

  /** Calls back in `ms`, unless the worker is idle or gone by then. It gets no jobs meanwhile. */
  grace(ms: number, over: () => void): void {
    const stop = hostTimerSoon(ms, () => {
      this.#graces.delete(stop);
      over();
    });
    this.#graces.add(stop);
  }

  endGraces(): void {
    if (this.#graces.size === 0) return;
    for (const stop of this.#graces) stop();
    this.#graces.clear();
  }

  /** Takes a job back that the worker has not begun. False when it has, or when nobody can tell. */
  takeBack(job: PoolJob<unknown>): boolean {
    const { board } = this.channel;
    const unbegun = board === null ? this.#neverBegan(job) : board.revoke(job.slot);
    if (!unbegun) return false;
    this.#letGo(job);
    job.stage = "queued";
    return true;
  }

  /** A worker that ended before it said "ready" has begun nothing, and any other none but its first job. */
  #neverBegan(job: PoolJob<unknown>): boolean {
    if (!this.isEnding) return false;
    return !this.wasReady || this.channel.recall?.hasToldAll === true && job !== this.#first;
  }

  get #first(): PoolJob<unknown> | null {
    return this.held.values().next().value ?? null;
  }

  /**
   * Asks for jobs where only the worker can tell whether it has begun them. It begins the last ones last.
   *
   * @returns Whether any answer is to come.
   */
  ask(jobs: readonly PoolJob<unknown>[]): boolean {
    const { recall } = this.channel;
    if (recall === null || this.isEnding) return false;
    const first = this.#first;
    const askable = jobs.filter((job) => job !== first);
    const unasked = askable.filter(({ slot }) => !this.#asked.has(slot)).reverse();
    for (const job of unasked) this.#asked.set(job.slot, job);
    if (unasked.length > 0) recall.ask(unasked.map(({ slot }) => slot));
    return askable.length > 0;
  }

  /** The worker has answered: the job that it is about, or null when there was no such question. */
  answered(slot: number, isBack: boolean): PoolJob<unknown> | null {
    const job = this.#asked.get(slot);
    if (job === undefined) return null;
    this.#asked.delete(slot);
    if (isBack && job.stage === "held") {
      this.#letGo(job);
      job.stage = "queued";
    }
    return job;
  }

  /** Jobs that can be sent to another worker, unless this one has begun them. */
  get movable(): PoolJob<unknown>[] {
    return [...this.held.values()].filter((job) => job.order.transfer.length === 0);
  }

  /** Takes back for another worker what this one would come to last: half of it, or all while it starts. */
  takeBackSome(): PoolJob<unknown>[] {
    const { movable } = this;
    const count = this.phase === "starting" ? movable.length : movable.length >> 1;
    const last = movable.slice(movable.length - count);
    const taken = last.filter((job) => this.takeBack(job));
    if (taken.length > 0 || this.#asked.size === 0 && this.ask(last)) this.window = 1;
    return taken;
  }

  /** The worker has ended a job. */
  end(job: PoolJob<unknown>): void {
    this.#letGo(job);
    job.stage = "over";
    this.ended++;
    this.#endedSinceSent++;
  }

  /** Fits the window to how fast the jobs of late were. */
  adaptWindow(): void {
    if (this.#endedSinceSent === 0) return;
    const now = performance.now();
    const each = (now - this.#batchSentAt) / this.#endedSinceSent;
    this.window = each < QUICK_MS
      ? Math.min(MOST_HELD, this.window * 2)
      : Math.max(each < SHORT_MS ? 2 : 1, this.window >> 1);
    this.#batchSentAt = now;
    this.#endedSinceSent = 0;
  }

  /** Settles a job with the result that its worker left on the board, if it did. */
  collect(job: PoolJob<unknown>): { value: unknown } | null {
    const kept = this.channel.board?.kept(job.slot) ?? null;
    if (kept === null) return null;
    this.end(job);
    this.early.add(job.id);
    return kept;
  }

  /** Whether it is at one of its jobs, or has ended one, as far as that can be told. */
  hasBegun(): boolean {
    const { board } = this.channel;
    if (board === null) return true;
    return [...this.held.values()].some(({ slot }) => board.isRunning(slot) || board.isOver(slot));
  }

  /** Whether the result of a job that it holds will come: the worker has ended it, and is listened to. */
  willTell(job: PoolJob<unknown>): boolean {
    return this.phase !== "gone" && this.channel.board?.isOver(job.slot) === true;
  }

  #letGo(job: PoolJob<unknown>): void {
    this.held.delete(job.id);
    job.seat = null;
    if (this.held.size === 0) this.idleSince = performance.now();
  }

  #introduce(shipment: Shipment, batch: ToWorker[]): void {
    if (this.#known.size >= MOST_KNOWN) {
      batch.push(["forget"]);
      this.#known.clear();
    }
    this.#known.add(shipment.id);
    const { id, name, source, url, exportName } = shipment;
    batch.push(source === null ? ["module", id, url, exportName] : ["function", id, name, source]);
  }

  #takeSlot(): number {
    const { board } = this.channel;
    if (board === null) return this.#slot = this.#slot + 1 & LAST_PLACE;
    do {
      this.#slot = (this.#slot + 1) % BOARD_SIZE;
    } while (!board.isFree(this.#slot));
    board.send(this.#slot);
    return this.#slot;
  }
}
