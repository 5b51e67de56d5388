/** Spawning while a tracer records it. */

import { createTask, run, Tracer } from "../../mod.ts";

/** n times: start a child, await it. */
export function spawningTraced(n: number): Promise<number> {
  return run(function* () {
    using _tracer = new Tracer();
    let total = 0;
    for (let i = 0; i < n; i++) total += yield* createTask(one());
    return total;
  });
}

// deno-lint-ignore require-yield -- a child that does not wait.
function* one() {
  return 1;
}
