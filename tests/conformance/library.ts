/**
 * What the interpreter uses of the library. The names below are still to come: whoever makes one gets
 * an error that counts the program as not run.
 */

import type { AsyncContextManager as Manager, Coroutine } from "../../mod.ts";

export * from "../../mod.ts";

export const MISSING = [
  "Lock",
  "Event",
  "Condition",
  "Semaphore",
  "BoundedSemaphore",
  "Barrier",
  "Queue",
  "PriorityQueue",
  "LifoQueue",
];

function missing(name: string): never {
  throw new Error(`Cannot run: the library has no ${name} yet`);
}

abstract class Missing {
  constructor(..._: unknown[]) {
    missing(new.target.name);
  }
}

interface Lockable extends Manager<void> {
  locked(): boolean;
  acquire(): Coroutine<true>;
  release(): void;
}
export interface Lock extends Lockable {}
export class Lock extends Missing {}
export interface Semaphore extends Lockable {}
export class Semaphore extends Missing {}
export class BoundedSemaphore extends Semaphore {}
export interface Condition extends Lockable {
  wait(): Coroutine<true>;
  waitFor(predicate: () => boolean): Coroutine<boolean>;
  notify(n?: number): void;
  notifyAll(): void;
}
export class Condition extends Missing {}
export interface Event {
  isSet(): boolean;
  set(): void;
  clear(): void;
  wait(): Coroutine<true>;
}
export class Event extends Missing {}
export interface Barrier extends Manager<number> {
  readonly parties: number;
  readonly nWaiting: number;
  readonly broken: boolean;
  wait(): Coroutine<number>;
  reset(): Coroutine<void>;
  abort(): Coroutine<void>;
}
export class Barrier extends Missing {}
export interface Queue<T> {
  qsize(): number;
  empty(): boolean;
  full(): boolean;
  put(item: T): Coroutine<void>;
  putNowait(item: T): void;
  get(): Coroutine<T>;
  getNowait(): T;
  taskDone(): void;
  join(): Coroutine<void>;
}
export class Queue<T> extends Missing {}
export class PriorityQueue<T> extends Queue<T> {}
export class LifoQueue<T> extends Queue<T> {}
