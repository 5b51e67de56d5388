// The workers of a pool: started when needed, looked after while they work, replaced when they end,
// retired when they idle.

import type { Channel, OpenChannel } from "./channel.ts";
import type { PoolJob } from "./pool_job.ts";
import type { PoolSettings } from "./pool_options.ts";
import { BackOff } from "./back_off.ts";
import { hostTimerSoon } from "../core/host.ts";
import { Seat } from "./seat.ts";
import { Ticker } from "./ticker.ts";
import { Zombies } from "./zombies.ts";

/** What a crew tells its pool. */
export interface CrewEvents {
  message(seat: Seat, batch: unknown): void;
  /** A worker says whether a job that was asked for is back. */
  recalled(seat: Seat, slot: number, isBack: boolean): void;
  /** A worker is leaving, and once more if it is gone with jobs whose results did not come. */
  left(seat: Seat, why: string): void;
  /** There may be somebody to hand jobs to. */
  changed(): void;
  /** A worker has been at its jobs for a while: it may have left results. */
  look(seat: Seat): void;
  /** Workers cannot be started. */
  unable(why: string, cause: unknown): void;
}

/** Between two looks at workers that have jobs, in ms. */
const LOOK_MS = 100;
/** So many looks in a row at a thread that begins none of its jobs, and it hangs. */
const MOST_HUNG_LOOKS = 100;
/** Enough for the messages that have arrived to be read. */
const READ_MS = 5;
/** More than that: only a worker in foreign hands marks jobs as ended and sends no results. */
const LAST_READ_MS = 1000;

/** Starts, watches and ends workers. */
export class Crew {
  readonly seats: Set<Seat> = new Set();
  readonly zombies: Zombies = new Zombies();
  readonly #settings: PoolSettings;
  readonly #open: OpenChannel;
  readonly #events: CrewEvents;
  readonly #backOff = new BackOff(() => this.#events.changed());
  readonly #leaving = new Set<Promise<void>>();
  #started = 0;
  readonly #watch = new Ticker(LOOK_MS, () => this.#look());
  #stopIdleTimer: (() => void) | null = null;

  constructor(settings: PoolSettings, open: OpenChannel, events: CrewEvents) {
    this.#settings = settings;
    this.#open = open;
    this.#events = events;
  }

  get size(): number {
    return this.seats.size;
  }

  /** Whether some worker has nothing to do, or could be started. */
  hasIdle(): boolean {
    return this.findIdle() !== null || this.#canStart();
  }

  /** Whether nobody has a job. */
  isIdle(): boolean {
    for (const seat of this.seats) if (!seat.isIdle) return false;
    return true;
  }

  /** A worker that is up and has nothing to do. */
  findIdle(): Seat | null {
    for (const seat of this.seats) {
      if (seat.phase === "working" && seat.isIdle && seat.room > 0) return seat;
    }
    return null;
  }

  /** The worker for the next job: an idle one, a new one, or one that takes jobs ahead. */
  findSeat(): Seat | null {
    const idle = this.findIdle();
    if (idle !== null) return idle;
    if (this.#canStart()) {
      while (this.seats.size < this.#settings.minWorkers - 1) this.#start();
      return this.#start();
    }
    let best: Seat | null = null;
    for (const seat of this.seats) {
      if (seat.room > (best?.room ?? 0)) best = seat;
    }
    return best;
  }

  /** The worker with most jobs that it may not have begun. */
  findLoaded(): Seat | null {
    let most: Seat | null = null;
    for (const seat of this.seats) {
      const { board, recall } = seat.channel;
      if (seat.held.size === 0 || board === null && recall === null) continue;
      if (seat.held.size < 2 && (seat.phase !== "starting" || board === null)) continue;
      if (most === null || seat.held.size > most.held.size) most = seat;
    }
    return most;
  }

  ready(seat: Seat): void {
    if (--seat.readiesAwaited > 0) return;
    if (seat.phase === "starting") seat.phase = "working";
    seat.wasReady = true;
    this.#backOff.started();
  }

  /** A message came from this worker: it may be due to be replaced, or to rest. */
  workedFor(seat: Seat): void {
    seat.suspect = false;
    seat.hungLooks = 0;
    if (seat.phase === "leaving") {
      if (seat.isIdle) this.#remove(seat);
      return;
    }
    if (seat.ended > 0) this.#backOff.succeeded();
    if (!seat.isIdle) return;
    seat.endGraces();
    if (seat.heavy || seat.ended >= this.#settings.maxTasksPerChild) this.#remove(seat);
    else this.#armIdleTimer();
  }

  /** Asks a running job to stop, and sees to it that it does. */
  stopJob(seat: Seat, job: PoolJob<unknown>): void {
    seat.askToStop(job);
    seat.heeding = false;
    seat.grace(this.#settings.cancelGraceMs, () => {
      if (job.stage !== "held") return;
      // This side may have been too busy to read that it has stopped: that is read now, if it is there.
      seat.grace(READ_MS, () => this.#giveUp(seat, job));
    });
  }

  #giveUp(seat: Seat, job: PoolJob<unknown>): void {
    if (job.stage !== "held" || seat.isEnding) return;
    const { board, endsLoops } = seat.channel;
    const runsOn = !endsLoops && !seat.heeding && board?.isRunning(job.slot) === true;
    if (runsOn) this.zombies.add(board, job);
    this.dismiss(seat, "it was replaced because another job did not stop");
  }

  /** Ends a worker, whatever it does, once the results that it has sent are read. */
  dismiss(seat: Seat, why: string): void {
    if (seat.isEnding) return;
    this.#letLeave(seat);
    // Only its last words say what it has begun: it is settled when it has died.
    if (seat.channel.recall?.end(why) !== true) this.#settle(seat, why);
  }

  #letLeave(seat: Seat): void {
    seat.phase = "leaving";
    seat.endGraces();
  }

