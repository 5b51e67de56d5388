// From the host into a loop and out again.

import type { Context } from "./core/context.ts";
import type { EventLoopOptions } from "./core/event_loop.ts";
import type { Startable } from "./core/awaitable.ts";
import type { Task } from "./core/task.ts";
import { CancelledError, KeyboardInterrupt, RuntimeError } from "./core/errors.ts";
import { copyContext } from "./core/context.ts";
import { environmentFlag, onSignal } from "./core/host.ts";
import { EventLoop } from "./core/event_loop.ts";
import { gather } from "./combinators/gather.ts";
import { runningTask } from "./core/current.ts";

/** How to run. */
export interface RunOptions extends EventLoopOptions {
  /** Aborting it cancels the main task. */
  signal?: AbortSignal;
  /**
   * Cancel the main task on SIGINT.
   *
   * @default {true where the runtime has signals}
   */
  handleSigint?: boolean;
}

/** How long `run` waits for jobs that are still in the default executor, in ms; CPython's time. */
const EXECUTOR_MS = 300_000;

type RunnerState = "new" | "open" | "closed";

/**
 * Runs `main` on a new loop: starts it as a task, waits for it, cancels and awaits what it has left
 * running, and closes the loop.
 *
 * Ctrl-C cancels the main task; when that ends it, `run` throws KeyboardInterrupt. A second Ctrl-C does
 * what it does without us.
 *
 * @param main A coroutine, an awaitable, or a function of no arguments that makes one.
 * @param options Debug mode, clock, scheduler, signals.
 * @returns A promise of the result of `main`.
 * @throws {RuntimeError} Inside a task; on virtual time, when all tasks wait for each other.
 * @throws {TypeError} When `main` cannot be run, or `options.clock` is no clock.
 * @throws {KeyboardInterrupt} When Ctrl-C ended it.
 * @throws {CancelledError} When `options.signal` ended it.
 *
 * @example
 * ```ts
 * import { run, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const answer = await run(function* () {
 *   yield* sleep(1);
 *   return 42;
 * });
 * assertEquals(answer, 42);
 * ```
 */
export async function run<T>(main: Startable<T>, options: RunOptions = {}): Promise<T> {
  const runner = new Runner(options);
  try {
    return await runner.run(main);
  } finally {
    await runner.close();
  }
}

/**
 * `run` in parts: several mains on one loop, one after the other, in one context.
 *
 * @example
 * ```ts
 * import { Runner, sleep } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await using runner = new Runner();
 * assertEquals(await runner.run(() => sleep(1, "first")), "first");
 * assertEquals(await runner.run(() => sleep(1, "second")), "second");
 * ```
 */
export class Runner implements AsyncDisposable {
  readonly #options: RunOptions;
  #state: RunnerState = "new";
  #loop: EventLoop | null = null;
  #context: Context | null = null;

  /**
   * Makes a runner; its loop is made when first needed.
   *
   * @param options As for `run`.
   * @throws {RuntimeError} Inside a task.
   */
  constructor(options: RunOptions = {}) {
    const task = runningTask();
    if (task !== null) {
      throw new RuntimeError(
        `Cannot run inside ${task._title()}: expected to be outside of any task`,
      );
    }
    this.#options = options;
  }

  /**
   * Runs `main` to its end on this runner's loop.
   *
   * @param main A coroutine, an awaitable, or a function of no arguments that makes one.
   * @param options `context`: where it runs, by default the runner's own.
   * @returns A promise of its result.
   * @throws {RuntimeError} When the runner is closed, or running.
   * @throws {KeyboardInterrupt} When Ctrl-C ended it.
   */
  async run<T>(main: Startable<T>, options: { context?: Context } = {}): Promise<T> {
    const loop = this.getLoop();
    if (loop.isRunning()) throw new RuntimeError("Cannot run: this runner is running already");
    const task = loop.createTask(main, { context: options.context ?? this.#context! });
    const { signal, handleSigint = true } = this.#options;
    const interrupt = handleSigint ? new Interrupt(task) : null;
    const abort = () => task.cancel(describeAbort(signal!));
    if (signal?.aborted === true) abort();
    else signal?.addEventListener("abort", abort);
    try {
      return await loop.runUntilComplete(task);
    } catch (error) {
      if (interrupt?.ended(error) === true) {
        throw new KeyboardInterrupt("Interrupted", { cause: error });
      }
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
      interrupt?.close();
    }
  }

  /**
   * The runner's loop.
   *
   * @returns The loop.
   * @throws {RuntimeError} When the runner is closed.
   */
  getLoop(): EventLoop {
    if (this.#state === "closed") throw new RuntimeError("Cannot use the runner: it is closed");
    if (this.#loop === null) {
      const debug = this.#options.debug ?? environmentFlag("ASYNCIO_DEBUG");
      this.#loop = new EventLoop({ ...this.#options, debug });
      this.#context = copyContext();
      this.#state = "open";
    }
    return this.#loop;
  }

  /**
   * Cancels and awaits the tasks that are left, shuts the default executor down, and closes the loop.
   * Harmless the second time.
   */
  async close(): Promise<void> {
    const loop = this.#loop;
    const state = this.#state;
    this.#state = "closed";
    if (state !== "open" || loop === null) return;
    try {
      await cancelAllTasks(loop);
      await loop.shutdownDefaultExecutor(EXECUTOR_MS);
    } finally {
      loop.close();
    }
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Turns Ctrl-C into a cancellation of the main task, once. */
class Interrupt {
  #seen = false;
  #stop: (() => void) | null;

  constructor(readonly task: Task<unknown>) {
    this.#stop = onSignal("SIGINT", () => {
      this.#seen = true;
      this.close(); // the next one is the runtime's
      task.getLoop().callSoonThreadsafe(() => task.cancel());
    });
  }

  /** True when the task was ended by it, and by nothing else. */
  ended(error: unknown): boolean {
    return this.#seen && error instanceof CancelledError && this.task.uncancel() === 0;
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }
}

async function cancelAllTasks(loop: EventLoop): Promise<void> {
  const tasks = [...loop._unfinished()];
  if (tasks.length === 0) return;
  for (const task of tasks) task.cancel();
  await loop.runUntilComplete(() => gather(tasks, { returnExceptions: true }));
  for (const task of tasks) {
    if (task.cancelled()) continue;
    const error = task.exception();
    if (error === null) continue;
    loop.callExceptionHandler({
      message: "Unhandled exception while run() was shutting down",
      exception: error,
      task,
    });
  }
}

function describeAbort(signal: AbortSignal): string {
  const { reason } = signal;
  return reason instanceof Error ? reason.message : String(reason);
}
