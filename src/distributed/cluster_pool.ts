// The submitters' side of a queue: which jobs are pending, and how each is settled, once.
//
// | state   | jobs                    | next                                             |
// | ------- | ----------------------- | ------------------------------------------------ |
// | open    | are taken               | closing (shutdown), broken                       |
// | closing | run to their end        | closed (the last has ended), broken              |
// | broken  | have failed             | closed (shutdown)                                |
// | closed  | there are none          | none                                             |
//
// An outcome comes in one of two ways: as an event, or, when events were missed, by looking.

import type { ClusterJob } from "./cluster_job.ts";
import type { ClusterSettings } from "./cluster_options.ts";
import type { JobKeeper, PoolJob } from "../executors/pool_job.ts";
import type { PoolSettings } from "../executors/pool_options.ts";
import type { ShutdownOptions } from "../core/executor.ts";
import { ClusterOutcomes } from "./cluster_outcomes.ts";
import { BrokenExecutor } from "../executors/error_classes.ts";
import { getEventLoop } from "../core/current.ts";
import { JobAdder } from "./job_adder.ts";
import { JobRegistry } from "./job_registry.ts";
import { LookupError, RuntimeError } from "../core/errors.ts";
import { PoolCounts } from "../executors/pool_counts.ts";
import { QueueLink } from "./queue_link.ts";
import { withResolvers } from "../core/host.ts";
import { reasonOf } from "./redis_client.ts";
import { Ticker } from "../executors/ticker.ts";

type AnyJob = ClusterJob<unknown>;

/** Keeps the jobs of one executor. */
export class ClusterPool implements JobKeeper {
  /** What `map` asks for. */
  readonly settings: Pick<PoolSettings, "maxWorkers" | "permissions">;
  readonly counts: PoolCounts = new PoolCounts();
  readonly #settings: ClusterSettings;
  readonly #outcomes: ClusterOutcomes;
  readonly #jobs = new JobRegistry();
  readonly #adder: JobAdder;
  readonly #ticker: Ticker;
  #link: QueueLink | null = null;
  /** Messages about cancelled jobs that are on their way. */
  readonly #underWay = new Set<Promise<void>>();
  /** Jobs that are being taken out of the queue, if they have not begun. */
  readonly #removing = new Set<string>();
  #state: "open" | "closing" | "broken" | "closed" = "open";
  #breakage = "";
  #closed: PromiseWithResolvers<void> | null = null;
  #looking: Promise<void> | null = null;

