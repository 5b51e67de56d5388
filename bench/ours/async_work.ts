/** The other questions with async functions, as a user of the module writes them. */

import {
  asCompleted,
  asyncWith,
  createTask,
  ExceptionGroup,
  Future,
  gather,
  Lock,
  Queue,
  run,
  Semaphore,
  sleep,
  type Task,
  TaskGroup,
  timeout,
  wait,
} from "../../mod.ts";

const FRAMES = 1000;

/** Ten thousand children at a time that give way once, n in all, and their results. */
export function asyncGather10k(n: number): Promise<number> {
  return run(async () => {
    let total = 0;
    for (let rounds = n / 10_000; rounds > 0; rounds--) {
      const children = new Array<() => Promise<number>>(10_000).fill(oneLater);
      for (const result of await gather(children)) total += result;
    }
    return total;
  });
}

/** n children that give way once, taken in the order in which they finish. */
export function asyncAsCompletedTasks(n: number): Promise<number> {
  return run(async () => {
    let total = 0;
    const children = new Array<() => Promise<number>>(n).fill(oneLater);
    for (const next of asCompleted(children)) total += await next;
    return total;
  });
}

/** The innermost of a thousand async functions gives way n times. */
export function asyncDeepResume(n: number): Promise<number> {
  return run(() => frame(FRAMES - 1, n));
}

/** n tasks sleep for 1 to 10 ms; the host's clock decides when they wake. */
export function asyncParked(n: number): Promise<number> {
  return run(async () => {
    const tasks: Task<number>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = createTask(() => sleeper(1 + i % 10));
    let woken = 0;
    for (const task of tasks) woken += await task;
    return woken;
  });
}

/** Resolves when n tasks have begun to sleep for an hour. */
export function parkForAnHour(n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    run(async () => {
      for (let i = 0; i < n; i++) createTask(() => sleeper(3_600_000));
      await sleep(0);
      resolve();
      await sleep(3_600_000);
    }).catch(reject);
  });
}

/** n items from one producer to one consumer through a queue of ten. */
export function asyncQueue10(n: number): Promise<number> {
  return run(async () => {
    const queue = new Queue<number>(10);
    createTask(async () => {
      for (let i = 0; i < n; i++) await queue.put(1);
    });
    let total = 0;
    for (let i = 0; i < n; i++) total += await queue.get();
    return total;
  });
}

/** n tasks want one of ten permits, and hold it across one turn of the loop. */
export function asyncSemaphore(n: number): Promise<number> {
  return run(async () => {
    const permits = new Semaphore(10);
    const contend = async (): Promise<number> => {
      await permits.acquire();
      await sleep(0);
      permits.release();
      return 1;
    };
    const tasks: Task<number>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = createTask(contend);
    let total = 0;
    for (const task of tasks) total += await task;
    return permits.locked() ? NaN : total;
  });
}

/** Two tasks hand one lock to and fro, n times in all; what it guards counts the hand-offs. */
export function asyncLockHandOff(n: number): Promise<number> {
  return run(async () => {
    const lock = new Lock();
    const guarded = { count: 0 };
    const locker = async (): Promise<void> => {
      for (let i = 0; i < n / 2; i++) {
        await lock.acquire();
        const seen = guarded.count;
        await sleep(0);
        guarded.count = seen + 1;
        lock.release();
      }
    };
    await gather([locker, locker]);
    return guarded.count;
  });
}

/** n tasks wait inside try/finally; all are cancelled, and awaited. Counts the finally blocks. */
export function asyncCancelStorm(n: number): Promise<number> {
  return run(async () => {
    const cleaned = { count: 0 };
    const tasks: Task<void>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = createTask(() => guarded(cleaned));
    await sleep(0);
    for (const task of tasks) task.cancel();
    await wait(tasks);
    return tasks.every((task) => task.cancelled()) ? cleaned.count : NaN;
  });
}

/** A group of n children: the last one fails, the others are cancelled and awaited. */
export function asyncGroupFailure(n: number): Promise<number> {
  return run(async () => {
    const cleaned = { count: 0 };
    try {
      await TaskGroup.run(async (group) => {
        for (let i = 0; i < n - 1; i++) group.createTask(() => guarded(cleaned));
        group.createTask(failing);
        await new Future<void>();
      });
    } catch (error) {
      if (!(error instanceof ExceptionGroup) || error.errors[0] !== failure) throw error;
      return cleaned.count + error.errors.length;
    }
    return NaN;
  });
}

/** n times: a body that is done at once, under a timeout. */
export function asyncTimeoutReady(n: number): Promise<number> {
  return run(async () => {
    let total = 0;
    for (let i = 0; i < n; i++) total += await asyncWith(timeout(60_000), one);
    return total;
  });
}

const failure = new Error("The last child fails");

// deno-lint-ignore require-await -- the shortest async function there is
async function one(): Promise<number> {
  return 1;
}

async function oneLater(): Promise<number> {
  await sleep(0);
  return 1;
}

async function sleeper(ms: number): Promise<number> {
  await sleep(ms);
  return 1;
}

async function frame(below: number, n: number): Promise<number> {
  if (below > 0) return await frame(below - 1, n);
  for (let i = 0; i < n; i++) await sleep(0);
  return n;
}

async function guarded(cleaned: { count: number }): Promise<void> {
  try {
    await new Future<void>();
  } finally {
    cleaned.count++;
  }
}

async function failing(): Promise<void> {
  await sleep(0);
  throw failure;
}
