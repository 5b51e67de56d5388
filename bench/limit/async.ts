/**
 * The limit for async functions. A body runs inside `AsyncLocalStorage.run`, so that whatever it awaits
 * can tell which task is asking, and what it awaits is a thenable of ours, for that is where a library
 * learns what a task waits for. The host's microtask queue is the ready queue.
 */

import { AsyncLocalStorage } from "node:async_hooks";

/** One task gives way n times. */
export function asyncSwitching(n: number): PromiseLike<number> {
  return spawn(async () => {
    let turns = 0;
    for (let i = 0; i < n; i++) {
      await turn;
      turns++;
    }
    return turns;
  });
}

/** n times: start a child, await it. */
export function asyncSpawning(n: number): PromiseLike<number> {
  return spawn(async () => {
    let total = 0;
    for (let i = 0; i < n; i++) total += await spawn(one);
    return total;
  });
}

/** Two tasks, n rounds: each sets the future the other waits for. */
export function asyncPingPong(n: number): PromiseLike<number> {
  return spawn(async () => {
    const table = { ping: new Cell<number>(), pong: new Cell<number>() };
    const other = spawn(() => echo(table, n));
    let total = 0;
    for (let i = 0; i < n; i++) {
      table.ping.set(1);
      total += await table.pong;
      table.pong = new Cell();
    }
    await other;
    return total;
  });
}

async function echo(table: { ping: Cell<number>; pong: Cell<number> }, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const value = await table.ping;
    table.ping = new Cell();
    table.pong.set(value);
  }
}

// deno-lint-ignore require-await -- the shortest async function there is
async function one(): Promise<number> {
  return 1;
}

type Resolve<T> = (value: T) => void;

class Cell<T> {
  value: T | undefined = undefined;
  settled = false;
  resolve: Resolve<T> | undefined = undefined;

  set(value: T): void {
    this.value = value;
    this.settled = true;
    if (this.resolve !== undefined) this.resolve(value);
  }

  /** `await` calls this inside the asking task. */
  then(resolve: Resolve<T>): undefined {
    const task = asking.getStore();
    if (task !== undefined) task.waitsFor = this;
    if (this.settled) resolve(this.value!);
    else this.resolve = resolve;
  }
}

class Task<T> extends Cell<T> {
  waitsFor: unknown = undefined;
  readonly body: () => Promise<T>;

  constructor(body: () => Promise<T>) {
    super();
    this.body = body;
  }
}

/** `await turn` lets everything that is ready run first. */
const turn = {
  then(resolve: Resolve<void>): undefined {
    const task = asking.getStore();
    if (task !== undefined) task.waitsFor = this;
    queueMicrotask(resolve as () => void);
  },
};

const asking = new AsyncLocalStorage<Task<unknown>>();
function spawn<T>(body: () => Promise<T>): PromiseLike<T> {
  const task = new Task(body);
  asking.run(task as Task<unknown>, runBody, task as Task<unknown>);
  return task as unknown as PromiseLike<T>;
}

async function runBody(task: Task<unknown>): Promise<void> {
  task.set(await task.body());
}
