/** A queue, a semaphore and a lock. */

import {
  asyncio,
  bluebird,
  effect,
  effection,
  limit,
  npm,
  ours,
  oursAsync,
  promises,
  type Row,
  trio,
} from "../row.ts";

export const SYNC: readonly Row[] = [
  {
    part: "Queues, semaphores, locks",
    work: "bounded queue of 10, an item",
    n: 100_000,
    fewer: 10_000,
    entrants: [
      limit("sync", "queue10"),
      ours("sync", "queue10", "Queue(10)"),
      oursAsync("asyncQueue10", "Queue(10)"),
      promises("sync", "queue10", "TransformStream", { n: 10_000 }),
      npm("p-queue", "sync", "queueOfPQueue", "queue.onSizeLessThan(10), queue.add(fn)", {
        n: 10_000,
      }),
      npm("fastq", "sync", "queueOfFastq", "fastq.promise(fn, 1), ten pushed at a time", {
        less: "has no bound: its producer waits until all ten are done",
      }),
      effect("queue10", "Queue.bounded(10)"),
      effection("queue10", "createQueue()", { less: "has no bound: its producer counts" }),
      ...asyncio("queue_10", "asyncio.Queue(10)"),
      trio("queue_10", "trio.open_memory_channel(10)"),
    ],
  },
  {
    part: "Queues, semaphores, locks",
    work: "semaphore(10), 100,000 contenders",
    n: 100_000,
    entrants: [
      limit("sync", "semaphore"),
      ours("sync", "semaphore", "Semaphore(10)"),
      oursAsync("asyncSemaphore", "Semaphore(10)"),
      promises("sync", "semaphore", "a counter and an array of resolvers", {
        less: "written by hand for this",
      }),
      bluebird("semaphore", "Bluebird.map(items, fn, { concurrency: 10 })", {
        less: "nobody waits: it calls for the next item when one is done",
      }),
      npm("async-sema", "sync", "semaphoreOfAsyncSema", "new Sema(10)"),
      npm("async-mutex", "sync", "semaphoreOfAsyncMutex", "new Semaphore(10), runExclusive(fn)", {
        n: 10_000,
      }),
      npm("p-limit", "sync", "semaphoreOfPLimit", "pLimit(10)"),
      npm("p-queue", "sync", "semaphoreOfPQueue", "new PQueue({ concurrency: 10 })", {
        n: 20_000,
      }),
      npm("fastq", "sync", "semaphoreOfFastq", "fastq.promise(fn, 10)"),
      effect("semaphore", "Semaphore.make(10), withPermits(1)", { n: 5_000 }),
      ...asyncio("semaphore", "async with asyncio.Semaphore(10)", { n: 10_000 }),
      trio("semaphore", "async with trio.Semaphore(10)", { n: 10_000 }),
    ],
  },
  {
    part: "Queues, semaphores, locks",
    work: "lock, a hand-off",
    n: 100_000,
    fewer: 10_000,
    entrants: [
      limit("sync", "lockHandOff"),
      ours("sync", "lockHandOff", "Lock"),
      oursAsync("asyncLockHandOff", "Lock"),
      promises("sync", "lockHandOff", "a chain of promises", { less: "written by hand for this" }),
      npm("async-sema", "sync", "lockOfAsyncSema", "new Sema(1)"),
      npm("async-mutex", "sync", "lockOfAsyncMutex", "new Mutex()"),
      effect("lockHandOff", "Semaphore.make(1), withPermits(1)"),
      ...asyncio("lock", "async with asyncio.Lock()"),
      trio("lock", "async with trio.Lock()"),
    ],
  },
];
