/** The same questions with async functions, as a user of the module writes them. */

import { createTask, Future, run, sleep } from "../../mod.ts";

/** One task gives way n times. */
export function asyncSwitching(n: number): Promise<number> {
  return run(async () => {
    let turns = 0;
    for (let i = 0; i < n; i++) {
      await sleep(0);
      turns++;
    }
    return turns;
  });
}

/** n times: start a child, await it. */
export function asyncSpawning(n: number): Promise<number> {
  return run(async () => {
    let total = 0;
    for (let i = 0; i < n; i++) total += await createTask(one);
    return total;
  });
}

/** Two tasks, n rounds: each sets the future the other waits for. */
export function asyncPingPong(n: number): Promise<number> {
  return run(async () => {
    const table = { ping: new Future<number>(), pong: new Future<number>() };
    const other = createTask(() => echo(table, n));
    let total = 0;
    for (let i = 0; i < n; i++) {
      table.ping.setResult(1);
      total += await table.pong;
      table.pong = new Future();
    }
    await other;
    return total;
  });
}

// deno-lint-ignore require-await -- the shortest async function there is
async function one(): Promise<number> {
  return 1;
}

async function echo(
  table: { ping: Future<number>; pong: Future<number> },
  n: number,
): Promise<void> {
  for (let i = 0; i < n; i++) {
    const value = await table.ping;
    table.ping = new Future();
    table.pong.setResult(value);
  }
}