  #settle(seat: Seat, why: string): void {
    this.#events.left(seat, why);
    if (seat.isIdle) this.#remove(seat);
    else seat.grace(LAST_READ_MS, () => seat.grace(READ_MS, () => this.abandon(seat, why)));
  }

  /** Ends a worker at once; what it has sent is not read any more. */
  abandon(seat: Seat, why: string): void {
    if (!seat.isEnding) {
      this.#letLeave(seat);
      this.#settle(seat, why);
    }
    this.#remove(seat);
    if (!seat.isIdle) this.#events.left(seat, why);
  }

  /** Ends all workers. */
  async disband(): Promise<void> {
    for (const seat of [...this.seats]) this.#remove(seat);
    this.#stopIdleTimer?.();
    this.#stopIdleTimer = null;
    this.#backOff.close();
    await Promise.all(this.#leaving);
  }

  /** Called when a worker is about to get jobs. */
  watch(): void {
    this.#watch.start();
  }

  #canStart(): boolean {
    return this.seats.size < this.#settings.maxWorkers && this.#backOff.mayStart();
  }

  #start(): Seat {
    const number = ++this.#started;
    const { namePrefix, permissions, maxHeapBytes, maxTasksPerChild } = this.#settings;
    const { initializer, initargs } = this.#settings;
    const channel: Channel = this.#open({
      message: (batch) => {
        if (seat.phase !== "gone") this.#events.message(seat, batch);
      },
      died: (why) => this.#died(seat, why),
      recalled: (slot, isBack) => {
        if (seat.phase !== "gone") this.#events.recalled(seat, slot, isBack);
      },
    }, { name: `${namePrefix}-${number}`, permissions, maxHeapBytes });
    const seat = new Seat(number, channel, maxTasksPerChild);
    this.seats.add(seat);
    if (initializer !== null) seat.initialize(initializer, initargs);
    return seat;
  }

  #died(seat: Seat, why: string): void {
    if (seat.phase === "leaving" && seat.channel.recall !== null) this.#settle(seat, why);
    if (seat.isEnding) return;
    const startFailed = seat.phase === "starting";
    const hopeless = this.#backOff.failed(startFailed);
    this.dismiss(seat, why);
    if (hopeless) this.#events.unable(`workers cannot be started, ${why}`, undefined);
  }

  #remove(seat: Seat): void {
    if (!this.seats.delete(seat)) return;
    seat.phase = "gone";
    seat.endGraces();
    const leaving = seat.channel.kill();
    this.#leaving.add(leaving);
    leaving.then(() => this.#leaving.delete(leaving));
    if (this.seats.size === 0) this.#watch.stop();
    this.#events.changed();
  }

  /** A worker that ends itself gives no sign of it in Deno: it has to be asked about. */
  #look(): void {
    let anyBusy = false;
    for (const seat of [...this.seats]) {
      if (seat.isIdle && seat.phase === "working") continue;
      anyBusy = true;
      if (seat.channel.alive()) {
        this.#events.look(seat);
        this.#lookAtLoop(seat);
        continue;
      }
      // Its last messages may still be on their way: it is dead at the second look.
      if (seat.suspect) this.#died(seat, "it ended by itself");
      else seat.suspect = true;
    }
    if (!anyBusy) this.#watch.stop();
  }

  /** What an earlier job has left behind may keep a thread from its next: others can have that one. */
  #lookAtLoop(seat: Seat): void {
    if (seat.phase !== "working" || seat.isIdle || seat.hasBegun()) seat.hungLooks = 0;
    else if (++seat.hungLooks === MOST_HUNG_LOOKS) {
      this.dismiss(seat, `it hung outside of any job for ${MOST_HUNG_LOOKS * LOOK_MS / 1000} s`);
    }
  }

  #armIdleTimer(): void {
    const { idleMs, minWorkers } = this.#settings;
    if (idleMs === Infinity || this.#stopIdleTimer !== null) return;
    if (this.seats.size <= minWorkers) return;
    this.#stopIdleTimer = hostTimerSoon(idleMs, () => {
      this.#stopIdleTimer = null;
      const before = performance.now() - idleMs;
      let resting = false;
      for (const seat of [...this.seats]) {
        if (!seat.isIdle || this.seats.size <= minWorkers) continue;
        if (seat.idleSince <= before + 1) this.#remove(seat);
        else resting = true;
      }
      if (resting) this.#armIdleTimer();
    });
  }
}
