/** The queues, semaphores and locks that npm has most, at the same jobs. Their waits cannot be cancelled. */

import { Mutex, Semaphore } from "async-mutex";
import fastq from "fastq";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { Sema } from "async-sema";

/** n items through a queue of p-queue that takes one after another; its producer waits while ten are in it. */
export async function queueOfPQueue(n: number): Promise<number> {
  const queue = new PQueue({ concurrency: 1 });
  let total = 0;
  const consume = async () => {
    await undefined;
    total++;
  };
  for (let i = 0; i < n; i++) {
    await queue.onSizeLessThan(10);
    void queue.add(consume);
  }
  await queue.onIdle();
  return total;
}

/** n items through a queue of fastq that takes one after another; ten at a time, because it has no bound. */
export async function queueOfFastq(n: number): Promise<number> {
  let total = 0;
  const queue = fastq.promise(async (item: number) => {
    await undefined;
    total += item;
  }, 1);
  for (let i = 0; i < n; i += 10) {
    for (let j = 0; j < 10; j++) void queue.push(1);
    await queue.drained();
  }
  return total;
}

/** n async functions through p-queue, ten at a time. */
export async function semaphoreOfPQueue(n: number): Promise<number> {
  const queue = new PQueue({ concurrency: 10 });
  return sum(await Promise.all(Array.from({ length: n }, () => queue.add(oneLater))));
}

/** n items through fastq, ten at a time. */
export async function semaphoreOfFastq(n: number): Promise<number> {
  const queue = fastq.promise(oneLater, 10);
  return sum(await Promise.all(Array.from({ length: n }, () => queue.push(undefined))));
}

/** n async functions want one of ten permits of async-mutex. */
export async function semaphoreOfAsyncMutex(n: number): Promise<number> {
  const permits = new Semaphore(10);
  return sum(
    await Promise.all(Array.from({ length: n }, () => permits.runExclusive(oneLater))),
  );
}

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
  return sum(await Promise.all(Array.from({ length: n }, () => limit(oneLater))));
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

async function oneLater(): Promise<number> {
  await undefined;
  return 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
