/** Spawning, switching and handing over, on the limit's loop. Every function returns its own check value. */

import { Cell, loop, run, SETTLED, spawn, type Step, Task } from "./loop.ts";

/** One task gives way n times. */
export function switching(n: number): number {
  return run(function* (): Step<number> {
    let turns = 0;
    for (let i = 0; i < n; i++) {
      yield undefined;
      turns++;
    }
    return turns;
  }());
}

/** A thousand tasks give way n times in all. */
export function switchingMany(n: number): number {
  return run(function* (): Step<number> {
    const tasks: Task<number>[] = new Array(1000);
    for (let i = 0; i < 1000; i++) tasks[i] = spawn(turnsOf(n / 1000));
    let total = 0;
    for (let i = 0; i < 1000; i++) total += (yield tasks[i]) as number;
    return total;
  }());
}

/** n times: start a child, await it. */
export function spawning(n: number): number {
  return run(function* (): Step<number> {
    let total = 0;
    for (let i = 0; i < n; i++) total += (yield spawn(one())) as number;
    return total;
  }());
}

/** The same, but a child's first step runs at once. */
export function spawningEager(n: number): number {
  return run(function* (): Step<number> {
    let total = 0;
    for (let i = 0; i < n; i++) {
      const task = startEagerly(one());
      total += task.waiter === SETTLED ? task.value! : (yield task) as number;
    }
    return total;
  }());
}

/** Two tasks, n rounds: each sets the future the other waits for. */
export function pingPong(n: number): number {
  return run(function* (): Step<number> {
    const table = { ping: new Cell<number>(), pong: new Cell<number>() };
    const other = spawn(echo(table, n));
    let total = 0;
    for (let i = 0; i < n; i++) {
      table.ping.set(1);
      total += (yield table.pong) as number;
      table.pong = new Cell();
    }
    yield other;
    return total;
  }());
}

/** A thousand children at a time that give way once, n in all, and their results. */
export function gather1k(n: number): number {
  return run(gathering(1000, n));
}

/** Ten thousand children at a time that give way once, n in all, and their results. */
export function gather10k(n: number): number {
  return run(gathering(10_000, n));
}

/** The same with a hundred thousand at a time. */
export function gather100k(n: number): number {
  return run(gathering(100_000, n));
}

/** n children that give way once, taken in the order in which they finish. */
export function asCompletedTasks(n: number): number {
  return run(function* (): Step<number> {
    const finished: Sink = { values: [], waiting: undefined };
    for (let i = 0; i < n; i++) spawn(reporting(finished));
    let total = 0;
    for (let i = 0; i < n; i++) {
      if (finished.values.length === i) yield finished.waiting = new Cell<void>();
      total += finished.values[i]!;
    }
    return total;
  }());
}

function* gathering(atOnce: number, n: number): Step<number> {
  let total = 0;
  for (let rounds = n / atOnce; rounds > 0; rounds--) {
    const tasks: Task<number>[] = new Array(atOnce);
    for (let i = 0; i < atOnce; i++) tasks[i] = spawn(oneLater());
    for (let i = 0; i < atOnce; i++) total += (yield tasks[i]) as number;
  }
  return total;
}

interface Sink {
  values: number[];
  waiting: Cell<void> | undefined;
}

function startEagerly<T>(body: Step<T>): Task<T> {
  const task = new Task(body);
  const { done, value } = body.next();
  if (done) task.set(value);
  else if (value === undefined) loop.push(task as Task);
  else value.waiter = task as Task;
  return task;
}

// deno-lint-ignore require-yield -- the shortest body there is
function* one(): Step<number> {
  return 1;
}

function* oneLater(): Step<number> {
  yield undefined;
  return 1;
}

function* turnsOf(n: number): Step<number> {
  for (let i = 0; i < n; i++) yield undefined;
  return n;
}

function* echo(table: { ping: Cell<number>; pong: Cell<number> }, n: number): Step<void> {
  for (let i = 0; i < n; i++) {
    const value = (yield table.ping) as number;
    table.ping = new Cell();
    table.pong.set(value);
  }
}

function* reporting(sink: Sink): Step<void> {
  yield undefined;
  sink.values.push(1);
  if (sink.waiting !== undefined) {
    sink.waiting.set(undefined);
    sink.waiting = undefined;
  }
}
