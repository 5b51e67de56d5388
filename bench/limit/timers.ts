/**
 * Timers for the limit: parked tasks lie in one binary heap of two plain arrays behind one host timer;
 * timers that are set only to be cancelled lie in a linked list, for all of them have the same delay.
 */

import { Cell, loop, run, spawn, type Step, type Task } from "./loop.ts";

/** n tasks sleep for 1 to 10 ms; the host's clock decides when they wake. */
export async function parked(n: number): Promise<number> {
  const woken = { count: 0 };
  park(n, (i) => 1 + i % 10, woken);
  loop.drain();
  while (heap.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, heap.nextDue() - now())));
    heap.wakeDue(now());
    loop.drain();
  }
  return woken.count;
}

/** n tasks begin to sleep for an hour. What they take in memory is theirs alone. */
export function parkForAnHour(n: number): void {
  park(n, () => 3_600_000, { count: 0 });
  loop.drain();
}

/** Sets a hundred timers and cancels them, until n have been set. */
export function timerChurn(n: number): number {
  const list = new TimerList(60_000);
  const timers: Timer[] = new Array(100);
  let cancelled = 0;
  for (let i = 0; i < n; i += 100) {
    const start = now();
    for (let j = 0; j < 100; j++) timers[j] = list.add(start, nothing);
    for (let j = 0; j < 100; j++) {
      list.remove(timers[j]!);
      cancelled++;
    }
  }
  return list.isEmpty() ? cancelled : NaN;
}

/** n times: a body that is done at once, under a timeout that is therefore never armed. */
export function timeoutReady(n: number): number {
  return run(function* (): Step<number> {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* within(60_000, one());
    return total;
  }());
}

function now(): number {
  return performance.now();
}

function nothing(): void {}

// deno-lint-ignore require-yield -- the shortest body there is
function* one(): Step<number> {
  return 1;
}

/** Runs the body at once; only if its first step parks does it become a task, under a timer. */
function* within(ms: number, body: Step<number>): Step<number> {
  const { done, value } = body.next();
  if (done) return value;
  const task = spawn(body);
  if (value !== undefined) value.waiter = task as Task;
  heap.push(now() + ms, task as Task);
  return (yield task as Task) as number;
}

function park(n: number, ms: (i: number) => number, woken: { count: number }): void {
  const start = now();
  for (let i = 0; i < n; i++) spawn(sleeper(start + ms(i), woken));
}

const NEVER_SET = new Cell();

function* sleeper(when: number, woken: { count: number }): Step<void> {
  heap.push(when, loop.current!);
  yield NEVER_SET;
  woken.count++;
}

class TimerHeap {
  readonly #when: number[] = [];
  readonly #task: Task[] = [];

  get size(): number {
    return this.#when.length;
  }

  nextDue(): number {
    return this.#when[0]!;
  }

  wakeDue(time: number): void {
    while (this.#when.length > 0 && this.#when[0]! <= time) {
      const task = this.#task[0]!;
      task.value = undefined;
      loop.push(task);
      const when = this.#when.pop()!;
      const last = this.#task.pop()!;
      if (this.#when.length > 0) this.#siftDown(when, last);
    }
  }

  push(when: number, task: Task): void {
    let at = this.#when.length;
    this.#when.push(when);
    this.#task.push(task);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#when[parent]! <= when) break;
      this.#when[at] = this.#when[parent]!;
      this.#task[at] = this.#task[parent]!;
      at = parent;
    }
    this.#when[at] = when;
    this.#task[at] = task;
  }

  #siftDown(when: number, task: Task): void {
    const size = this.#when.length;
    let at = 0;
    while (true) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#when[child + 1]! < this.#when[child]!) child++;
      if (this.#when[child]! >= when) break;
      this.#when[at] = this.#when[child]!;
      this.#task[at] = this.#task[child]!;
      at = child;
    }
    this.#when[at] = when;
    this.#task[at] = task;
  }
}

const heap = new TimerHeap();

interface Timer {
  when: number;
  callback: () => void;
  previous: Timer;
  next: Timer;
}

/** Timers of one delay are due in the order in which they were set, so that no sorting is needed. */
class TimerList {
  readonly #ms: number;
  readonly #anchor: Timer;

  constructor(ms: number) {
    this.#ms = ms;
    const anchor = { when: Infinity, callback: nothing } as Timer;
    this.#anchor = anchor.next = anchor.previous = anchor;
  }

  add(start: number, callback: () => void): Timer {
    const next = this.#anchor;
    const timer = { when: start + this.#ms, callback, previous: next.previous, next };
    next.previous.next = timer;
    next.previous = timer;
    return timer;
  }

  remove(timer: Timer): void {
    timer.previous.next = timer.next;
    timer.next.previous = timer.previous;
  }

  isEmpty(): boolean {
    return this.#anchor.next === this.#anchor;
  }
}
