// Threads: Web Workers or Node's, which share nothing but memory that is made to be shared.

import { coreCount } from "./host_thread.ts";
import { openThread } from "./thread_channel.ts";
import { PoolExecutor } from "./pool_executor.ts";
import { type PoolOptions, poolSettings } from "./pool_options.ts";
import { checkThreadPermissions } from "./thread_permissions.ts";

/**
 * Runs jobs on threads. They start when needed, stay warm, and end with the pool; one thread runs one job
 * at a time, and each has a heap of its own.
 *
 * A thread that is in the middle of a synchronous loop cannot be stopped from outside, only asked:
 * `checkCancelled()` in the loop. One that does not heed is counted (`stats().zombie`) and never used
 * again; code that cannot be trusted to end belongs in a process. So does code that may need more memory
 * than there is: in Deno a thread that runs out of it ends the program.
 *
 * In Node threads are those of `node:worker_threads`, which can be stopped anywhere, but have the
 * permissions of their program.
 *
 * With `permissions: "none"` a job can neither read nor write, nor reach the network, the environment or
 * other programs. It can still load packages, because Deno lets every worker do that, unless the program
 * was started with `--no-npm --no-remote`; and nothing limits its time and memory.
 *
 * @example
 * ```ts
 * import { run, ThreadPoolExecutor } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * function fib(n: number): number {
 *   return n < 2 ? n : fib(n - 1) + fib(n - 2);
 * }
 * const results = await run(async () => {
 *   await using pool = new ThreadPoolExecutor({ maxWorkers: 2 });
 *   return await Array.fromAsync(pool.map(fib, [10, 20]));
 * });
 * assertEquals(results, [55, 6765]);
 * ```
 */
export class ThreadPoolExecutor extends PoolExecutor {
  /**
   * Makes a pool; its workers are started by jobs.
   *
   * @param options How many workers, and how they are looked after.
   * @throws {RangeError} When a number is out of range.
   * @throws {RuntimeError} When `permissions` are to be other than the parent's, and Deno was started
   * without `--unstable-worker-options`.
   */
  constructor(options: PoolOptions = {}) {
    const settings = poolSettings(options, Math.min(32, coreCount() + 4));
    checkThreadPermissions(settings.permissions);
    super("the thread pool", settings, openThread);
  }
}
