/** A chain of a thousand coroutines, each awaiting the next, as a user of the module writes it. */

import { coroutine, type CoroutineGenerator, run, sleep } from "../../mod.ts";

const FRAMES = 1000;

/** The innermost of a thousand generators gives way n times; the check value comes up through all of them. */
export function deepResume(n: number): Promise<number> {
  return run(frame(FRAMES - 1, n));
}

/** The same with frames made by `coroutine()`. */
export function deepResumeCoroutine(n: number): Promise<number> {
  return run(coroutineFrame(FRAMES - 1, n));
}

/** Wakes the innermost of so many generators once. Where that is too deep, throws RangeError. */
export function wakeThrough(frames: number): Promise<number> {
  return run(smallFrame(frames - 1));
}

/** The same with frames made by `coroutine()`. */
export function wakeThroughCoroutine(frames: number): Promise<number> {
  return run(smallCoroutineFrame(frames - 1));
}

function* frame(below: number, n: number): CoroutineGenerator<number> {
  if (below > 0) return yield* frame(below - 1, n);
  for (let i = 0; i < n; i++) yield* sleep(0);
  return n;
}

const coroutineFrame = coroutine(function* (below: number, n: number): CoroutineGenerator<number> {
  if (below > 0) return yield* coroutineFrame(below - 1, n);
  for (let i = 0; i < n; i++) yield* sleep(0);
  return n;
});

/** As small as a frame can be: how many fit on the stack is a matter of their size. */
function* smallFrame(below: number): CoroutineGenerator<number> {
  if (below > 0) return yield* smallFrame(below - 1);
  yield* sleep(0);
  return 1;
}

const smallCoroutineFrame = coroutine(function* (below: number): CoroutineGenerator<number> {
  if (below > 0) return yield* smallCoroutineFrame(below - 1);
  yield* sleep(0);
  return 1;
});
