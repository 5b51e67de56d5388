// Processes of the operating system, which share nothing, and can all be killed.

import type { Channel, ChannelEvents, WorkerSetup } from "./channel.ts";
import { checkCloneable } from "./cloneable.ts";
import { checkHost, checkPermissions } from "./process_permissions.ts";
import { PoolExecutor } from "./pool_executor.ts";
import { type PoolOptions, poolSettings } from "./pool_options.ts";
import { processArgs } from "./process_command.ts";
import { ProcessChannel } from "./process_channel.ts";

/**
 * Runs jobs in processes of the operating system. They start when needed, stay warm, and end with the
 * pool; one process runs one job at a time. Each has a heap of its own, limited by `maxHeapBytes`, and
 * permissions of its own: with `"none"` it may neither read, write, run nor reach anything.
 *
 * Whatever a job does, its process can be killed: a cancelled job that does not heed within
 * `cancelGraceMs`, or whose `timeoutMs` is over, ends at once, endless loops included. When the process
 * dies on its own, its job fails with BrokenExecutor and the others go on. A job that prints does so on
 * standard error.
 *
 * Only on Deno, with the permission to run it.
 *
 * @example
 * ```ts
 * import { BrokenExecutor, ProcessPoolExecutor, run } from "@taskloop/asyncio";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * await run(async () => {
 *   await using pool = new ProcessPoolExecutor({ maxWorkers: 2, permissions: "none" });
 *   const crash = pool.submit(() => Deno.exit(3));
 *   const square = pool.submit((n: number) => n * n, 12);
 *   await assertRejects(() => crash, BrokenExecutor);
 *   assertEquals(await square, 144);
 * });
 * ```
 */
export class ProcessPoolExecutor extends PoolExecutor {
  readonly #channels: Set<ProcessChannel>;
  readonly #graceMs: number;

  /**
   * Makes a pool; its workers are started by jobs.
   *
   * @param options How many workers, and how they are looked after.
   * @throws {RangeError} When a number is out of range.
   * @throws {RuntimeError} Where there is no Deno to start processes with.
   * @throws {TypeError} When the permissions are not Deno's.
   */
  constructor(options: PoolOptions = {}) {
    checkHost();
    checkPermissions(options.permissions ?? "inherit");
    const settings = poolSettings(options, navigator.hardwareConcurrency);
    checkCloneable(settings.initargs, "initargs", [], true);
    const channels = new Set<ProcessChannel>();
    const open = (events: ChannelEvents, setup: WorkerSetup) =>
      openProcess(events, setup, channels);
    super("the process pool", settings, open, true);
    this.#channels = channels;
    this.#graceMs = settings.cancelGraceMs;
  }

  /** @internal */
  get _pids(): number[] {
    return [...this.#channels].map((channel) => channel.pid);
  }

  /**
   * Ends all processes by SIGTERM, and by SIGKILL those that are there `cancelGraceMs` later. Jobs that
   * have not ended fail with BrokenExecutor, and no further jobs are taken.
   *
   * @returns Settles when the processes are gone.
   */
  async terminateWorkers(): Promise<void> {
    for (const channel of this.#channels) channel.askBeforeKilling(this.#graceMs);
    await this._pool.abandon("its workers were terminated");
  }

  /**
   * Ends all processes by SIGKILL. Jobs that have not ended fail with BrokenExecutor, and no further jobs
   * are taken.
   *
   * @returns Settles when the processes are gone.
   */
  async killWorkers(): Promise<void> {
    await this._pool.abandon("its workers were killed");
  }
}

function openProcess(
  events: ChannelEvents,
  setup: WorkerSetup,
  channels: Set<ProcessChannel>,
): Channel {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(Deno.execPath(), {
      args: processArgs(setup),
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    return new NoChannel(events, error);
  }
  const channel = new ProcessChannel(events, child);
  channels.add(channel);
  channel.over.then(() => channels.delete(channel));
  return channel;
}

/** A process that could not even be started. */
class NoChannel implements Channel {
  readonly board = null;
  readonly recall = null;
  readonly endsLoops = true;
  #told = false;

  constructor(events: ChannelEvents, error: unknown) {
    queueMicrotask(() => {
      if (!this.#told) {
        events.died(`it could not be started: ${error instanceof Error ? error.message : error}`);
      }
    });
  }

  post(): void {}

  alive(): boolean {
    return true;
  }

  kill(): Promise<void> {
    this.#told = true;
    return Promise.resolve();
  }
}
