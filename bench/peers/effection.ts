/** The work with Effection, as its documentation writes it: generators, run once by `run`. */

import {
  all,
  createQueue,
  type Operation,
  race,
  run,
  sleep,
  spawn,
  suspend,
  type Task,
  until,
  withResolvers,
} from "effection";

const FRAMES = 1000;

/** One task gives way n times: its own `sleep(0)` is a timer of the host, a promise is quicker. */
export function switching(n: number): Promise<number> {
  return run(() => turnsOf(n));
}

/** n times: spawn a child, await it. */
export function spawning(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* yield* spawn(one);
    return total;
  });
}

/** Two tasks, n rounds: each resolves what the other waits for. */
export function pingPong(n: number): Promise<number> {
  return run(function* () {
    const table = { ping: withResolvers<number>(), pong: withResolvers<number>() };
    const other = yield* spawn(function* () {
      for (let i = 0; i < n; i++) {
        const value = yield* table.ping.operation;
        table.ping = withResolvers();
        table.pong.resolve(value);
      }
    });
    let total = 0;
    for (let i = 0; i < n; i++) {
      table.ping.resolve(1);
      total += yield* table.pong.operation;
      table.pong = withResolvers();
    }
    yield* other;
    return total;
  });
}

/** Ten thousand children at a time that give way once, n in all, and their results. */
export function gather10k(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let rounds = n / 10_000; rounds > 0; rounds--) {
      const children = Array.from({ length: 10_000 }, () => turnsOf(1));
      for (const result of yield* all(children)) total += result;
    }
    return total;
  });
}

/** n children that give way once, taken from a queue in the order in which they finish. */
export function asCompletedTasks(n: number): Promise<number> {
  return run(function* () {
    const finished = createQueue<number, never>();
    for (let i = 0; i < n; i++) {
      yield* spawn(function* () {
        finished.add(yield* turnsOf(1));
      });
    }
    let total = 0;
    for (let i = 0; i < n; i++) total += (yield* finished.next()).value;
    return total;
  });
}

/** The innermost of a thousand generators gives way n times. */
export function deepResume(n: number): Promise<number> {
  return run(() => frame(FRAMES - 1, n));
}

/** n tasks sleep for 1 to 10 ms. */
export function parked(n: number): Promise<number> {
  return run(function* () {
    const sleepers = Array.from({ length: n }, (_, i) => sleeper(1 + i % 10));
    let woken = 0;
    for (const one of yield* all(sleepers)) woken += one;
    return woken;
  });
}

/** Resolves when n tasks have begun to sleep for an hour. */
export function parkForAnHour(n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    run(function* () {
      for (let i = 0; i < n; i++) yield* spawn(() => sleeper(3_600_000));
      yield* turnsOf(1);
      resolve();
      yield* suspend();
    }).catch(reject);
  });
}

/** n items from one producer to one consumer through its queue, which has no bound. */
export function queue10(n: number): Promise<number> {
  return run(function* () {
    const queue = createQueue<number, never>();
    yield* spawn(function* () {
      for (let i = 0; i < n; i++) {
        queue.add(1);
        if (i % 10 === 9) yield* turnsOf(1);
      }
    });
    let total = 0;
    for (let i = 0; i < n; i++) total += (yield* queue.next()).value;
    return total;
  });
}

/** n tasks wait inside try/finally; all are halted, and awaited. Counts the finally blocks. */
export function cancelStorm(n: number): Promise<number> {
  return run(function* () {
    const cleaned = { count: 0 };
    const tasks: Task<void>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = yield* spawn(() => guarded(cleaned));
    yield* turnsOf(1);
    for (const task of tasks) yield* task.halt();
    return cleaned.count;
  });
}

/** n children at once: the last one fails, the others are halted and awaited. */
export function groupFailure(n: number): Promise<number> {
  return run(function* () {
    const cleaned = { count: 0 };
    const children = Array.from({ length: n - 1 }, () => guarded(cleaned));
    try {
      yield* all([...children, failing()]);
    } catch (error) {
      if (error !== failure) throw error;
      return cleaned.count + 1;
    }
    return NaN;
  });
}

/** n times: a body that is done at once, racing a sleep. */
export function timeoutReady(n: number): Promise<number> {
  return run(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += (yield* race([one(), sleep(60_000)])) ?? NaN;
    return total;
  });
}

const failure = new Error("The last child fails");
const turn = Promise.resolve();

// deno-lint-ignore require-yield -- the shortest body there is
function* one(): Operation<number> {
  return 1;
}

function* turnsOf(n: number): Operation<number> {
  for (let i = 0; i < n; i++) yield* until(turn);
  return n;
}

function* sleeper(ms: number): Operation<number> {
  yield* sleep(ms);
  return 1;
}

function* frame(below: number, n: number): Operation<number> {
  return below > 0 ? yield* frame(below - 1, n) : yield* turnsOf(n);
}

function* guarded(cleaned: { count: number }): Operation<void> {
  try {
    yield* suspend();
  } finally {
    cleaned.count++;
  }
}

function* failing(): Operation<void> {
  yield* turnsOf(1);
  throw failure;
}
