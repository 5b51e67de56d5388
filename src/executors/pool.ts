// A pool's dispatch: who runs what. Workers are replaced and retired by the crew (crew.ts), which also
// tells when nothing can be dispatched for now.
//
// | state   | jobs                    | next                                             |
// | ------- | ----------------------- | ------------------------------------------------ |
// | open    | are taken               | closing (shutdown), broken                       |
// | closing | run to their end        | closed (the last has ended), broken              |
// | broken  | have failed             | closed (shutdown)                                |
// | closed  | there are none          | none                                             |

import type { FromWorker } from "./protocol.ts";
import type { JobKeeper, PoolJob } from "./pool_job.ts";
import type { OpenChannel } from "./channel.ts";
import type { PoolSettings } from "./pool_options.ts";
import type { Seat } from "./seat.ts";
import type { ShutdownOptions } from "../core/executor.ts";
import { BrokenExecutor } from "./error_classes.ts";
import { Crew } from "./crew.ts";
import { decodeError } from "./error_codec.ts";
import { isFromWorker } from "./protocol.ts";
import { apart, JobQueue } from "./job_queue.ts";
import { PoolCounts } from "./pool_counts.ts";
import { PoolOutcomes } from "./pool_outcomes.ts";
import { QueueFull, RuntimeError } from "../core/errors.ts";
import { withResolvers } from "../core/host.ts";

/** Queues jobs, hands them to workers, and settles them. */
export class Pool implements JobKeeper {
  readonly settings: PoolSettings;
  readonly counts: PoolCounts = new PoolCounts();
  readonly #outcomes: PoolOutcomes;
  readonly #queue = new JobQueue();
  readonly #crew: Crew;
  #state: "open" | "closing" | "broken" | "closed" = "open";
  #breakage: BrokenExecutor | null = null;
  #scheduled = false;
  /** What nobody has begun is cancelled. */
  #dropsQueued = false;
  #closed: PromiseWithResolvers<void> | null = null;
  #room: PromiseWithResolvers<void> | null = null;

