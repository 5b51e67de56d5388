/** The least that downloads in lanes: so many async functions take what is next, until nothing is left. */

import { downloads } from "../downloads/site.ts";
import type { Work } from "../work.ts";

export const oneByOne = inLanes(1);
export const fiveLanes = inLanes(5);
export const fifteenLanes = inLanes(15);
export const fiftyLanes = inLanes(50);

function inLanes(lanes: number): Work {
  return async (n) => {
    const rest = downloads(n).values();
    let done = 0;
    const lane = async (): Promise<void> => {
      for (const [url, bytes] of rest) {
        const response = await fetch(url);
        if ((await response.arrayBuffer()).byteLength === bytes) done++;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return done;
  };
}
