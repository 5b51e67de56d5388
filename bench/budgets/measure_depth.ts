/**
 * One process: `measure_depth.ts <function> <frames>` wakes the innermost of so many nested coroutines and
 * prints whether the result came up through all of them.
 */

import * as deep from "../ours/deep.ts";

const [name, frames] = Deno.args;
const wake = name === "coroutine" ? deep.wakeThroughCoroutine : deep.wakeThrough;
try {
  console.log(JSON.stringify(await wake(Number(frames)) === 1));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.log(JSON.stringify(false));
}
Deno.exit();
