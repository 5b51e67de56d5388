/**
 * One process: `measure_depth.ts <function> <frames>` wakes the innermost of so many nested coroutines and
 * prints whether the result came up through all of them.
 */

import * as deep from "../ours/deep.ts";

/** Frames of compiled code: an interpreted generator takes twice the stack, and 4,500 are too many then. */
const WARM_UP_RUNS = 3000;

const [name, frames] = Deno.args;
const wake = name === "coroutine" ? deep.wakeThroughCoroutine : deep.wakeThrough;
for (let i = 0; i < WARM_UP_RUNS; i++) await wake(100);
try {
  console.log(JSON.stringify(await wake(Number(frames)) === 1));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.log(JSON.stringify(false));
}
Deno.exit();
