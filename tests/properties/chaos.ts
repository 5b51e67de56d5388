/**
 * Programs that have to come out right under every order and every cancel. Each runs under many seeds;
 * a seed decides the order, what the program takes from chance, and after how many turns of the loop a
 * cancel comes, so that it comes at every point.
 */
import {
  type Awaitable,
  CancelledError,
  type CoroutineGenerator,
  createTask,
  explore,
  type Future,
  sleep,
  type Task,
  wait,
} from "../../mod.ts";
import { checkLeaks } from "../../src/testing/mod.ts";
import { Random } from "../../src/testing/random.ts";
import { once, type Style } from "../support/both_styles.ts";

/** Longer than the longest of the programs takes, in turns of the loop. */
const LATEST_CANCEL = 16;

/** How many orders of one program are tried; a cancel comes at each point in ten of them. */
const SEEDS = 160;

export function survives(
  name: string,
  program: (chaos: Chaos) => CoroutineGenerator<unknown>,
  seeds = SEEDS,
): void {
  for (const style of ["generator", "async"] as const) {
    Deno.test(`${name}, in every order (${style})`, async () => {
      for (let seed = 0; seed < seeds; seed++) {
        const programs = once((style) => style.define(() => program(new Chaos(style, seed))));
        const main = programs[style](() => {});
        await explore(() => checkLeaks(main), { seed, runs: 1 });
      }
    });
  }
}

/** What a program is given. */
export class Chaos {
  readonly define: Style["define"];
  readonly on: Style["on"];
  /** Whether `cancelOne` came in time. */
  hit = false;
  readonly #random: Random;
  readonly #style: Style["name"];

  constructor(style: Style, readonly seed: number) {
    this.define = style.define;
    this.on = style.on;
    this.#style = style.name;
    this.#random = new Random(~seed); // not the scheduler's
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return this.#random.below(limit);
  }

  /** True once in `n` times. */
  onceIn(n: number): boolean {
    return this.below(n) === 0;
  }

  /** Lets others run: for some turns, for some time, or not at all. */
  *pause(most = 4): CoroutineGenerator<void> {
    const turns = this.below(most + 1);
    if (this.onceIn(4)) yield* this.on(sleep(turns));
    else for (let i = 0; i < turns; i++) yield* this.on(sleep(0));
  }

  /**
   * A task of a coroutine function. Generators once in four times start eagerly; an async function that
   * does is not alone between its first awaits, and programs could not say what is true there.
   */
  start<T>(body: () => CoroutineGenerator<T>, name?: string): Task<T> {
    const eagerStart = this.onceIn(4) && this.#style === "generator";
    return createTask(
      this.define(body),
      name === undefined ? { eagerStart } : { eagerStart, name },
    );
  }

  /**
   * Cancels one of `victims`, after a number of turns that differs from seed to seed.
   *
   * @returns The victim.
   */
  cancelOne<T>(victims: readonly Task<T>[]): Task<T> {
    const victim = victims[this.below(victims.length)]!;
    createTask(this.define(() => this.#cancelLater(victim)), { name: "canceller" });
    return victim;
  }

  *#cancelLater(victim: Task<unknown>): CoroutineGenerator<void> {
    for (let i = 0; i < this.seed % LATEST_CANCEL; i++) yield* this.on(sleep(0));
    this.hit = victim.cancel();
  }

  /** Waits for the end of all, however they end, and looks at their errors. */
  *allEnd(futures: Iterable<Future<unknown>>): CoroutineGenerator<void> {
    const all = [...futures];
    if (all.length > 0) yield* this.on(wait(all));
    for (const one of all) if (!one.cancelled()) one.exception();
  }

  /** How waiting for `awaitable` ends: its result, or the error. */
  *outcome<T>(awaitable: Awaitable<T>): CoroutineGenerator<T | Error> {
    try {
      return yield* this.on(awaitable);
    } catch (error) {
      return error as Error;
    }
  }
}

/** The error of a program's own making. */
export class Planned extends Error {
  override name = "Planned";
}

/** How a task has ended, in a word; an error that nobody planned is thrown. */
export function ending(task: Future<unknown>): "finished" | "failed" | "cancelled" {
  if (task.cancelled()) return "cancelled";
  const error = task.exception();
  if (error === null) return "finished";
  if (error instanceof CancelledError) return "cancelled";
  if (!(error instanceof Planned)) throw error;
  return "failed";
}
