/** Downloads on threads, which are started for them and ended after them. */

import { gather, getRunningLoop, run, ThreadPoolExecutor, toThread, transfer } from "../../mod.ts";
import { countRight, downloads } from "../downloads/site.ts";
import type { Work } from "../work.ts";

export const oneByOne = inLanes(1);
export const fiveLanes = inLanes(5);
export const fifteenLanes = inLanes(15);
export const fiftyLanes = inLanes(50);

/** A call of `toThread` for each; the loop's own executor has fifteen workers. */
export function fifteenByToThread(n: number): Promise<number> {
  return run(function* () {
    getRunningLoop().setDefaultExecutor(new ThreadPoolExecutor({ maxWorkers: 15 }));
    return countRight(yield* gather(downloads(n).map(([url]) => toThread(download, url))));
  });
}

function inLanes(maxWorkers: number): Work {
  return (n) =>
    run(async () => {
      const pool = new ThreadPoolExecutor({ maxWorkers });
      try {
        const urls = downloads(n).map(([url]) => url);
        return countRight(await Array.fromAsync(pool.map(download, urls)));
      } finally {
        await pool.shutdown();
      }
    });
}

async function download(url: string): Promise<ArrayBuffer> {
  const page = await (await fetch(url)).arrayBuffer();
  return transfer(page, [page]);
}
