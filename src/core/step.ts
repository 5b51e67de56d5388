// One step of a generator: run it to its next wait, and put whoever owns it on the list of what it waits
// for. The same for a task's own generator and for one that an async function awaits.

import type { CoroutineGenerator } from "./coroutine.ts";
import type { Future } from "./future.ts";
import type { Runnable } from "./ready_queue.ts";
import type { Task } from "./task.ts";
import { CancelledError, describe, RuntimeError } from "./errors.ts";
import { PARK } from "./park.ts";
import { running } from "./current.ts";

/** Who a generator belongs to, and is told how it ended. */
export interface GeneratorOwner extends Runnable {
  /** What its generator waits for. */
  _parked: Future<unknown> | null;
  /** Goes on in the middle of a step: the async function that it called has ended. */
  _continue(): void;
  /** @internal */
  _returned(value: unknown): void;
  /** @internal */
  _threw(error: unknown): void;
}

/** Of true generators. Called so, it asks nothing of the hidden classes, of which each function has its own. */
const resume: (this: CoroutineGenerator<unknown>) => IteratorResult<unknown, unknown> = Object
  .getPrototypeOf(Object.getPrototypeOf((function* () {})())).next;

/**
 * Runs `generator` to its next wait or its end: an operation, or whatever else is iterated by hand.
 *
 * @param interrupt Thrown into it, when not null. A resumed generator needs no value: the future that it
 * delegates to looks at its own result.
 */
export function advance(
  owner: GeneratorOwner,
  task: Task<unknown>,
  generator: CoroutineGenerator<unknown>,
  interrupt: unknown,
): void {
  running.task = task;
  let step: IteratorResult<unknown, unknown>;
  try {
    step = interrupt === null ? generator.next() : generator.throw(interrupt);
  } catch (error) {
    owner._threw(error);
    return;
  }
  goOn(owner, task, generator, step);
}

/** The same for a true generator, which the switch and lock benches ask about. */
export function advanceGenerator(
  owner: GeneratorOwner,
  task: Task<unknown>,
  generator: CoroutineGenerator<unknown>,
  interrupt: unknown,
): void {
  running.task = task;
  let step: IteratorResult<unknown, unknown>;
  try {
    step = interrupt === null ? resume.call(generator) : generator.throw(interrupt);
  } catch (error) {
    owner._threw(error);
    return;
  }
  goOn(owner, task, generator, step);
}

function goOn(
  owner: GeneratorOwner,
  task: Task<unknown>,
  generator: CoroutineGenerator<unknown>,
  step: IteratorResult<unknown, unknown>,
): void {
  if (step === PARK) {
    const future = PARK.value;
    if (future === null) task._loop!._enqueue(owner);
    else if (future._loop === task._loop && future !== task) park(owner, task, future);
    else parkWithCare(owner, task, generator, future);
  } else if (step.done === true) owner._returned(step.value);
  else if (step.value === undefined) task._loop!._enqueue(owner);
  else refuse(owner, task, generator, misuse(task, step.value));
}

function park(owner: GeneratorOwner, task: Task<unknown>, future: Future<unknown>): void {
  owner._parked = future;
  future._addWaiter(owner);
  if (task._interrupt !== null) deliverTo(task, future);
}

/**
 * A cancel that came while the task was running: the first thing that it waits for is cancelled. One that
 * cannot be cancelled leaves the request for the next step.
 */
export function deliverTo(task: Task<unknown>, future: Future<unknown>): void {
  const { _interrupt: interrupt } = task;
  if (interrupt instanceof CancelledError && future.cancel(interrupt.message || undefined)) {
    task._interrupt = null;
  }
}

/** What may be wrong with a wait, or null. A future that was made outside of any loop joins the task's. */
export function whyNotWait(task: Task<unknown>, future: Future<unknown>): RuntimeError | null {
  future._loop ??= task._loop;
  if (future === task) {
    return new RuntimeError(`Cannot wait in ${task._title()}: it would wait for itself`);
  }
  if (future._loop === task._loop) return null;
  return new RuntimeError(
    `Cannot wait in ${task._title()}: ${future} belongs to another event loop`,
  );
}

function parkWithCare(
  owner: GeneratorOwner,
  task: Task<unknown>,
  generator: CoroutineGenerator<unknown>,
  future: Future<unknown>,
): void {
  const error = whyNotWait(task, future);
  if (error === null) park(owner, task, future);
  else refuse(owner, task, generator, error);
}

/** Throws `error` into the generator in the next iteration; a cancel that comes first replaces it. */
function refuse(
  owner: GeneratorOwner,
  task: Task<unknown>,
  generator: CoroutineGenerator<unknown>,
  error: RuntimeError,
): void {
  task._loop!._enqueue({
    run: () => advance(owner, task, generator, task._takeInterrupt(null) ?? error),
  });
}

function misuse(task: Task<unknown>, value: unknown): RuntimeError {
  const what = `Cannot resume ${task._title()}: it yielded ${describe(value)}`;
  if (typeof value !== "object" || value === null) {
    return new RuntimeError(`${what}, did you mean yield* sleep(...)?`);
  }
  if ("misplaced" in value) return new RuntimeError(`${what}, ${value.misplaced}`);
  if (Symbol.iterator in value && ("then" in value || "throw" in value)) {
    return new RuntimeError(`${what} without the star, did you mean yield*?`);
  }
  if ("then" in value) {
    return new RuntimeError(`${what}, did you mean yield* ensureFuture(promise)?`);
  }
  return new RuntimeError(`${what}, expected yield* on a coroutine, a task or a future`);
}
