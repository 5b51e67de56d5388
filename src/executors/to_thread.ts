// The short way to a thread, and which executor a loop has by default.

import type { Job } from "../core/executor.ts";
import { type Coroutine, type CoroutineGenerator, GeneratorCoroutine } from "../core/coroutine.ts";
import { getEventLoop } from "../core/current.ts";
import { provideDefaultExecutor } from "../core/executor.ts";
import { shipmentOf } from "./job_source.ts";
import { ThreadPoolExecutor } from "./thread_pool_executor.ts";

/**
 * Runs a job on a thread of the loop's default executor and waits for its result, while the loop goes on.
 * Suspends; cancelling it here cancels the job.
 *
 * @param fn A closed function, or a job of a module.
 * @param args Its arguments; they are copied.
 * @returns Its result.
 * @throws {TypeError} When the function uses a variable of an enclosing scope, or is no function.
 *
 * @example
 * ```ts
 * import { run, toThread } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const count = (text: string) => text.split(" ").length;
 * assertEquals(await run(() => toThread(count, "one two three")), 3);
 * ```
 */
export function toThread<A extends unknown[], T>(
  fn: Job<A, T>,
  ...args: A
): Coroutine<Awaited<T>> {
  const { name } = shipmentOf(fn); // what is wrong with it shows at this line
  provideDefaultExecutor(makeThreads); // in a bundle nobody has
  return new GeneratorCoroutine(onThread(fn, args), `toThread(${name})`);
}

function* onThread<A extends unknown[], T>(
  fn: Job<A, T>,
  args: A,
): CoroutineGenerator<Awaited<T>> {
  return yield* getEventLoop().runInExecutor(null, fn, ...args);
}

/** Outside of `run` nobody shuts it down, and a program ends only when its idle threads have. */
const IDLE_MS = 500;

function makeThreads(): ThreadPoolExecutor {
  return new ThreadPoolExecutor({ threadNamePrefix: "asyncio", idleMs: IDLE_MS });
}

// For `runInExecutor(null, ...)`. Marked as pure, so that a bundler leaves this line out of programs that
// use nothing else of here, and with it the executors, which are a third of the library.
/* @__PURE__ */ provideDefaultExecutor(makeThreads);
