// A loop's default executor: made when first needed, gone with the loop.
//
// | state | executor                        | next                          |
// | ----- | ------------------------------- | ----------------------------- |
// | open  | none, made here, or set         | shut                          |
// | shut  | refuses jobs                    | none                          |

import type { EventLoop } from "./event_loop.ts";
import type { Executor, Job } from "./executor.ts";
import type { Future } from "./future.ts";
import { describe, RuntimeError } from "./errors.ts";
import { hostTimerSoon, withResolvers } from "./host.ts";
import { makeDefaultExecutor } from "./executor.ts";
import { running } from "./current.ts";

/** Runs jobs for one loop. */
export class LoopExecutor {
  readonly #loop: EventLoop;
  #executor: Executor | null = null;
  #state: "open" | "shut" = "open";

  constructor(loop: EventLoop) {
    this.#loop = loop;
  }

  submit<A extends unknown[], T>(
    executor: Executor | null,
    fn: Job<A, T>,
    args: A,
  ): Future<Awaited<T>> {
    const chosen = executor ?? this.#default();
    checkExecutor(chosen, "run in an executor");
    // The future belongs to this loop, whoever asks.
    const { loop } = running;
    running.loop = this.#loop;
    try {
      return chosen.submit(fn, ...args);
    } finally {
      running.loop = loop;
    }
  }

  set(executor: Executor): void {
    checkExecutor(executor, "set the default executor");
    this.#executor = executor;
  }

  async shutdown(timeoutMs = Infinity): Promise<void> {
    this.#state = "shut";
    if (this.#executor === null) return;
    const over = this.#executor.shutdown();
    if (timeoutMs === Infinity) return await over;
    const late = withResolvers<void>();
    const stopTimer = hostTimerSoon(timeoutMs, late.resolve);
    over.then(late.resolve, late.reject);
    await late.promise;
    stopTimer();
  }

  #default(): Executor {
    if (this.#state === "shut") {
      throw new RuntimeError("Cannot run in the default executor: it has been shut down");
    }
    this.#executor ??= makeDefaultExecutor();
    if (this.#executor === null) {
      throw new RuntimeError(
        "Cannot run in the default executor: this program was bundled without executors, " +
          "expected one set by setDefaultExecutor()",
      );
    }
    return this.#executor;
  }
}

function checkExecutor(executor: Executor, what: string): void {
  if (typeof executor?.submit === "function") return;
  throw new TypeError(`Cannot ${what}: ${describe(executor)} is not an executor`);
}
