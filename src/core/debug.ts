// Debug mode: looks for mistakes that are no errors, and reports each once to the loop's exception
// handler. It is an instrument like any other; the rest of the library asks `loop._debug` where only the
// place of the mistake itself can know.

import type { EventLoop } from "./event_loop.ts";
import type { Failure } from "./reports.ts";
import type { DoneCallback, Future } from "./future.ts";
import type { Handle } from "./handle.ts";
import type { Instrument } from "./instruments.ts";
import type { Task } from "./task.ts";
import { CancelledError } from "./errors.ts";
import { DebugWarning, type DebugWarningKind } from "./debug_warning.ts";
import { NeverAwaited } from "./never_awaited.ts";
import { shownWaits, waitLabel } from "./wait_label.ts";
import { isGenerator } from "./coroutine.ts";
import { Origin, userFrames } from "./stack.ts";

/** How long a failure may go unseen, in ms on the loop's clock. */
const UNSEEN_MS = 1000;

/** Of many orphans so many are named. */
const NAMED = 3;

/** A wait: its name, and where in the code. */
interface Wait {
  readonly label: string;
  readonly makers: readonly object[];
  readonly since: number;
}

/** What debug mode remembers of a task. */
interface Memory {
  readonly origin: Origin | null;
  wait: Wait | null;
  cancel: { readonly message: string | undefined; readonly origin: Origin } | null;
}

/** Looks for mistakes on one loop. */
export class DebugMonitor implements Instrument {
  readonly #loop: EventLoop;
  readonly #memories = new WeakMap<object, Memory>();
  /** Generators, and the tasks that were given them. */
  readonly #driving = new WeakMap<object, string>();
  readonly #coroutines: NeverAwaited;
  /** When the steps and callbacks that run now have begun, on the host's clock; the innermost last. */
  readonly #began: number[] = [];

