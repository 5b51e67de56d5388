/** A module of jobs, for tests of `moduleJobs`. */
import { checkCancelled, reportProgress, run, sleep } from "../../mod.ts";

export class OutOfStock extends Error {
  override name = "OutOfStock";
  constructor(readonly item: string, readonly left: number) {
    super(`no more ${item}`);
  }
}

const FACTOR = 3;

export function triple(n: number): number {
  return n * FACTOR;
}

export function buy(item: string): never {
  throw new OutOfStock(item, 0);
}

export async function sleepers(count: number): Promise<number> {
  const results = await run(async () => {
    const all: number[] = [];
    for (let i = 0; i < count; i++) all.push(await sleep(1, i));
    return all;
  });
  return results.length;
}

export function spin(): never {
  reportProgress("spinning");
  for (;;) checkCancelled();
}

export const notAFunction = 42;
