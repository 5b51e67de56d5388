// That a block leaves nothing behind.

import type { Awaitable } from "../core/awaitable.ts";
import type { Coroutine, CoroutineGenerator } from "../core/coroutine.ts";
import type { EventLoop } from "../core/event_loop.ts";
import { AbortListeners } from "./abort_listeners.ts";
import { Alarm } from "../core/alarm.ts";
import { call } from "../core/awaitable.ts";
import { describe } from "../core/errors.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { getRunningLoop } from "../core/current.ts";
import { settle } from "./settle.ts";
import { signalListeners } from "../core/host.ts";
import { waitLabel } from "../core/wait_label.ts";

/** What to look at besides tasks, timers and signal handlers. */
export interface CheckLeaksOptions {
  /**
   * Abort signals that live longer than the body.
   *
   * @default {[]}
   */
  signals?: readonly AbortSignal[];
}

/** Something that was left behind. */
export interface Leak {
  /** What it is. */
  readonly kind: "task" | "timer" | "abort listener" | "signal handler";
  /** Which one, for people. */
  readonly what: string;
}

/**
 * What `checkLeaks` throws.
 *
 * @example
 * ```ts
 * import { getRunningLoop, run } from "@taskloop/asyncio";
 * import { checkLeaks, LeakError } from "@taskloop/asyncio/testing";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const forget = () => void getRunningLoop().callLater(1000, () => {});
 * const error = await assertRejects(() => run(() => checkLeaks(forget)), LeakError);
 * assertEquals(error.leaks.map(({ kind }) => kind), ["timer"]);
 * ```
 */
export class LeakError extends Error {
  static {
    this.prototype.name = "LeakError";
  }

  /** All that was left behind. */
  readonly leaks: readonly Leak[];

  /** @internal */
  constructor(leaks: readonly Leak[]) {
    super(
      ["The body left behind:", ...leaks.map(({ kind, what }) => `  ${kind} ${what}`)].join("\n"),
    );
    this.leaks = leaks;
  }
}

/**
 * Runs `body` as a part of the calling task, waits until nothing of its loop can run any more, and throws
 * if something that came meanwhile is still there: a task that has not ended, a timer, a listener of an
 * abort signal, a handler of an operating-system signal. Whatever other tasks start meanwhile counts as
 * well. An error of the body is thrown as it is, without a check; so is a cancellation.
 *
 * @param body An async function or a generator function.
 * @param options Abort signals to look at.
 * @returns What the body returns.
 * @throws {LeakError} When something was left behind.
 * @throws {TypeError} When `body` is not a function, or a signal is none.
 *
 * @example
 * ```ts
 * import { createTask, run, sleep } from "@taskloop/asyncio";
 * import { checkLeaks, LeakError } from "@taskloop/asyncio/testing";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * await run(async () => {
 *   await checkLeaks(async () => {
 *     await createTask(sleep(1));
 *   });
 *   const leaky = () => createTask(sleep(1000), { name: "forgotten" }).name;
 *   const error = await assertRejects(async () => await checkLeaks(leaky), LeakError);
 *   assertEquals(error.leaks, [{ kind: "task", what: "forgotten waits for sleep(1000)" }]);
 * });
 * ```
 */
export function checkLeaks<R>(
  body: () => Awaitable<R> | R,
  options: CheckLeaksOptions = {},
): Coroutine<R> {
  const { signals = [] } = options;
  if (typeof body !== "function") {
    throw new TypeError(`Cannot check ${describe(body)} for leaks: expected a function`);
  }
  for (const signal of signals) {
    if (signal instanceof AbortSignal) continue;
    throw new TypeError(`Cannot look at ${describe(signal)}: expected an AbortSignal`);
  }
  return new GeneratorCoroutine(checking(body, signals), "checkLeaks");
}

function* checking<R>(
  body: () => Awaitable<R> | R,
  signals: readonly AbortSignal[],
): CoroutineGenerator<R> {
  const loop = getRunningLoop();
  const before = belongings(loop);
  const watched = [...new Set(signals)].map((signal) => new AbortListeners(signal));
  try {
    const result = yield* call(body);
    yield* settle();
    const after = [...belongings(loop)];
    const leaks = after.filter(([thing]) => !before.has(thing)).map(([_thing, leak]) => leak);
    for (const { left } of watched) {
      if (left > 0) leaks.push({ kind: "abort listener", what: `${left} on one signal` });
    }
    if (leaks.length > 0) throw new LeakError(leaks);
    return result;
  } finally {
    for (const one of watched.toReversed()) one.stop();
  }
}

/** All that a loop and the process have, each with the leak that it would be. */
function belongings(loop: EventLoop): Map<object, Leak> {
  const all = new Map<object, Leak>();
  for (const task of loop._unfinished()) {
    const label = waitLabel(task);
    const what = label === null ? task.name : `${task.name} waits for ${label}`;
    all.set(task, { kind: "task", what });
  }
  for (const [timer, when] of loop._timers.waiting()) {
    if (timer instanceof Alarm && timer._waiters !== null) continue; // a task that sleeps
    all.set(timer, { kind: "timer", what: `${timer} at ${when}` });
  }
  for (const listener of signalListeners) {
    all.set(listener, { kind: "signal handler", what: listener.signal });
  }
  return all;
}
