// When a loop's entries run: iterations, on top of the host's own loop.
//
// An iteration runs what was ready at its start, first in, first out. The next one follows at once in the
// same turn, except that
// - after waking an async function the pump stops until that function waits again or ends, so that one
//   step of an async task is as whole as one step of a generator;
// - after a time slice it lets the host have a macrotask.
//
// | phase    | on the host                           | next                              |
// | -------- | ------------------------------------- | --------------------------------- |
// | stopped  | nothing                               | due (start), closed               |
// | idle     | the gate, a timer for the nearest one | due (enqueue, timer, stop)        |
// | due      | the open gate, or an immediate        | running                           |
// | running  | this turn                             | idle, due, stepping, stopped      |
// | stepping | a microtask                           | running                           |
// | closed   | nothing                               | none                              |
//
// The gate is a promise whose reaction was made by the pump itself: whoever wakes the loop, the pump runs
// in its own async context and never in that of the waker.

import type { Clock } from "./clock.ts";
import type { EventLoop } from "./event_loop.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Task } from "./task.ts";
import { asyncContextSettled, enterScope } from "./async_context.ts";
import { yieldToHost } from "./host.ts";
import { noticeTurn } from "./shapes.ts";
import { ReadyQueue } from "./ready_queue.ts";
import { reorder } from "./scheduler.ts";
import { running } from "./current.ts";
import { Timers } from "./timers.ts";

/** Whom a pump tells what its loop has to know. */
export interface PumpEvents {
  stopped(): void;
  /** Nothing is ready, and time has nothing to bring. */
  stuck(): void;
  /** The scheduler has failed. */
  failed(error: unknown): void;
}

type Phase = "stopped" | "idle" | "due" | "running" | "stepping" | "closed";

/** How long the pump runs before it lets the host have a turn, in ms. */
const SLICE_MS = 8;
/** Between two looks at the host's clock the pump runs this many entries, fewer when they are slow. */
const MOST_CREDIT = 512;
/** Timers set in one step share a reading of the clock, this many at most. */
const TIMERS_A_READING = 16;
/**
 * Microtasks that an async function may take from its waking to its next wait, before others go on. The
 * pump counts them itself: the wait could wake it, but then it would go on in that task's async context.
 */
const HOPS_OF_TASK = 32;
const HOPS_OF_OTHERS = 3;

/** To await it takes a microtask. */
const SOON = Promise.resolve();

const NOBODY = Symbol("async code that belongs to no task");
const HELD = Symbol("waiting to go on");

/** Runs entries in iterations; owns the ready queue, the timers and the time. */
export class Pump {
  readonly timers = new Timers();
  readonly #ready = new ReadyQueue();
  readonly #loop: EventLoop;
  readonly #clock: Clock;
  readonly #scheduler: Scheduler | null;
  readonly #events: PumpEvents;

  #phase: Phase = "stopped";
  /** Idle or closed: one flag for `enqueue` to look at. */
  #resting = false;
  #stopping = false;
  /** Entries of the current iteration that have not run yet. */
  #left = 0;
  /** Whose step the pump is waiting for. */
  #step: Task<unknown> | typeof NOBODY | typeof HELD | null = null;
  #hops = 0;
  /** True while `#followSteps` is under way. */
  #following = false;

  #now = 0;
  #timersLeft = 0;
  #credit = MOST_CREDIT;
  #creditSize = MOST_CREDIT;
  #lookedAt = 0;
  #sliceStart = 0;

  #open: () => void = () => {};
  #scoped = false;
  #armedFor = NaN;
  #disarm: (() => void) | null = null;
  /** Tells the clock that a pause is over. */
  #goOn: (() => void) | null = null;

