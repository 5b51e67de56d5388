/** What the platform has for the same jobs: a stream as the queue, and chained promises as the lock. */

/** n items from one producer to one consumer through a stream that holds ten. */
export function queue10(n: number): Promise<number> {
  return throughStream(10, n);
}

/** n items from one producer to one consumer through a stream that holds a thousand. */
export function queue1000(n: number): Promise<number> {
  return throughStream(1000, n);
}

/** n async functions want one of ten permits, counted by hand, and hold it across one microtask. */
export async function semaphore(n: number): Promise<number> {
  const waiting: (() => void)[] = [];
  let free = 10;
  let next = 0;
  const contend = async (): Promise<number> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    await undefined;
    if (next < waiting.length) waiting[next++]!();
    else free++;
    return 1;
  };
  let total = 0;
  for (const one of await Promise.all(Array.from({ length: n }, contend))) total += one;
  return free === 10 ? total : NaN;
}

/** Two async functions hand one chain of promises to and fro, n times in all. */
export async function lockHandOff(n: number): Promise<number> {
  const guarded = { count: 0, last: Promise.resolve() };
  await Promise.all([locker(guarded, n / 2), locker(guarded, n / 2)]);
  return guarded.count;
}

async function throughStream(highWaterMark: number, n: number): Promise<number> {
  const { readable, writable } = new TransformStream<number, number>(
    {},
    { highWaterMark },
    { highWaterMark: 0 },
  );
  const producing = produce(writable.getWriter(), n);
  const reader = readable.getReader();
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value;
  }
  await producing;
  return total;
}

async function produce(writer: WritableStreamDefaultWriter<number>, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    await writer.ready;
    // Not awaited: that would wait until the consumer has it, and no queue would build up.
    void writer.write(1);
  }
  await writer.close();
}

async function locker(guarded: { count: number; last: Promise<void> }, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const { last } = guarded;
    const turn = Promise.withResolvers<void>();
    guarded.last = turn.promise;
    await last;
    const seen = guarded.count;
    await undefined;
    guarded.count = seen + 1;
    turn.resolve();
  }
}
