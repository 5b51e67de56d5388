// Tasks that end together. A child that fails cancels its siblings and the body; the group is left when
// all have ended, with all their errors.
//
// | state    | createTask | entered | next                                             |
// | -------- | ---------- | ------- | ------------------------------------------------ |
// | new      | refused    | no      | open                                             |
// | open     | accepted   | yes     | aborting, closing                                |
// | closing  | accepted while children run | body ended | aborting, closed             |
// | aborting | refused    | yes     | closed                                           |
// | closed   | refused    | left    | none                                             |

import type { AsyncContextManager, BodyError } from "./context_manager.ts";
import type { Awaitable, Startable } from "./core/awaitable.ts";
import type { Coroutine, CoroutineGenerator } from "./core/coroutine.ts";
import type { EventLoop } from "./core/event_loop.ts";
import type { Future } from "./core/future.ts";
import type { Task, TaskOptions } from "./core/task.ts";
import { asyncWith } from "./async_with.ts";
import { call, waitResult } from "./core/awaitable.ts";
import { CancelledError, describe, KeyboardInterrupt, RuntimeError } from "./core/errors.ts";
import { currentTask, getRunningLoop } from "./core/current.ts";
import { ExceptionGroup } from "./core/exception_group.ts";
import { GeneratorCoroutine, Immediate, isCoroutine } from "./core/coroutine.ts";
import { nameWait } from "./core/maker.ts";
import { WaitQueue } from "./core/wait_queue.ts";

/** How a group treats its children. */
export interface TaskGroupOptions {
  /** For diagnostics. */
  name?: string;
  /**
   * At most this many children run at once; further ones wait for their turn, in order.
   *
   * @default {Infinity}
   */
  limit?: number;
  /**
   * "cancel": the first failing child cancels the rest. "collect": the rest run on; all errors come at the
   * end.
   *
   * @default {"cancel"}
   */
  onError?: "cancel" | "collect";
}

type GroupState = "new" | "open" | "closing" | "aborting" | "closed";

/**
 * Runs child tasks and waits for all of them. When one fails, the others and the body are cancelled and
 * waited for, and the errors are thrown as one ExceptionGroup. Cancelling the task that is in the group
 * cancels all children.
 *
 * @example
 * ```ts
 * import { run, sleep, TaskGroup } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const results = await run(() =>
 *   TaskGroup.run(function* (group) {
 *     const a = group.createTask(sleep(2, "a"));
 *     const b = group.createTask(sleep(1, "b"));
 *     return [yield* a, yield* b];
 *   })
 * );
 * assertEquals(results, ["a", "b"]);
 * ```
 */
export class TaskGroup implements AsyncContextManager<TaskGroup> {
  readonly #name: string;
  readonly #limit: number;
  readonly #collect: boolean;
  #state: GroupState = "new";
  #loop: EventLoop | null = null;
  #parent: Task<unknown> | null = null;
  /** The group has cancelled its parent, and will take that back. */
  #parentCancelled = false;
  /** Requests from before, which are none of the group's business. */
  #cancellingBefore = 0;
  /** `cancel()` was called: the body's cancellation ends here. */
  #quiet = false;
  readonly #children = new Set<Task<unknown>>();
  readonly #errors: unknown[] = [];
  #allEnded: Future<void> | null = null;
  #running = 0;
  readonly #turns = new WaitQueue(() => "TaskGroup: its turn");

  /**
   * Makes a group to be entered with `asyncWith`.
   *
   * @param options Name, limit, what an error does.
   * @throws {RangeError} When `limit` is not a whole number above 0 (or Infinity), or `onError` is unknown.
   */
  constructor(options: TaskGroupOptions = {}) {
    const { name = "", limit = Infinity, onError = "cancel" } = options;
    if (!(limit === Infinity || Number.isInteger(limit) && limit > 0)) {
      throw new RangeError(
        `Cannot make a group: limit is ${limit}, expected a whole number above 0`,
      );
    }
    if (onError !== "cancel" && onError !== "collect") {
      throw new RangeError(`Cannot make a group: unknown onError ${describe(onError)}`);
    }
    this.#name = name;
    this.#limit = limit;
    this.#collect = onError === "collect";
  }

  /**
   * `asyncWith(new TaskGroup(options), body)`. It suspends until the body and all children have ended.
   * Cancelled here, the body and the children are cancelled, and their cleanup is waited for.
   *
   * @param body Given the group; an async function or a generator function.
   * @param options Name, limit, what an error does.
   * @returns What the body returns; undefined when `cancel()` left it early.
   * @throws {ExceptionGroup} When children, or the body, failed.
   *
   * @example
   * ```ts
   * import { run, sleep, TaskGroup } from "@taskloop/asyncio";
   *
   * await run(() =>
   *   TaskGroup.run(async (group) => {
   *     for (let i = 0; i < 10; i++) group.createTask(() => sleep(1));
   *   }, { limit: 3 })
   * );
   * ```
   */
  static run<R>(
    body: (group: TaskGroup) => Awaitable<R> | R,
    options: TaskGroupOptions = {},
  ): Coroutine<R> {
    return asyncWith(new TaskGroup(options), body);
  }