  constructor(readonly name: string, settings: PoolSettings, open: OpenChannel) {
    this.settings = settings;
    const trusted = settings.permissions === "inherit";
    this.#outcomes = new PoolOutcomes(this.counts, trusted, () => this.#closeIfDone());
    this.#crew = new Crew(settings, open, {
      message: (seat, batch) => this.#message(seat, batch),
      recalled: (seat, slot, isBack) => this.#recalled(seat, slot, isBack),
      left: (seat, why) => this.#left(seat, why),
      changed: () => this.#schedule(),
      look: (seat) => this.#collect(seat),
      unable: (why, cause) => this.#break(why, cause),
    });
  }

  /** How many jobs no worker has. */
  get queued(): number {
    return this.#queue.size;
  }

  get crew(): Crew {
    return this.#crew;
  }

  /** @throws {RuntimeError} When it takes no jobs any more. */
  checkOpen(name: string): void {
    if (this.#state === "open") return;
    if (this.#state === "broken") {
      throw new BrokenExecutor(`Cannot submit job "${name}": ${this.#breakage!.message}`, {
        cause: this.#breakage!.cause,
      });
    }
    throw new RuntimeError(`Cannot submit job "${name}": ${this.name} has been shut down`);
  }

  /** Null when jobs can be submitted, else when to ask again. */
  whenRoom(): Promise<void> | null {
    if (this.#queue.size < this.settings.maxQueue || this.#crew.hasIdle()) return null;
    this.#room ??= withResolvers();
    return this.#room.promise;
  }

  submit(job: PoolJob<unknown>): void {
    this.counts.submitted++;
    if (this.#queue.size >= this.settings.maxQueue && !this.#crew.hasIdle()) {
      job.stage = "over";
      this.counts.failed++;
      job.setException(
        new QueueFull(`Cannot submit job "${job.name}": ${this.#queue.size} jobs wait already`),
      );
      return;
    }
    this.#queue.push(job);
    // An idle worker starts at once; what comes in bulk goes out together at the end of the turn.
    if (this.#queue.size === 1 && this.#crew.hasIdle()) this.#dispatch();
    else this.#schedule();
  }

  given(job: PoolJob<unknown>): void {
    if (job.cancelled()) this.counts.cancelled++;
    else this.counts.failed++; // its time is up
    const { seat } = job;
    if (job.stage === "queued") {
      job.stage = "over";
      this.#queue.dropped();
    } else if (seat !== null && seat.takeBack(job)) job.stage = "over";
    else if (seat !== null && seat.ask([job])) return; // the answer decides
    else if (seat !== null) {
      this.#crew.stopJob(seat, job);
      return;
    }
    this.#schedule();
  }

  /** Refuses jobs from now on; settles when the last has ended and all workers are gone. */
  shutdown({ wait = true, cancelFutures = false }: ShutdownOptions = {}): Promise<void> {
    if (this.#state === "open" || this.#state === "broken") this.#state = "closing";
    this.#closed ??= withResolvers();
    if (cancelFutures) {
      this.#dropsQueued = true;
      for (const seat of this.#crew.seats) {
        this.#takeBack(seat, [...seat.held.values()]);
        // Nobody has a future of a stream, and one that nobody consumes would never end.
        for (const job of seat.held.values()) if (job.order.kind === "stream") job.cancel();
      }
    }
    this.#dropQueued();
    this.#closeIfDone();
    return wait ? this.#closed.promise : Promise.resolve();
  }

  /** Those that the worker has not begun are queued again: at once, or when it has answered. */
  #takeBack(seat: Seat, jobs: readonly PoolJob<unknown>[]): void {
    this.#queue.putBack(jobs.filter((job) => seat.takeBack(job)));
    seat.ask(jobs);
  }

  #dropQueued(): void {
    if (!this.#dropsQueued) return;
    for (const job of this.#queue) job.cancel();
  }

  /** Fails all jobs, ends all workers and refuses further jobs; settles when the workers are gone. */
  abandon(why: string): Promise<void> {
    this.#break(why, undefined);
    return this.shutdown();
  }

  // ------------------------------------------------------------ handing out

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.size > 0 && this.#state !== "broken") {
      const seat = this.#crew.findSeat();
      if (seat === null) break;
      const share = Math.ceil(this.#queue.size / this.#crew.size);
      for (const jobs of apart(this.#queue.take(Math.min(seat.room, share)))) {
        this.#send(seat, jobs);
      }
    }
    if (this.#queue.size === 0) this.#balance();
    if (
      this.#room !== null && (this.#queue.size < this.settings.maxQueue || this.#state !== "open")
    ) {
      this.#room.resolve();
      this.#room = null;
    }
    this.#closeIfDone();
  }

  #send(seat: Seat, jobs: readonly PoolJob<unknown>[]): void {
    this.#crew.watch();
    const now = performance.now();
    for (const job of jobs) job.sentAt = now;
    try {
      seat.send(jobs);
    } catch (error) {
      // The platform refuses something that our own check let pass: whose it is shows when they go alone.
      if (jobs.length > 1) { for (const job of jobs) this.#send(seat, [job]); }
      else if (jobs[0] !== undefined) this.#outcomes.lost(jobs[0], error);
    }
  }

  /** An idle worker takes jobs over that were sent ahead to another one, and not begun. */
  #balance(): void {
    const idle = this.#crew.findIdle();
    if (idle === null) return;
    const taken = this.#crew.findLoaded()?.takeBackSome() ?? [];
    if (taken.length === 0) return;
    this.#queue.putBack(taken);
    for (const jobs of apart(this.#queue.take(taken.length))) this.#send(idle, jobs);
  }

  // ------------------------------------------------------------ what comes back

  #message(seat: Seat, batch: unknown): void {
    if (!Array.isArray(batch)) return this.#violated(seat);
    for (const message of batch) {
      if (!isFromWorker(message) || !this.#take(seat, message)) return this.#violated(seat);
    }
    seat.adaptWindow();
    this.#crew.workedFor(seat);
    this.#dispatch();
  }

  /** Acts upon a message. False when it is about a job that the worker does not hold. */
  #take(seat: Seat, message: FromWorker): boolean {
    switch (message[0]) {
      case "ready":
        this.#crew.ready(seat);
        return true;
      case "heavy":
        seat.heavy = true;
        this.#takeBack(seat, seat.movable);
        return true;
      case "unfit":
        this.#break("its initializer failed", decodeError(message[1]));
        return true;
      case "unreadable":
        this.#unread(seat);
        return true;
    }
    const job = seat.held.get(message[1]);
    if (job === undefined) {
      // Its result was taken from the board: what comes before that result is late, and so is the result.
      return message[0] === "done" ? seat.early.delete(message[1]) : seat.early.has(message[1]);
    }
    switch (message[0]) {
      case "done":
        seat.end(job);
        this.#outcomes.done(job, message[2]);
        return true;
      case "failed":
        seat.end(job);
        this.#outcomes.failed(job, message[2]);
        return true;
      case "progress":
        if (!job.done()) job.progressed(message[2]);
        return true;
      case "item":
        if (!job.done()) job.onItem?.(message[2]);
        return true;
      case "cancelling":
        seat.heeding = true;
        return true;
    }
  }

  #recalled(seat: Seat, slot: number, isBack: boolean): void {
    const job = seat.answered(slot, isBack);
    if (job === null) return this.#violated(seat);
    if (job.stage === "queued") {
      if (job.done()) job.stage = "over";
      else this.#queue.putBack([job]);
      this.#dropQueued();
      this.#crew.workedFor(seat);
      this.#schedule();
    } else if (job.stage === "held" && job.done()) this.#crew.stopJob(seat, job);
  }

  /** A worker that says what none of ours would say is in foreign hands. */
  #violated(seat: Seat): void {
    this.#crew.abandon(seat, "it sent a message that is not of the protocol");
  }

  /** Takes small results that a worker keeps back while it is in the middle of a long job. */
  #collect(seat: Seat): void {
    for (const job of [...seat.held.values()]) {
      const kept = seat.collect(job);
      if (kept !== null) this.#outcomes.done(job, kept.value);
    }
  }

  /** What a worker has not begun goes to others, what it is in the middle of is lost. */
  #left(seat: Seat, why: string): void {
    // All are taken back before any is looked at: until then it may end one job and begin the next.
    const unbegun = [...seat.held.values()].filter((job) => !job.done() && seat.takeBack(job));
    this.#queue.putBack(unbegun.filter((job) => job.order.transfer.length === 0));
    this.#collect(seat);
    // What was moved to it is gone with it.
    const lost = unbegun.filter((job) => job.order.transfer.length > 0);
    for (const job of seat.held.values()) if (!seat.willTell(job)) lost.push(job);
    this.#dropQueued();
    for (const job of lost) {
      if (job.stage === "held") seat.end(job);
      const message = `Cannot finish job "${job.name}": its worker is gone, ${why}`;
      this.#outcomes.lost(job, new BrokenExecutor(message));
    }
    this.#schedule();
  }

  /** A message to a worker was lost, about one of the jobs that it has not begun; Deno hands it no more. */
  #unread(seat: Seat): void {
    const why = "its worker could not read a message";
    if (seat.phase === "starting" && this.settings.initializer !== null) {
      this.#break(why, undefined);
    }
    for (const job of [...seat.held.values()]) {
      if (!seat.takeBack(job)) continue;
      const message = `Cannot send job "${job.name}": ${why}`;
      this.#outcomes.lost(job, new DOMException(message, "DataCloneError"));
    }
    this.#crew.dismiss(seat, why);
  }

  /** Nothing can be run here any more. */
  #break(why: string, cause: unknown): void {
    if (this.#state === "broken" || this.#state === "closed") return;
    const closing = this.#state === "closing";
    this.#state = "broken";
    this.#breakage = new BrokenExecutor(`${this.name} is broken: ${why}`, { cause });
    for (const job of this.#queue) this.#fail(job);
    for (const seat of [...this.#crew.seats]) {
      for (const job of [...seat.held.values()]) {
        seat.end(job);
        this.#fail(job);
      }
      this.#crew.abandon(seat, why);
    }
    if (closing) {
      this.#state = "closing";
      this.#closeIfDone();
    }
  }

  #fail(job: PoolJob<unknown>): void {
    if (job.stage === "queued") this.#queue.dropped();
    const { message, cause } = this.#breakage!;
    const error = new BrokenExecutor(`Cannot run job "${job.name}": ${message}`, { cause });
    this.#outcomes.lost(job, error);
  }

  #closeIfDone(): void {
    if (this.#state !== "closing" || this.#queue.size + this.#outcomes.pending > 0) return;
    if (!this.#crew.isIdle()) return;
    this.#state = "closed";
    this.#crew.disband().then(() => this.#closed!.resolve());
  }
}
