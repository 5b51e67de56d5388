/** A queue, a semaphore and a lock, as a user of the module writes it. */

import {
  type CoroutineGenerator,
  createTask,
  Lock,
  Queue,
  run,
  Semaphore,
  sleep,
  type Task,
} from "../../mod.ts";

/** n items from one producer to one consumer through a queue of ten. */
export function queue10(n: number): Promise<number> {
  return throughQueue(10, n);
}

/** n items from one producer to one consumer through a queue of a thousand. */
export function queue1000(n: number): Promise<number> {
  return throughQueue(1000, n);
}

/** n tasks want one of ten permits, and hold it across one turn of the loop. */
export function semaphore(n: number): Promise<number> {
  return run(function* () {
    const permits = new Semaphore(10);
    const tasks: Task<number>[] = new Array(n);
    for (let i = 0; i < n; i++) tasks[i] = createTask(contender(permits));
    let total = 0;
    for (const task of tasks) total += yield* task;
    return permits.locked() ? NaN : total;
  });
}

/** Two tasks hand one lock to and fro, n times in all; what it guards counts the hand-offs. */
export function lockHandOff(n: number): Promise<number> {
  return run(function* () {
    const lock = new Lock();
    const guarded = { count: 0 };
    const first = createTask(locker(lock, guarded, n / 2));
    const second = createTask(locker(lock, guarded, n / 2));
    yield* first;
    yield* second;
    return guarded.count;
  });
}

function throughQueue(maxsize: number, n: number): Promise<number> {
  return run(function* () {
    const queue = new Queue<number>(maxsize);
    createTask(producer(queue, n));
    return yield* createTask(consumer(queue, n));
  });
}

function* producer(queue: Queue<number>, n: number): CoroutineGenerator<void> {
  for (let i = 0; i < n; i++) yield* queue.put(1);
}

function* consumer(queue: Queue<number>, n: number): CoroutineGenerator<number> {
  let total = 0;
  for (let i = 0; i < n; i++) total += yield* queue.get();
  return total;
}

function* contender(permits: Semaphore): CoroutineGenerator<number> {
  yield* permits.acquire();
  yield* sleep(0);
  permits.release();
  return 1;
}

function* locker(
  lock: Lock,
  guarded: { count: number },
  n: number,
): CoroutineGenerator<void> {
  for (let i = 0; i < n; i++) {
    yield* lock.acquire();
    const seen = guarded.count;
    yield* sleep(0);
    guarded.count = seen + 1;
    lock.release();
  }
}
