/** Semaphores and locks that npm has most, at the same jobs. Their waits cannot be cancelled. */

import { Mutex } from "async-mutex";
import { Sema } from "async-sema";
import pLimit from "p-limit";

/** n async functions want one of ten permits of async-sema, and hold it across one microtask. */
export async function semaphoreOfAsyncSema(n: number): Promise<number> {
  const permits = new Sema(10);
  const contend = async (): Promise<number> => {
    await permits.acquire();
    await undefined;
    permits.release();
    return 1;
  };
  return sum(await Promise.all(Array.from({ length: n }, contend)));
}

/** n async functions through p-limit, ten at a time. */
export async function semaphoreOfPLimit(n: number): Promise<number> {
  const limit = pLimit(10);
  const contend = async (): Promise<number> => {
    await undefined;
    return 1;
  };
  return sum(await Promise.all(Array.from({ length: n }, () => limit(contend))));
}

/** Two async functions hand a lock of async-mutex to and fro, n times in all. */
export function lockOfAsyncMutex(n: number): Promise<number> {
  const mutex = new Mutex();
  return handOver(() => mutex.acquire(), n);
}

/** The same with async-sema. */
export function lockOfAsyncSema(n: number): Promise<number> {
  const permits = new Sema(1);
  return handOver(async () => {
    await permits.acquire();
    return () => permits.release();
  }, n);
}

async function handOver(acquire: () => Promise<() => void>, n: number): Promise<number> {
  const guarded = { count: 0 };
  const locker = async (): Promise<void> => {
    for (let i = 0; i < n / 2; i++) {
      const release = await acquire();
      const seen = guarded.count;
      await undefined;
      guarded.count = seen + 1;
      release();
    }
  };
  await Promise.all([locker(), locker()]);
  return guarded.count;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
