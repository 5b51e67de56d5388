/** The least that downloads in lanes: so many async functions take what is next, until nothing is left. */

import { countRight, downloads } from "../downloads/site.ts";
import type { Work } from "../work.ts";

export const oneByOne = inLanes(1);
export const fiveLanes = inLanes(5);
export const fifteenLanes = inLanes(15);
export const fiftyLanes = inLanes(50);

function inLanes(lanes: number): Work {
  return async (n) => {
    const pages = new Array<ArrayBuffer>(n);
    const rest = downloads(n).entries();
    const lane = async (): Promise<void> => {
      for (const [i, [url]] of rest) pages[i] = await (await fetch(url)).arrayBuffer();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return countRight(pages);
  };
}