  /**
   * Starts a child.
   *
   * @param coro A coroutine, an awaitable, or a function of no arguments that makes one.
   * @param options Name, context, eager start.
   * @returns The child's task.
   * @throws {RuntimeError} Before the group was entered, and once it is aborting or has ended.
   */
  createTask<T>(coro: Startable<T>, options?: TaskOptions): Task<T> {
    this.#checkOpen(coro);
    const task = this.#loop!.createTask(
      this.#limit === Infinity ? coro : this.#inTurn(coro),
      options,
    );
    this.#adopt(task as Task<unknown>);
    return task;
  }

  /**
   * Starts a child and waits until it calls `started(value)`. An error before that is thrown here and is
   * none of the group's. Cancelled here, the child is cancelled and waited for by the group.
   *
   * @param child Given the function to call when it is ready to be used.
   * @returns The value.
   * @throws {RuntimeError} When the child ends without calling `started`.
   *
   * @example
   * ```ts
   * import { run, sleep, TaskGroup } from "@taskloop/asyncio";
   * import { assertEquals } from "@std/assert";
   *
   * await run(() =>
   *   TaskGroup.run(function* (group) {
   *     const port = yield* group.start<number>(function* (started) {
   *       yield* sleep(1);
   *       started(8080);
   *       yield* sleep(1);
   *     });
   *     assertEquals(port, 8080);
   *   })
   * );
   * ```
   */
  start<T>(child: (started: (value: T) => void) => Awaitable<unknown>): Coroutine<T> {
    return new GeneratorCoroutine(this.#start(child), "TaskGroup.start()");
  }

  /**
   * Ends the group early, without an error: children are cancelled and waited for, the body is left at its
   * next wait.
   *
   * @param message Carried by the children's CancelledError.
   * @throws {RuntimeError} Before the group was entered.
   */
  cancel(message?: string): void {
    if (this.#state === "new") {
      throw new RuntimeError(`Cannot cancel ${this}: it is new, expected it entered`);
    }
    if (this.#state === "aborting" || this.#state === "closed") return;
    this.#quiet = true;
    this.#abort(message);
    this.#cancelParent();
  }

  /** `<TaskGroup open tasks=2>` */
  toString(): string {
    const name = this.#name === "" ? "" : ` name=${JSON.stringify(this.#name)}`;
    return `<TaskGroup ${this.#state} tasks=${this.#children.size}${name}>`;
  }

  /**
   * Opens the group for the current task. Never suspends.
   *
   * @returns The group.
   * @throws {RuntimeError} The second time, and outside of a task.
   */
  enter(): Coroutine<TaskGroup> {
    return new Immediate("TaskGroup.enter()", () => this.#enter());
  }

  /**
   * Waits for the children. Cancelled here, it cancels them and waits for their end all the same.
   *
   * @param error What left the body.
   * @returns True when the body was left by the group's own cancellation.
   * @throws {ExceptionGroup} When children, or the body, failed.
   */
  exit(error: BodyError | null): Coroutine<boolean> {
    return new GeneratorCoroutine(this.#exit(error), "TaskGroup.exit()");
  }

  #enter(): TaskGroup {
    if (this.#state !== "new") {
      throw new RuntimeError(`Cannot enter ${this}: it is ${this.#state}, expected a new one`);
    }
    const task = currentTask();
    if (task === null) throw new RuntimeError(`Cannot enter ${this}: expected to be in a task`);
    this.#loop = getRunningLoop();
    this.#parent = task;
    this.#cancellingBefore = task._cancelsDelivered();
    this.#state = "open";
    return this;
  }

  *#exit(body: BodyError | null): CoroutineGenerator<boolean> {
    const parent = this.#parent!;
    this.#loop!._debug?.checkTask(this, parent, currentTask());
    let cancelled = body?.error instanceof CancelledError ? body.error : null;
    if (this.#state === "open") this.#state = "closing";
    // The parent is being cancelled, or the body has thrown.
    const leave = body !== null && (cancelled !== null || !this.#collect);
    if (leave && this.#state !== "aborting") this.#abort();
    // More than once, because the parent can be cancelled again while it waits here.
    while (this.#children.size > 0) {
      this.#allEnded ??= this.#loop!.createFuture();
      nameWait(this.#allEnded, this.#loop!, "TaskGroup.exit()", this.#children);
      try {
        yield* this.#allEnded;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        if (this.#state !== "aborting") {
          cancelled = error;
          this.#abort();
        }
      }
      this.#allEnded = null;
    }
    this.#state = "closed";
    const interrupt = this.#errors.find((error) => error instanceof KeyboardInterrupt);
    if (interrupt !== undefined) throw interrupt;
    // With no request left it was the group's own cancellation, which ends here.
    const ours = this.#parentCancelled && parent.uncancel() <= this.#cancellingBefore;
    if (ours) cancelled = null;
    if (cancelled !== null && this.#errors.length === 0) throw cancelled;
    if (body !== null && !(body.error instanceof CancelledError)) this.#errors.push(body.error);
    // Somebody else has cancelled the parent, who may have been told of it above, as of the group's own
    // cancellation: keep the request, and have it delivered again.
    const again = this.#errors.length > 0 || this.#parentCancelled && !ours;
    if (again && parent.cancelling() > 0) {
      parent.uncancel();
      parent.cancel();
    }
    if (this.#errors.length === 0) return body !== null && ours;
    throw new ExceptionGroup("unhandled errors in a TaskGroup", this.#errors);
  }

  /** Refuses a child; debug mode need not complain, besides, that it was never awaited. */
  #checkOpen(child?: unknown): void {
    if (this.#state === "open" || this.#state === "closing" && this.#children.size > 0) return;
    if (isCoroutine(child)) child.close();
    const hint = this.#state === "new" ? ", did you mean TaskGroup.run((group) => ...)?" : "";
    throw new RuntimeError(
      `Cannot create a task in ${this}: it is ${this.#state}, expected it open${hint}`,
    );
  }

  #adopt(task: Task<unknown>): void {
    if (task.done()) return this.#onDone(task);
    this.#children.add(task);
    task.addDoneCallback(this.#onChildDone);
  }

  readonly #onChildDone = (task: Future<unknown>): void => this.#onDone(task as Task<unknown>);

  #onDone(task: Task<unknown>): void {
    this.#release(task);
    if (task.cancelled()) return;
    const error = task.exception();
    if (error !== null) this.#failed(task, error);
  }

  #release(task: Task<unknown>): void {
    this.#children.delete(task);
    const { size } = this.#children;
    if (size === 0 && this.#allEnded?.done() === false) this.#allEnded.setResult(undefined);
  }

  #failed(task: Task<unknown>, error: unknown): void {
    this.#errors.push(error);
    if (this.#parent!.done()) {
      this.#loop!.callExceptionHandler({
        message: `${task} failed after the task of its group had ended`,
        exception: error,
        task,
      });
      return;
    }
    if (this.#collect || this.#state === "aborting" || this.#parentCancelled) return;
    // The parent may be anywhere in the body:
    //   TaskGroup.run(async (group) => {
    //     group.createTask(fails);
    //     await somethingElse; // must be left now
    //   })
    this.#abort();
    this.#cancelParent();
  }

  #abort(message?: string): void {
    this.#state = "aborting";
    for (const child of this.#children) if (!child.done()) child.cancel(message);
  }

  #cancelParent(): void {
    this.#parentCancelled = true;
    this.#parent!.cancel();
  }

  *#start<T>(child: (started: (value: T) => void) => Awaitable<unknown>): CoroutineGenerator<T> {
    this.#checkOpen();
    const ready = this.#loop!.createFuture<T>();
    const started = (value: T) => {
      if (ready.cancelled()) return; // so will the child be, as soon as the caller goes on
      if (ready.done()) throw new RuntimeError("Cannot call started(): it was called before");
      ready.setResult(value);
    };
    const task = this.#loop!.createTask(function* () {
      return yield* call(child, started);
    });
    this.#children.add(task);
    task.addDoneCallback(() => {
      if (ready.done()) return this.#onDone(task);
      this.#release(task);
      if (task.cancelled()) ready.cancel();
      else {
        const nothing = new RuntimeError(
          `Cannot start ${task}: it ended without calling started()`,
        );
        ready.setException(task.exception() ?? nothing);
      }
    });
    try {
      return yield* ready;
    } catch (error) {
      task.cancel();
      // Cancelled when the child had just failed: nobody is told here, so the group has to be.
      const missed = ready.done() && !ready.cancelled() ? ready.exception() : null;
      if (missed !== null && missed !== error) this.#failed(task, missed);
      throw error;
    }
  }

  *#inTurn<T>(coro: Startable<T>): CoroutineGenerator<T> {
    if (this.#running >= this.#limit) yield* this.#turns.park();
    else this.#running++;
    try {
      return yield* (typeof coro === "function" ? call(coro) : waitResult<T>(coro));
    } finally {
      // The turn goes to the next in line, if any.
      if (!this.#turns.wakeOne()) this.#running--;
    }
  }
}
