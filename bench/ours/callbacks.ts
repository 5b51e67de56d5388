/** Plain callbacks, without a task, as a user of the module schedules them. */

import { getRunningLoop, run, sleep } from "../../mod.ts";

/** n callbacks, ten thousand at a time. */
export function callSoon(n: number): Promise<number> {
  return run(function* () {
    const loop = getRunningLoop();
    let called = 0;
    const count = () => {
      called++;
    };
    for (let i = 0; i < n; i += 10_000) {
      for (let j = 0; j < 10_000; j++) loop.callSoon(count);
      yield* sleep(0);
    }
    return called;
  });
}
