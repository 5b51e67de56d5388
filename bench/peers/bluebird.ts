/** The work with Bluebird: its coroutines, whose promises can be cancelled since it was asked to. */

// @ts-types="./bluebird.d.ts"
import Bluebird from "bluebird";

Bluebird.config({ cancellation: true });

const FRAMES = 1000;

/** One coroutine gives way n times. */
export const switching = Bluebird.coroutine(turns);

/** n times: call a coroutine, await it. */
export const spawning = Bluebird.coroutine(function* (n: number) {
  let total = 0;
  for (let i = 0; i < n; i++) total += yield one();
  return total;
});

/** Two coroutines, n rounds: each resolves the promise that the other waits for. */
export const pingPong = Bluebird.coroutine(function* (n: number) {
  const table: Table = { ping: defer(), pong: defer() };
  const other = echo(table, n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    table.ping.resolve(1);
    total += yield table.pong.promise;
    table.pong = defer();
  }
  yield other;
  return total;
});

/** Ten thousand coroutines at a time that give way once, n in all, and their results. */
export const gather10k = Bluebird.coroutine(function* (n: number) {
  let total = 0;
  for (let rounds = n / 10_000; rounds > 0; rounds--) {
    const children = Array.from({ length: 10_000 }, () => switching(1));
    for (const result of (yield Bluebird.all(children)) as number[]) total += result;
  }
  return total;
});

/** The innermost of a thousand coroutines gives way n times. */
export function deepResume(n: number): Bluebird<number> {
  return frame(FRAMES - 1, n);
}

/** n coroutines sleep for 1 to 10 ms. */
export const parked = Bluebird.coroutine(function* (n: number) {
  const sleepers = Array.from({ length: n }, (_, i) => sleeper(1 + i % 10));
  let woken = 0;
  for (const one of (yield Bluebird.all(sleepers)) as number[]) woken += one;
  return woken;
});

/** n coroutines begin to sleep for an hour. */
export function parkForAnHour(n: number): void {
  for (let i = 0; i < n; i++) sleeper(3_600_000);
}

/** n items mapped, ten at a time, each across one turn. */
export const semaphore = Bluebird.coroutine(function* (n: number) {
  let total = 0;
  const items = new Array(n).fill(1);
  const results: number[] = yield Bluebird.map(items, () => switching(1), { concurrency: 10 });
  for (const result of results) total += result;
  return total;
});

/** n coroutines wait inside try/finally; all are cancelled. Counts the finally blocks. */
export const cancelStorm = Bluebird.coroutine(function* (n: number) {
  const cleaned = { count: 0 };
  const tasks = Array.from({ length: n }, () => guarded(cleaned));
  yield Bluebird.resolve();
  for (const task of tasks) task.cancel();
  // A cancelled promise never settles: there is nothing to await but a later turn of the host.
  yield Bluebird.delay(1);
  return tasks.every((task) => task.isCancelled()) ? cleaned.count : NaN;
});

/** n times: a coroutine that is done at once, under a timeout. */
export const timeoutReady = Bluebird.coroutine(function* (n: number) {
  let total = 0;
  for (let i = 0; i < n; i++) total += yield one().timeout(60_000);
  return total;
});

interface Deferred {
  readonly promise: Bluebird<number>;
  readonly resolve: (value: number) => void;
}

interface Table {
  ping: Deferred;
  pong: Deferred;
}

function* turns(n: number): Generator<PromiseLike<void>, number, never> {
  for (let i = 0; i < n; i++) yield Bluebird.resolve();
  return n;
}

function defer(): Deferred {
  let resolve!: (value: number) => void;
  const promise = new Bluebird<number>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

// deno-lint-ignore require-yield -- the shortest body there is
const one = Bluebird.coroutine(function* () {
  return 1;
});

const echo = Bluebird.coroutine(function* (table: Table, n: number) {
  for (let i = 0; i < n; i++) {
    const value: number = yield table.ping.promise;
    table.ping = defer();
    table.pong.resolve(value);
  }
});

const frame: (below: number, n: number) => Bluebird<number> = Bluebird.coroutine(
  function* (below: number, n: number) {
    return below > 0 ? yield frame(below - 1, n) : yield switching(n);
  },
);

const sleeper = Bluebird.coroutine(function* (ms: number) {
  yield Bluebird.delay(ms);
  return 1;
});

const guarded = Bluebird.coroutine(function* (cleaned: { count: number }) {
  try {
    yield new Bluebird<void>(() => {});
  } finally {
    cleaned.count++;
  }
});