  constructor(
    loop: EventLoop,
    clock: Clock,
    scheduler: Scheduler | null,
    events: PumpEvents,
  ) {
    this.#loop = loop;
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#events = events;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The async task that the pump waits for, if any. */
  get step(): unknown {
    return this.#step;
  }

  /** How many entries are ready. */
  get ready(): number {
    return this.#ready.length;
  }

  enqueue(entry: Runnable): void {
    this.#ready.push(entry);
    if (this.#resting) this.#notice();
  }

  /** The time to count a new timer from, read afresh in every step and every few timers. */
  timeForTimer(): number {
    if (this.#phase === "running" && this.#timersLeft > 0) this.#timersLeft--;
    else {
      this.#now = this.#clock.now();
      this.#timersLeft = TIMERS_A_READING - 1;
    }
    return this.#now;
  }

  /** Told when a timer was pushed: an idle pump may have to wake earlier. */
  timerAdded(when: number): void {
    if (this.#phase === "idle" && !(when >= this.#armedFor)) this.#wake();
  }

  start(): void {
    this.#phase = "due";
    // Stopped before it has started, it runs one iteration, as CPython's does.
    if (this.#stopping) this.#ready.push({ run: () => this.stop() });
    this.#stopping = false;
    this.#sliceStart = performance.now();
    this.#makeGate();
    this.#open();
  }

  /** Ends after the current iteration. */
  stop(): void {
    this.#stopping = true;
    if (this.#phase === "idle") this.#wake();
  }

  close(): void {
    this.#phase = "closed";
    this.#resting = true;
    this.#ready.clear();
    this.timers.clear();
    this.#disarm?.();
  }

  /** An async function was woken: nothing else runs until it waits again, ends, or takes too long. */
  stepAsync(task: Task<unknown> | null): void {
    if (this.#phase === "running") this.#step = task ?? NOBODY;
    else if (this.#phase === "stepping" && this.#step === task) this.#hops = 0;
  }

  stepEnded(task: Task<unknown>): void {
    if (this.#step === task) this.#step = null;
  }

  /** Nothing runs until `promise` settles, then `entry` first. It must not reject. */
  hold(promise: Promise<void>, entry: Runnable): void {
    const goOn = this.#clock.busy?.();
    this.#ready.unshift(entry);
    this.#step = HELD;
    promise.then(() => {
      this.#step = null;
      goOn?.();
      this.#afterStep();
    });
  }

  /** Something came while the pump rests: that ends an idle phase, and is too late for a closed loop. */
  #notice(): void {
    if (this.#phase === "closed") this.#ready.clear();
    else this.#wake();
  }

  #wake(): void {
    this.#phase = "due";
    this.#resting = false;
    this.#open();
  }

  #makeGate(): void {
    noticeTurn();
    new Promise<void>((resolve) => this.#open = resolve).then(this.#fromGate);
  }

  readonly #fromGate = (): void => {
    if (this.#phase === "closed") return;
    if (!this.#scoped && asyncContextSettled()) {
      this.#scoped = true;
      enterScope(this.#loop, this.#fromGate);
      return;
    }
    const hostTime = performance.now();
    if (hostTime - this.#sliceStart > SLICE_MS) return this.#pause();
    this.#lookedAt = hostTime;
    this.#now = this.#clock.now();
    if (this.#loop._instruments !== null) this.#loop._instruments.pauses++;
    this.#run();
  };

  /**
   * Lets the host have a turn. The pump goes on from a promise even so: in a microtask V8 throws an error
   * without recording where, which makes the end of a cancelled task several times cheaper.
   */
  #pause(): void {
    this.#goOn = this.#clock.busy?.() ?? null;
    this.#makeGate();
    yieldToHost(this.#nextSlice);
  }

  readonly #nextSlice = (): void => {
    this.#goOn?.();
    this.#sliceStart = performance.now();
    this.#open();
  };

  readonly #fromTimer = (): void => {
    this.#disarm = null;
    this.#armedFor = NaN;
    if (this.#phase !== "idle") return;
    this.#sliceStart = performance.now();
    this.#wake();
  };

  #run(): void {
    this.#phase = "running";
    running.loop = this.#loop;
    const ready = this.#ready;
    let left = this.#left;
    let credit = this.#credit;
    for (;;) {
      if (left === 0) {
        if (this.#stopping) {
          this.#left = 0;
          return this.#halt();
        }
        if (this.timers.next <= this.#now) this.#collectDue();
        left = ready.length;
        if (left === 0) {
          if (this.#lookForDue()) continue;
          this.#left = 0;
          return this.#rest();
        }
        if (this.#scheduler !== null) left = this.#reorder(this.#scheduler);
      }
      const chunk = Math.min(left, credit);
      left -= chunk;
      credit -= chunk;
      const missed = this.#runEntries(chunk);
      if (this.#step !== null) {
        // `hold` has put one entry back.
        this.#left = left + missed + (this.#step === HELD ? 1 : 0);
        this.#credit = credit + missed;
        return this.#suspend();
      }
      if (credit === 0) {
        credit = this.#renewCredit();
        if (credit === 0) {
          this.#left = left;
          this.#leave("due");
          return this.#pause();
        }
      }
    }
  }

  /**
   * Runs `count` entries, or fewer when an async function was woken. Returns how many are left. A function
   * of its own, called often: V8 compiles a loop in the middle of a long call anew for every call.
   */
  #runEntries(count: number): number {
    const ready = this.#ready;
    while (count > 0) {
      count--;
      this.#timersLeft = 0;
      ready.shift().run();
      if (this.#step !== null) break;
    }
    return count;
  }

  /** Looks at the host's clock. Returns how many entries may run before the next look, 0 to pause. */
  #renewCredit(): number {
    const now = performance.now();
    const took = now - this.#lookedAt;
    this.#lookedAt = now;
    if (took > 2) this.#creditSize = Math.max(1, this.#creditSize >> 2);
    else if (took < 0.5) this.#creditSize = Math.min(MOST_CREDIT, this.#creditSize << 1);
    this.#now = this.#clock.now();
    this.#credit = this.#creditSize;
    return now - this.#sliceStart > SLICE_MS ? 0 : this.#creditSize;
  }

  #collectDue(): void {
    for (;;) {
      const timer = this.timers.popDue(this.#now);
      if (timer === null) return;
      this.#ready.push(timer);
    }
  }

  #lookForDue(): boolean {
    const when = this.timers.look();
    if (when === Infinity) return false;
    this.#now = this.#clock.now();
    return when <= this.#now;
  }

  /** Returns how many entries run in this iteration. */
  #reorder(scheduler: Scheduler): number {
    try {
      return reorder(this.#ready, scheduler);
    } catch (error) {
      this.#events.failed(error);
      return 0;
    }
  }

  #leave(phase: Phase): void {
    this.#phase = phase;
    running.loop = null;
    running.task = null;
  }

  #suspend(): void {
    this.#leave("stepping");
    this.#hops = 0;
    if (this.#step !== HELD && !this.#following) void this.#followSteps();
  }

  /**
   * Goes on after each step, for as long as one leads to another. A function that awaits, and one for many
   * steps, because `queueMicrotask` makes a function for every microtask: async switch.
   */
  async #followSteps(): Promise<void> {
    this.#following = true;
    do {
      do await SOON; while (this.#isInStep());
      this.#afterStep();
    } while (this.#phase === "stepping" && this.#step !== HELD);
    this.#following = false;
  }

  /** Asked once in a microtask. */
  #isInStep(): boolean {
    return this.#step !== null &&
      ++this.#hops < (this.#step === NOBODY ? HOPS_OF_OTHERS : HOPS_OF_TASK);
  }

  #afterStep(): void {
    if (this.#phase === "closed") return;
    const step = this.#step;
    this.#step = null;
    if (step !== null) this.#gaveUp(step);
    if (this.#scoped || !asyncContextSettled()) this.#run();
    else {
      this.#phase = "due";
      this.#makeGate();
      this.#open();
    }
  }

  /** A task that took too long waits for something foreign, as far as anybody can see. */
  #gaveUp(step: Task<unknown> | typeof NOBODY | typeof HELD): void {
    if (typeof step === "object") this.#loop._instruments?.stepEnded(step);
  }

  #halt(): void {
    this.#leave("stopped");
    this.#stopping = false;
    this.#disarm?.();
    this.#disarm = null;
    this.#armedFor = NaN;
    this.#events.stopped();
  }

  /** Nothing is ready: waits for a timer, or for whoever enqueues. */
  #rest(): void {
    this.#leave("idle");
    this.#resting = true;
    this.#makeGate();
    const when = this.timers.next;
    // A clock that looks for a time without work has to hear of every rest.
    if (when === this.#armedFor && when !== Infinity && this.#clock.busy === undefined) return;
    this.#disarm?.();
    this.#armedFor = when;
    this.#disarm = when === Infinity
      ? this.#clock.blocked?.(() => this.#events.stuck()) ?? null
      : this.#clock.schedule(when, this.#fromTimer);
  }
}
