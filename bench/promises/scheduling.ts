/** What the platform offers for the same jobs: native promises, which nobody can cancel. */

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