  constructor(settings: ClusterSettings) {
    this.#settings = settings;
    this.settings = { maxWorkers: settings.width, permissions: "inherit" };
    this.#outcomes = new ClusterOutcomes(this.#jobs, this.counts, {
      settled: () => this.#closeIfDone(),
      report: (message, exception) => this.#report(message, exception),
    });
    this.#adder = new JobAdder(() => this.#open().opened(), {
      added: (jobs) => this.#added(jobs),
      refused: (job, why) => this.#refused(job, why),
    });
    this.#ticker = new Ticker(settings.reconcileMs, () => this.#reconcile());
  }

  /** How many jobs are not known to have ended. */
  get pending(): number {
    return this.#jobs.size;
  }

  /** How many of these the queue has not taken. O(pending). */
  get queued(): number {
    return [...this.#jobs].filter((job) => job.stage === "queued").length;
  }

  /** @throws {RuntimeError} When it takes no jobs any more. */
  checkOpen(name: string): void {
    if (this.#state === "open") return;
    if (this.#state === "broken") {
      throw new BrokenExecutor(`Cannot submit job "${name}": ${this.#breakage}`);
    }
    throw new RuntimeError(`Cannot submit job "${name}": the cluster executor has been shut down`);
  }

  /** The queue takes all that there is; Redis is the limit. */
  whenRoom(): null {
    return null;
  }

  submit(job: AnyJob): void {
    this.counts.submitted++;
    // Before it goes out: its end may be heard of sooner than that it was added.
    this.#jobs.add(job);
    this.#ticker.start();
    this.#adder.add(job);
  }

  /** Waits for a job that somebody has submitted. */
  attach(job: AnyJob): void {
    this.counts.submitted++;
    job.stage = "held";
    this.#jobs.add(job);
    this.#ticker.start();
    this.#open().opened().then(() => this.#look(job.jobId)).catch((error) => {
      if (!job.done()) this.#refused(job, reasonOf(error));
    });
  }

  given(job: PoolJob<unknown>): void {
    if (job.cancelled()) this.counts.cancelled++;
    else this.counts.failed++; // its time is up
    const { jobId } = job as AnyJob;
    this.#jobs.remove(job as AnyJob);
    // One that is on its way is taken back when it has arrived.
    if (job.stage === "held" && this.#jobs.get(jobId).length === 0) this.#withdraw(jobId);
    this.#closeIfDone();
  }

  /** Refuses jobs from now on; settles when the last has ended and the connections are closed. */
  shutdown({ wait = true, cancelFutures = false }: ShutdownOptions = {}): Promise<void> {
    if (this.#state === "open" || this.#state === "broken") this.#state = "closing";
    this.#closed ??= withResolvers();
    if (cancelFutures) { for (const job of [...this.#jobs]) this.#cancelUnstarted(job); }
    this.#closeIfDone();
    return wait ? this.#closed.promise : Promise.resolve();
  }

  // ------------------------------------------------------------ on the way out

  #open(): QueueLink {
    return this.#link ??= new QueueLink(this.#settings, {
      completed: (jobId, value) => this.#outcomes.completed(jobId, value),
      failed: (jobId, reason) => this.#outcomes.failed(jobId, reason),
      progress: (jobId, value) => this.#outcomes.progressed(jobId, value),
      removed: (jobId) => {
        if (!this.#removing.has(jobId)) this.#outcomes.gone(jobId);
      },
      unreadable: (error) =>
        this.#report(
          `Cannot read an event of queue "${this.#settings.queue}": it is skipped`,
          error,
        ),
      lost: (why) => this.#report(`Cannot reach Redis (${why}): jobs wait until it answers`),
      gap: () => this.#reconcile(),
      refused: (why) => this.#break(`Redis refuses the connection, ${why}`),
    });
  }

  #added(jobs: readonly AnyJob[]): void {
    const now = performance.now();
    for (const job of jobs) {
      if (job.stage === "over") continue; // its end was heard of first
      job.stage = "held";
      job.sentAt = now;
      if (job.done()) {
        if (this.#jobs.get(job.jobId).length === 0) this.#withdraw(job.jobId);
      } else if (job.isShared) {
        this.#busyWith(this.#look(job.jobId), `Cannot look for job "${job.name}"`);
      }
    }
  }

  #refused(job: AnyJob, why: string): void {
    this.#outcomes.lost(
      job,
      new BrokenExecutor(`Cannot submit job "${job.name}": Redis refused it, ${why}`),
    );
  }

  #withdraw(jobId: string): void {
    this.#busyWith(this.#link!.withdraw(jobId), `Cannot stop job ${jobId}, which was cancelled`);
  }

  /** The connections stay open until it is over. */
  #busyWith(message: Promise<void>, failure: string): void {
    const busy = message.catch((error) => this.#report(`${failure}: ${reasonOf(error)}`)).finally(
      () => {
        this.#underWay.delete(busy);
        this.#closeIfDone();
      },
    );
    this.#underWay.add(busy);
  }

  #cancelUnstarted(job: AnyJob): void {
    if (job.stage === "queued") {
      job.cancel();
      return;
    }
    const { jobId } = job;
    this.#removing.add(jobId);
    this.#busyWith(
      this.#link!.remove(jobId).then((removed) => {
        this.#removing.delete(jobId);
        if (removed && !job.done()) job.cancel();
      }),
      `Cannot cancel job "${job.name}"`,
    );
  }

  // ------------------------------------------------------------ looking

  /** Settles what has ended without being heard of. */
  #reconcile(): void {
    // Not with the last job: to stop and start a timer takes longer than a short job.
    if (this.#jobs.size === 0) this.#ticker.stop();
    if (this.#link === null || this.#jobs.size === 0) return;
    this.#looking ??= this.#lookAtAll(this.#link).catch((error) => {
      this.#report(`Cannot look after jobs: ${reasonOf(error)}`);
    }).finally(() => this.#looking = null);
  }

  async #lookAtAll(link: QueueLink): Promise<void> {
    const held = new Set<string>();
    for (const job of this.#jobs) if (job.stage === "held") held.add(job.jobId);
    for (const jobId of await link.ended([...held])) await this.#look(jobId);
  }

  /** Settles a job from what the queue has of it, if it has ended. */
  async #look(jobId: string): Promise<void> {
    const found = await this.#link!.find(jobId);
    if (found === null) {
      this.#missing(jobId);
      return;
    }
    for (const job of this.#jobs.get(jobId)) {
      if (job.entry !== null && found.name !== job.entry.name) this.#notTheSame(job, found.name);
    }
    if (found.state !== "completed" && found.state !== "failed") return;
    if (found.progress !== undefined) this.#outcomes.progressedLast(jobId, found.progress);
    if (found.state === "completed") this.#outcomes.completed(jobId, found.result);
    else this.#outcomes.failed(jobId, found.failure);
  }

  #notTheSame(job: AnyJob, name: string): void {
    this.#outcomes.lost(
      job,
      new RuntimeError(`Cannot submit job "${job.entry!.name}": its key belongs to job "${name}"`),
    );
  }

  #missing(jobId: string): void {
    const jobs = this.#jobs.get(jobId);
    if (jobs.some((job) => job.stage === "queued")) return; // it is on its way
    for (const job of jobs.filter((job) => job.entry === null)) {
      this.#outcomes.lost(
        job,
        new LookupError(`Cannot attach to ${job.name}: there is no such job`),
      );
    }
    this.#outcomes.gone(jobId);
  }

  // ------------------------------------------------------------ the end

  #break(why: string): void {
    if (this.#state === "broken" || this.#state === "closed") return;
    const closing = this.#state === "closing";
    this.#state = "broken";
    this.#breakage = `the cluster executor is broken: ${why}`;
    for (const job of [...this.#jobs]) {
      this.#outcomes.lost(
        job,
        new BrokenExecutor(`Cannot run job "${job.name}": ${this.#breakage}`),
      );
    }
    this.#disconnect();
    if (closing) this.#state = "closing";
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (this.#state !== "closing") return;
    if (this.#jobs.size + this.#underWay.size + this.#outcomes.pending > 0) return;
    this.#state = "closed";
    this.#disconnect().then(() => this.#closed!.resolve());
  }

  async #disconnect(): Promise<void> {
    this.#ticker.stop();
    this.#adder.close();
    await this.#link?.close();
  }

  #report(message: string, exception?: unknown): void {
    if (this.#state === "closed") return; // the connections are closed, and say so
    // Of whoever uses this executor: nothing of a loop runs when Redis speaks.
    const [job] = this.#jobs;
    const loop = job?.getLoop() ?? getEventLoop();
    loop.callExceptionHandler({ message, ...exception !== undefined && { exception } });
  }
}
