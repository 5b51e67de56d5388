/** The work with co: generators that yield promises, or arrays of them. */

// @ts-types="./co.d.ts"
import co from "co";

const FRAMES = 1000;
const turn = Promise.resolve();

/** One coroutine gives way n times. */
export function switching(n: number): Promise<number> {
  return co(function* () {
    for (let i = 0; i < n; i++) yield turn;
    return n;
  });
}

/** n times: start a child, await it. */
export function spawning(n: number): Promise<number> {
  return co(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) total += yield co(one);
    return total;
  });
}

/** Two coroutines, n rounds: each resolves the promise that the other waits for. */
export function pingPong(n: number): Promise<number> {
  const table = {
    ping: Promise.withResolvers<number>(),
    pong: Promise.withResolvers<number>(),
  };
  const echo = co(function* () {
    for (let i = 0; i < n; i++) {
      const value: number = yield table.ping.promise;
      table.ping = Promise.withResolvers();
      table.pong.resolve(value);
    }
  });
  return co(function* () {
    let total = 0;
    for (let i = 0; i < n; i++) {
      table.ping.resolve(1);
      total += yield table.pong.promise;
      table.pong = Promise.withResolvers();
    }
    yield echo;
    return total;
  });
}

/** Ten thousand coroutines at a time that give way once, n in all, and their results. */
export function gather10k(n: number): Promise<number> {
  return co(function* () {
    let total = 0;
    for (let rounds = n / 10_000; rounds > 0; rounds--) {
      const children = Array.from({ length: 10_000 }, () => switching(1));
      for (const result of (yield children) as number[]) total += result;
    }
    return total;
  });
}

/** The innermost of a thousand coroutines gives way n times. */
export function deepResume(n: number): Promise<number> {
  return frame(FRAMES - 1, n);
}

function frame(below: number, n: number): Promise<number> {
  return co(function* () {
    return below > 0 ? yield frame(below - 1, n) : yield switching(n);
  });
}

// deno-lint-ignore require-yield -- the shortest body there is
function* one(): Generator<unknown, number, never> {
  return 1;
}
