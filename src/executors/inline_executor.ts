// The caller as its own worker.

import { openInline } from "./inline_channel.ts";
import { PoolExecutor } from "./pool_executor.ts";
import { poolSettings } from "./pool_options.ts";

/**
 * Runs jobs in the caller, one at a time: for tests, and to compare others with. A job is checked, and
 * its arguments and result are copied, as if it were sent. A synchronous job is run by `submit` itself.
 *
 * @example
 * ```ts
 * import { InlineExecutor } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const executor = new InlineExecutor();
 * assertEquals(await executor.submit((a: number, b: number) => a + b, 1, 2), 3);
 * await executor.shutdown();
 * ```
 */
export class InlineExecutor extends PoolExecutor {
  /** Makes an executor. There is nothing to choose. */
  constructor() {
    super("the inline executor", poolSettings({ maxWorkers: 1, idleMs: Infinity }, 1), openInline);
  }
}
