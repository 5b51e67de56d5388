/**
 * Garbage collection on demand. V8 hands `gc` to the process under `--expose-gc`; without the flag it is
 * switched on here, in a fresh context, so that no test has to be skipped.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

function findGc(): () => void {
  const exposed = (globalThis as { gc?: () => void }).gc;
  if (exposed !== undefined) return exposed;
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

const gc = findGc();

/** Collects twice with host turns around, because V8 keeps what a WeakRef showed until the turn ends. */
export async function collectGarbage(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    gc();
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
}
