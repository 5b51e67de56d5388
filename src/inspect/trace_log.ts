// Writes down what the tasks of a loop do, as fast as it can: three numbers an event. It looks at the clock
// once for all that happens at one moment: where a step ends, a task ends, another becomes ready, and the
// next step begins. A clock costs as much as a step.

import type { EventLoop } from "../core/event_loop.ts";
import type { Future } from "../core/future.ts";
import type { Instrument } from "../core/instruments.ts";
import { allTasks, Task } from "../core/task.ts";
import { BodyFuture } from "../core/awaitable.ts";
import { currentTask } from "../core/current.ts";
import { Numbers } from "./numbers.ts";
import { waitLabel } from "../core/wait_label.ts";

/** What a task began, or how it ended. The rest are waits: for a task with a number, or for what has a label. */
export const READY = 0;
export const RUN = 1;
export const ENDS = { finished: 2, failed: 3, cancelled: 4, pending: 5 } as const;
const FIRST_NUMBER = 10;
const FIRST_LABEL = 2 ** 48;

/** Steps that take less, in ms, are not looked into, once so many of them have come one after the other. */
const SHORT_MS = 0.05;
const MANY = 64;

/** A request to cancel, and who got it. */
export interface Request {
  readonly who: number;
  readonly time: number;
  readonly message: string | undefined;
}

/** The record of one loop. Tasks are numbers: their own, or minus their place among those with a name. */
export class TraceLog implements Instrument {
  readonly requests: Request[] = [];
  /** Tasks with names, which are asked for when the record is read. */
  readonly named: Task<unknown>[] = [];
  readonly #places = new Map<Task<unknown>, number>();
  readonly #labels: string[] = [];
  readonly #codes = new Map<string, number>();
  readonly #events = new Numbers();
  readonly #loop: EventLoop;
  /** The last look at the clock, and how often the loop had paused by then; -1 when time goes by. */
  #now: number;
  #pauses = -1;
  /** How many steps are running, one in the other. */
  #depth: number;
  #stepStart = 0;
  #shortSteps = 0;
  /** Whose end is being told: who waits for it is ready at the same moment. */
  #ending: Task<unknown> | null = null;
  /** The first who is ready for that reason: not worth an event, if it runs next and at once. */
  #next: Task<unknown> | null = null;

  constructor(loop: EventLoop) {
    this.#loop = loop;
    this.#now = loop.time();
    const current = currentTask(loop);
    this.#depth = current === null ? 0 : 1;
    for (const task of allTasks(loop)) {
      this.#log(task, READY);
      if (task === current) this.#log(task, RUN);
      else this.#log(task, this.#codeOfWait(task, task._waitsFor()));
    }
  }

  taskCreated(task: Task<unknown>): void {
    this.#lookInStep();
    this.#log(task, READY);
  }

  stepStarted(task: Task<unknown>): void {
    if (this.#pauses !== this.#loop._instruments!.pauses) this.#look();
    else if (this.#next === task) this.#next = null;
    this.#pauses = -1;
    this.#depth++;
    this.#stepStart = this.#now;
    this.#log(task, RUN);
  }

  stepEnded(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): void {
    this.#look();
    if (this.#depth > 0) this.#depth--;
    if (this.#now - this.#stepStart < SHORT_MS) this.#shortSteps++;
    else this.#shortSteps = 0;
    // After an async function, and in the step of who has started this one eagerly, time goes by.
    const over = this.#depth === 0 && !task._isAsync();
    this.#pauses = over ? this.#loop._instruments!.pauses : -1;
    if (task.done()) {
      this.#ending = task;
      this.#log(task, ENDS[task._state]);
    } else this.#log(task, this.#codeOfWait(task, waitsFor));
  }

  taskReady(task: Task<unknown>): void {
    if (this.#ending !== null && this.#next === null) this.#next = task;
    else {
      if (this.#ending === null) this.#lookInStep();
      this.#log(task, READY);
    }
  }

  taskDone(task: Task<unknown>): void {
    if (this.#ending !== task) {
      this.#look();
      this.#log(task, ENDS[task._state]);
    }
    this.#ending = null;
  }

  cancelRequested(task: Task<unknown>, message: string | undefined): void {
    this.requests.push({ who: this.#numberOf(task), time: this.#loop.time(), message });
  }

  /** What was recorded, in the order of time. */
  events(): Iterable<[who: number, what: number, when: number]> {
    this.#logNext();
    return this.#events.triples();
  }

  /** What a wait is for; null for what is none. */
  labelOf(code: number): string | null {
    if (code < FIRST_NUMBER) return null;
    return this.#labels[code - FIRST_LABEL] ?? `Task-${code - FIRST_NUMBER}`;
  }

  #look(): void {
    if (this.#next !== null) this.#logNext();
    this.#now = this.#loop.time();
  }

  /** While steps are short it does not matter when in them something happened. */
  #lookInStep(): void {
    if (this.#depth === 0 || this.#shortSteps < MANY) this.#look();
  }

  #codeOfWait(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): number {
    const future = waitsFor[0];
    if (waitsFor.length !== 1 || future instanceof BodyFuture) {
      const label = waitLabel(task, waitsFor);
      return label === null ? READY : this.#codeOf(label);
    }
    if (future instanceof Task && future._isNumbered) return FIRST_NUMBER + future._number;
    return this.#codeOf(future!._label());
  }

  #codeOf(label: string): number {
    let code = this.#codes.get(label);
    if (code === undefined) {
      code = FIRST_LABEL + this.#labels.push(label) - 1;
      this.#codes.set(label, code);
    }
    return code;
  }

  #numberOf(task: Task<unknown>): number {
    if (task._isNumbered) return task._number;
    let place = this.#places.get(task);
    if (place === undefined) {
      place = this.named.push(task);
      this.#places.set(task, place);
    }
    return -place;
  }

  #logNext(): void {
    const task = this.#next;
    this.#next = null;
    if (task !== null) this.#log(task, READY);
  }

  #log(task: Task<unknown>, what: number): void {
    if (this.#next !== null) this.#logNext();
    this.#events.push(this.#numberOf(task), what, this.#now);
  }
}
