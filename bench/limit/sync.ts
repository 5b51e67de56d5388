/** A bounded queue, a semaphore and a lock on the limit's loop: first come, first served, nothing else. */

import { Cell, loop, run, spawn, type Step, type Task } from "./loop.ts";

/** n items from one producer to one consumer through a queue of ten. */
export function queue10(n: number): number {
  return throughQueue(10, n);
}

/** n items from one producer to one consumer through a queue of a thousand. */
export function queue1000(n: number): number {
  return throughQueue(1000, n);
}

/** n tasks want one of ten permits, and hold it across one turn of the loop. */
export function semaphore(n: number): number {
  return run(function* (): Step<number> {
    const permits = new Permits(10);
    const tasks: Task<number>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = spawn(contender(permits));
    let total = 0;
    for (let i = 0; i < n; i++) total += (yield tasks[i]) as number;
    return permits.free === 10 ? total : NaN;
  }());
}

/** Two tasks hand one lock to and fro, n times in all; what it guards counts the hand-offs. */
export function lockHandOff(n: number): number {
  return run(function* (): Step<number> {
    const lock = new Permits(1);
    const guarded = { count: 0 };
    const first = spawn(locker(lock, guarded, n / 2));
    const second = spawn(locker(lock, guarded, n / 2));
    yield first;
    yield second;
    return guarded.count;
  }());
}

const NEVER_SET = new Cell();

class Fifo<T> {
  size = 0;
  #slots: (T | undefined)[] = new Array(16).fill(undefined);
  #head = 0;

  push(value: T): void {
    if (this.size === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.size++) & (this.#slots.length - 1)] = value;
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const value = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.size--;
    return value;
  }

  #grow(): void {
    const { length } = this.#slots;
    const slots = new Array(2 * length).fill(undefined);
    for (let i = 0; i < length; i++) slots[i] = this.#slots[(this.#head + i) & (length - 1)];
    this.#slots = slots;
    this.#head = 0;
  }
}

class Queue {
  readonly items = new Fifo<number>();
  readonly getters = new Fifo<Task>();
  readonly putters = new Fifo<Task>();
}

function throughQueue(maxsize: number, n: number): number {
  return run(function* (): Step<number> {
    const queue = new Queue();
    spawn(producer(queue, maxsize, n));
    return (yield spawn(consumer(queue, n))) as number;
  }());
}

function* producer(queue: Queue, maxsize: number, n: number): Step<void> {
  for (let i = 0; i < n; i++) {
    while (queue.items.size === maxsize) yield parkIn(queue.putters);
    queue.items.push(1);
    if (queue.getters.size > 0) wakeFirst(queue.getters);
  }
}

function* consumer(queue: Queue, n: number): Step<number> {
  let total = 0;
  for (let i = 0; i < n; i++) {
    while (queue.items.size === 0) yield parkIn(queue.getters);
    total += queue.items.shift()!;
    if (queue.putters.size > 0) wakeFirst(queue.putters);
  }
  return total;
}

class Permits {
  free: number;
  readonly waiting = new Fifo<Task>();

  constructor(free: number) {
    this.free = free;
  }

  /** A permit is handed from its last holder to the next waiter; it never lies free in between. */
  release(): void {
    if (this.waiting.size > 0) wakeFirst(this.waiting);
    else this.free++;
  }
}

function* contender(permits: Permits): Step<number> {
  if (permits.free > 0) permits.free--;
  else yield parkIn(permits.waiting);
  yield undefined;
  permits.release();
  return 1;
}

function* locker(lock: Permits, guarded: { count: number }, n: number): Step<void> {
  for (let i = 0; i < n; i++) {
    if (lock.free > 0) lock.free--;
    else yield parkIn(lock.waiting);
    const seen = guarded.count;
    yield undefined;
    guarded.count = seen + 1;
    lock.release();
  }
}

/** Puts the running task itself in line: whoever wakes it makes it ready, with no cell in between. */
function parkIn(waiting: Fifo<Task>): Cell {
  waiting.push(loop.current!);
  return NEVER_SET;
}

function wakeFirst(waiting: Fifo<Task>): void {
  const task = waiting.shift()!;
  task.value = undefined;
  loop.push(task);
}
