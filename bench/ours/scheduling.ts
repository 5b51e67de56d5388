/** Spawning, switching and handing over with generator coroutines, as a user of the module writes them. */

import {
  asCompleted,
  coroutine,
  type CoroutineGenerator,
  createTask,
  Future,
  gather,
  run,
  sleep,
  type Task,
} from "../../mod.ts";

/** One task gives way n times. */
export function switching(n: number): Promise<number> {
  return run(function* () {
    let turns = 0;
    for (let i = 0; i < n; i++) {
      yield* sleep(0);
      turns++;
    }
    return turns;
  });
}

/** A thousand tasks give way n times in all. */
export function switchingMany(n: number): Promise<number> {
  return run(function* () {
    const tasks: Task<number>[] = new Array(1000);
    for (let i = 0; i < 1000; i++) tasks[i] = createTask(turnsOf(n / 1000));
    let total = 0;
    for (const task of tasks) total += yield* task;
    return total;
  });
}

/** n times: start a child, await it. */
export function spawning(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* createTask(one());
    return total;
  });
}

/** The same with a child made by `coroutine()`. */
export function spawningCoroutine(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* createTask(oneCoroutine());
    return total;
  });
}

/** n times: start a child whose first step runs at once, await it. */
export function spawningEager(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* createTask(one(), { eagerStart: true });
    return total;
  });
}

/** Two tasks, n rounds: each sets the future the other waits for. */
export function pingPong(n: number): Promise<number> {
  return run(function* () {
    const table = { ping: new Future<number>(), pong: new Future<number>() };
    const other = createTask(echo(table, n));
    let total = 0;
    for (let i = 0; i < n; i++) {
      table.ping.setResult(1);
      total += yield* table.pong;
      table.pong = new Future();
    }
    yield* other;
    return total;
  });
}

/** A thousand children at a time that give way once, n in all, and their results. */
export function gather1k(n: number): Promise<number> {
  return run(gathering(1000, n, oneLater));
}

/** Ten thousand children at a time that give way once, n in all, and their results. */
export function gather10k(n: number): Promise<number> {
  return run(gathering(10_000, n, oneLater));
}

/** The same with a hundred thousand at a time. */
export function gather100k(n: number): Promise<number> {
  return run(gathering(100_000, n, oneLater));
}

/** n children that give way once, taken in the order in which they finish. */
export function asCompletedTasks(n: number): Promise<number> {
  return run(function* () {
    const children: CoroutineGenerator<number>[] = new Array(n);
    for (let i = 0; i < n; i++) children[i] = oneLater();
    let total = 0;
    for (const next of asCompleted(children)) total += yield* next;
    return total;
  });
}

function* gathering(
  atOnce: number,
  n: number,
  child: () => CoroutineGenerator<number>,
): CoroutineGenerator<number> {
  let total = 0;
  for (let rounds = n / atOnce; rounds > 0; rounds--) {
    const children: CoroutineGenerator<number>[] = new Array(atOnce);
    for (let i = 0; i < atOnce; i++) children[i] = child();
    for (const result of yield* gather(children)) total += result;
  }
  return total;
}

// deno-lint-ignore require-yield -- the shortest body there is
function* one(): CoroutineGenerator<number> {
  return 1;
}

const oneCoroutine = coroutine(one);

function* oneLater(): CoroutineGenerator<number> {
  yield* sleep(0);
  return 1;
}

function* turnsOf(n: number): CoroutineGenerator<number> {
  for (let i = 0; i < n; i++) yield* sleep(0);
  return n;
}

function* echo(
  table: { ping: Future<number>; pong: Future<number> },
  n: number,
): CoroutineGenerator<void> {
  for (let i = 0; i < n; i++) {
    const value = yield* table.ping;
    table.ping = new Future();
    table.pong.setResult(value);
  }
}