  /** @internal */
  constructor(loop: EventLoop) {
    this.#loop = loop;
    this.#coroutines = new NeverAwaited(loop, (name, frames) => {
      const op = name.includes("(") ? name : `${name}(...)`;
      const hint = `did you mean yield* ${op} or await ${op}?`;
      this.#warn("CoroutineNeverAwaited", `coroutine "${name}" was never awaited, ${hint}`, {
        where: atLines("made", frames),
      });
    });
  }

  /** @internal */
  start(): void {
    this.#loop.addInstrument(this);
    this.#coroutines.start();
  }

  /** @internal */
  stop(): void {
    this.#loop.removeInstrument(this);
    this.#coroutines.stop();
  }

  taskCreated(task: Task<unknown>): void {
    const origin = new Origin();
    this.#memories.set(task, { origin, wait: null, cancel: null });
    const body = task.getCoro();
    if (isGenerator(body)) this.#checkNew(body, task, origin);
  }

  stepStarted(): void {
    this.#began.push(performance.now());
  }

  stepEnded(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): void {
    this.#coroutines.stepEnded();
    const memory = this.#memory(task);
    const before = memory.wait;
    memory.wait = task.done() ? null : this.#waitOf(task, waitsFor);
    const ms = this.#took();
    if (ms < this.#loop.slowCallbackMs) return;
    const from = before === null ? "from its start" : this.#placeOf("after", before);
    const to = task.done()
      ? ["to its end"]
      : memory.wait === null
      ? []
      : [this.#placeOf("up to", memory.wait)];
    this.#warn("SlowStep", `${task._title()} ran for ${this.#tooLong(ms)}`, {
      task,
      where: [from, ...to, ...atLines("made", framesOf(memory.origin))],
    });
  }

  callbackStarted(): void {
    this.#began.push(performance.now());
  }

  callbackEnded(handle: Handle): void {
    this.#coroutines.stepEnded();
    const ms = this.#took();
    if (ms < this.#loop.slowCallbackMs) return;
    this.#warn("SlowCallback", `${handle} ran for ${this.#tooLong(ms)}`, { handle, where: [] });
  }

  doneCallbackStarted(): void {
    this.#began.push(performance.now());
  }

  doneCallbackEnded(future: Future<unknown>, fn: DoneCallback<never>): void {
    this.#coroutines.stepEnded();
    const ms = this.#took();
    if (ms < this.#loop.slowCallbackMs) return;
    const name = fn.name === "" ? "" : ` "${fn.name}"`;
    const message = `done callback${name} of ${future} ran for ${this.#tooLong(ms)}`;
    this.#warn("SlowCallback", message, { future, where: [] });
  }

  cancelRequested(task: Task<unknown>, message: string | undefined): void {
    this.#memory(task).cancel = { message, origin: new Origin() };
  }

  taskDone(task: Task<unknown>): void {
    const { cancel, origin } = this.#memory(task);
    if (cancel === null || task.cancelling() === 0 || task.cancelled()) return;
    if (task._state === "failed") return; // the failure says enough
    const what = `${task._title()} swallowed its cancellation and returned`;
    this.#warn("CancellationSwallowed", `${what}, expected it to throw the CancelledError again`, {
      task,
      where: atLines("made", framesOf(origin)),
      cause: requestOf(cancel),
    });
  }

  /** What names a wait was made here. */
  madeHere(maker: object): void {
    this.#coroutines.madeHere(maker);
  }

  /** A future has failed; nobody can have looked yet. */
  failed(future: object, failure: Failure): void {
    failure.origin = this.#memories.get(future)?.origin ?? null;
    if (this.#loop.isClosed()) return;
    failure.alarm = this.#loop.callLater(UNSEEN_MS, () => failure.report());
  }

  /** Called while the loop closes. */
  closing(tasks: Iterable<Task<unknown>>): void {
    this.#coroutines.reportAll();
    for (const task of tasks) {
      const { wait, origin } = this.#memory(task);
      const state = wait === null ? "before it was done" : `while it waited for ${wait.label}`;
      this.#warn("TaskDestroyed", `${task._title()} was destroyed ${state}, expected it awaited`, {
        task,
        where: [
          ...atLines("waited", this.waitFrames(task)),
          ...atLines("made", framesOf(origin)),
        ],
      });
    }
    this.stop();
  }

  /** Something that a task has entered is left, or used, by another. */
  checkTask(what: object, entered: Task<unknown> | null, current: Task<unknown> | null): void {
    if (entered === current) return;
    const other = current === null ? "outside of any task" : `in ${current._title()}`;
    const message = `${what} is left ${other}, expected ${entered?._title()}, which has entered it`;
    this.#warn("WrongTask", message, {
      ...current !== null && { task: current },
      where: atLines("left", userFrames()),
    });
  }

  /** A gather has failed, and these, which it has started, run on. */
  gatherFailed(orphans: readonly Future<unknown>[], error: unknown): void {
    const [first] = orphans;
    if (first === undefined) return;
    const names = orphans.slice(0, NAMED).map((orphan) => `"${orphan._label()}"`).join(", ");
    const more = orphans.length > NAMED ? ` and ${orphans.length - NAMED} more` : "";
    const message = `gather() has failed and leaves running: ${names}${more}`;
    this.#warn("OrphansLeft", `${message}, expected a TaskGroup, which would cancel them`, {
      future: first,
      where: atLines("made", framesOf(this.#memories.get(first)?.origin ?? null)),
      cause: error,
    });
  }

  /** A generator that has ended gives undefined, as if it had nothing to do: no error tells of it. */
  #checkNew(body: object, task: Task<unknown>, origin: Origin): void {
    const before = this.#driving.get(body);
    if (before === undefined) {
      this.#driving.set(body, task._title());
      return;
    }
    const message = `${task._title()} was given the generator of ${before}, which runs only once`;
    this.#warn("GeneratorReused", `${message}, expected a new one`, {
      task,
      where: atLines("made", framesOf(origin)),
    });
  }

  /** For trees: how long and where. */
  describeWait(task: Task<unknown>): string {
    const wait = this.#memories.get(task)?.wait;
    if (wait === undefined || wait === null) return "";
    const ms = Math.round(this.#loop.time() - wait.since);
    const [frame] = this.#framesOf(wait);
    return ` for ${ms} ms${frame === undefined ? "" : `, at ${frame}`}`;
  }

  /** The frames where the task waits now, innermost first. */
  waitFrames(task: Task<unknown>): readonly string[] {
    const wait = this.#memories.get(task)?.wait ?? null;
    return wait === null ? [] : this.#framesOf(wait);
  }

  #framesOf({ makers }: Wait): readonly string[] {
    return makers.flatMap((maker) => this.#coroutines.frames(maker));
  }

  /** `up to sleep(5), at main (file:///main.ts:12:5)`. */
  #placeOf(word: string, wait: Wait): string {
    const [frame] = this.#framesOf(wait);
    return `${word} ${wait.label}${frame === undefined ? "" : `, at ${frame}`}`;
  }

  #waitOf(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): Wait | null {
    const label = waitLabel(task, waitsFor);
    if (label === null) return null;
    const makers = shownWaits(waitsFor).map((future) => future._maker() ?? future);
    return { label, makers, since: this.#loop.time() };
  }

  /** Tasks that were made before debug mode was switched on are remembered from when they are met. */
  #memory(task: Task<unknown>): Memory {
    let memory = this.#memories.get(task);
    if (memory === undefined) {
      memory = { origin: null, wait: null, cancel: null };
      this.#memories.set(task, memory);
    }
    return memory;
  }

  /** What began last has ended; a step that began unwatched has taken no time. */
  #took(): number {
    const began = this.#began.pop();
    if (began === undefined) return 0;
    const ms = performance.now() - began;
    // A step in a step, of a task that starts eagerly: its time is not the outer one's.
    const outer = this.#began.length - 1;
    if (outer >= 0) this.#began[outer]! += ms;
    return ms;
  }

  #tooLong(ms: number): string {
    return `${Math.round(ms)} ms without a pause, expected at most ${this.#loop.slowCallbackMs} ms`;
  }

  #warn(
    kind: DebugWarningKind,
    message: string,
    details: {
      task?: Task<unknown>;
      future?: Future<unknown>;
      handle?: Handle;
      where: readonly string[];
      cause?: unknown;
    },
  ): void {
    const { where, cause, ...about } = details;
    const options = cause === undefined ? undefined : { cause };
    const exception = new DebugWarning(kind, message, where, options);
    this.#loop.callExceptionHandler({ message, exception, ...about });
  }
}

function framesOf(origin: Origin | null): readonly string[] {
  return origin?.frames ?? [];
}

/** A request to cancel as an error, which says who has made it. */
function requestOf({ message, origin }: { message: string | undefined; origin: Origin }): Error {
  const request = new CancelledError(message);
  const head = message === undefined ? "CancelledError" : `CancelledError: ${message}`;
  request.stack = [head, ...origin.frames.map((frame) => `    at ${frame}`)].join("\n");
  return request;
}

/** `made at main (file:///main.ts:12:5)`, and who called that. */
function atLines(what: string, frames: readonly string[]): string[] {
  return frames.map((frame, i) => i === 0 ? `${what} at ${frame}` : `  at ${frame}`);
}
