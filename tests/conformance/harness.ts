/**
 * Runs one program: on a loop whose virtual time stands still while anything can run, and which is
 * moved on from outside, so that the harness can say what happens when nothing can.
 */

import {
  EventLoop,
  type ExceptionContext,
  type Future,
  gather,
  type Task,
  VirtualClock,
} from "./library.ts";
import { settle } from "../../src/testing/mod.ts";
import { World } from "./activation.ts";
import { INTERPRETER } from "./calls.ts";
import { print, printState, printValue } from "./errors.ts";
import { describePrimitive } from "./primitives.ts";
import type { Program } from "./program.ts";
import type { Style } from "./styles.ts";

const STALLS_ALLOWED = 4;
const EXTRA_TIME = 500;

/** The trace of the program in the given style. */
export async function runProgram(program: Program, style: Style): Promise<string[]> {
  const clock = new VirtualClock({ autojump: false });
  const loop = new EventLoop({ clock });
  const harness = new Harness(clock, new World(program, style, loop, INTERPRETER));
  try {
    if (program.mode === "run") await harness.runAsAsyncioRun();
    else await harness.runUntilIdle();
    harness.report();
    if (harness.world.fault !== null) throw harness.world.fault;
  } finally {
    loop.close();
  }
  return harness.world.trace;
}

class Harness {
  readonly #clock: VirtualClock;
  readonly #loop: EventLoop;
  #limit: number;
  #stalls = 0;

  constructor(clock: VirtualClock, readonly world: World) {
    this.#clock = clock;
    this.#loop = world.loop;
    this.#limit = world.program.limit ?? 1000;
    this.#loop.setExceptionHandler((_, context) => this.#reportError(context));
  }

  async runUntilIdle(): Promise<void> {
    const running = this.#loop.runForever();
    this.#startMain();
    await this.#drive(running, () => false);
    this.#loop.stop();
    await running;
  }

  /** What `asyncio.run(main())` does. */
  async runAsAsyncioRun(): Promise<void> {
    const main = this.#startMain();
    const outcome = await this.#complete(main);
    if (!outcome) return;
    this.world.log("harness", `run ${outcome}`);
    const left = this.world.names.unfinished();
    for (const task of left) task.cancel();
    if (left.length > 0 && !await this.#complete(gather(left, { returnExceptions: true }))) return;
    for (const task of left) {
      if (task.cancelled() || task.exception() === null) continue;
      this.world.log(
        "loop",
        `handler shutdown ${this.world.nameOf(task)} ${print(task.exception())}`,
      );
    }
    // As asyncio.run closes asynchronous generators, and then its executor.
    for (let i = 0; i < 2; i++) await this.#complete(this.#loop.createTask(nothing));
    this.world.log("harness", "closed");
  }

  /** The lines at the end: how everything stands that has a name. */
  report(): void {
    const { names, counters, primitives, program } = this.world;
    const log = (text: string) => this.world.log("final", text);
    for (const task of names.tasks()) log(`task ${names.of(task)} ${printState(task)}`);
    for (const future of names.futures()) log(`future ${names.of(future)} ${printState(future)}`);
    for (const [name, value] of counters) log(`counter ${name} ${value}`);
    for (const [name, primitive] of primitives) {
      log(`${program.prims?.[name]?.type} ${name} ${describePrimitive(primitive)}`);
    }
  }
  #startMain(): Task<unknown> {
    const { style, names } = this.world;
    const main = style.lazy(() => INTERPRETER.coroutine(this.world, "main", null));
    names.want(main as WeakKey, "main");
    return this.#loop.createTask(main);
  }

  /**
   * Runs the loop until the future is done, by the loop's own rule of where to stop.
   * Returns what came of it, or null if the harness gave up.
   */
  async #complete(future: Future<unknown>): Promise<string | null> {
    let outcome: string | null = null;
    const running = this.#loop.runUntilComplete(future).then(
      (value) => void (outcome = `-> ${printValue(value)}`),
      (error) => void (outcome = `!! ${print(error)}`),
    );
    if (await this.#drive(running, () => future.done())) return outcome;
    this.#loop.stop();
    await running;
    return null;
  }

  /**
   * Moves time on until `over`, or (at a stall) until no task is left. False: gave up.
   * `running` ends when the loop has stopped by itself.
   */
  async #drive(running: Promise<void>, over: () => boolean): Promise<boolean> {
    for (;;) {
      await Promise.race([settle(this.#loop), running]);
      if (over()) {
        await running;
        return true;
      }
      const next = this.#clock.nextDeadline();
      if (next !== null && next <= this.#limit) {
        await this.#clock.advanceTo(next);
        continue;
      }
      if (next !== null) await this.#clock.advanceTo(this.#limit);
      const left = this.world.names.unfinished();
      if (left.length === 0) return true;
      if (!this.#cancelAll(next === null ? "idle" : "limit", left)) return false;
    }
  }

  /** What happens when nothing can run and tasks are left. False: it happened too often. */
  #cancelAll(why: "idle" | "limit", left: Task<unknown>[]): boolean {
    if (this.#stalls++ === STALLS_ALLOWED) {
      this.world.log("harness", "giveup");
      return false;
    }
    const names = left.map((task) => this.world.nameOf(task)).join(",");
    this.world.log("harness", `cancel-all ${why} [${names}]`);
    this.#limit = Math.max(this.#limit, this.#clock.now()) + EXTRA_TIME;
    for (const task of left) task.cancel();
    return true;
  }

  /** A failure that nobody looked at is no line: that report is about no callback, future or task. */
  #reportError({ handle, future, task, exception }: ExceptionContext): void {
    if (!handle && !future && !task) return;
    this.world.noteFault(exception);
    const what = task ? `taskgroup ${this.world.nameOf(task)}` : "callback";
    this.world.log("loop", `handler ${what} ${print(exception)}`);
  }
}

function nothing(): void {}
