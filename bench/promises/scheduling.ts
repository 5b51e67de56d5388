/** What the platform offers for the same jobs: native promises, which nobody can cancel. */

const FRAMES = 1000;

/** One async function gives way n times. */
export async function switching(n: number): Promise<number> {
  let turns = 0;
  for (let i = 0; i < n; i++) {
    await undefined;
    turns++;
  }
  return turns;
}

/** n times: call an async function, await it. */
export async function spawning(n: number): Promise<number> {
  let total = 0;
  for (let i = 0; i < n; i++) total += await one();
  return total;
}

/** Two async functions, n rounds: each resolves the promise the other waits for. */
export async function pingPong(n: number): Promise<number> {
  const table = {
    ping: Promise.withResolvers<number>(),
    pong: Promise.withResolvers<number>(),
  };
  const other = echo(table, n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    table.ping.resolve(1);
    total += await table.pong.promise;
    table.pong = Promise.withResolvers();
  }
  await other;
  return total;
}

/** Ten thousand async functions at a time, n in all, that give way once; `Promise.all` of them. */
export async function gather10k(n: number): Promise<number> {
  let total = 0;
  for (let rounds = n / 10_000; rounds > 0; rounds--) {
    const children: Promise<number>[] = new Array(10_000);
    for (let i = 0; i < children.length; i++) children[i] = oneLater();
    for (const result of await Promise.all(children)) total += result;
  }
  return total;
}

/** n async functions that give way once; each reports when it ends, and a loop waits for the reports. */
export async function asCompletedTasks(n: number): Promise<number> {
  const finished: number[] = [];
  let next = Promise.withResolvers<void>();
  const report = async (): Promise<void> => {
    finished.push(await oneLater());
    next.resolve();
  };
  for (let i = 0; i < n; i++) void report();
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (i === finished.length) {
      next = Promise.withResolvers();
      await next.promise;
    }
    total += finished[i]!;
  }
  return total;
}

/** The innermost of a thousand async functions gives way n times. */
export function deepResume(n: number): Promise<number> {
  return frame(FRAMES - 1, n);
}

/** n callbacks, ten thousand at a time. */
export async function callSoon(n: number): Promise<number> {
  let called = 0;
  const count = () => {
    called++;
  };
  for (let i = 0; i < n; i += 10_000) {
    for (let j = 0; j < 10_000; j++) queueMicrotask(count);
    await undefined;
  }
  return called;
}

async function frame(below: number, n: number): Promise<number> {
  return below > 0 ? await frame(below - 1, n) : await switching(n);
}

interface Table {
  ping: PromiseWithResolvers<number>;
  pong: PromiseWithResolvers<number>;
}

async function echo(table: Table, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const value = await table.ping.promise;
    table.ping = Promise.withResolvers();
    table.pong.resolve(value);
  }
}

// deno-lint-ignore require-await -- the shortest async function there is
async function one(): Promise<number> {
  return 1;
}

async function oneLater(): Promise<number> {
  await undefined;
  return 1;
}
