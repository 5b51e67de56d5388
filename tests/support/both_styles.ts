/**
 * Registers one behaviour for both kinds of coroutine: generators and native async functions.
 *
 * A program prints; each line is recorded with the virtual time, and the record is compared once.
 * A program is either written out in both styles, or once with `once`.
 */
import { assertEquals } from "@std/assert";
import {
  type Awaitable,
  coroutine,
  type CoroutineGenerator,
  run,
  VirtualClock,
} from "../../mod.ts";

/** What was printed, and when, in milliseconds on the loop's clock. */
export type Event = readonly [ms: number, line: string];
export type Print = (...words: unknown[]) => void;
export type Program = (print: Print) => () => Awaitable<unknown>;
export interface Programs {
  readonly generator: Program;
  readonly async: Program;
}

/** The two things in which the styles differ: how a coroutine is defined, and how it awaits. */
export interface Style {
  readonly name: keyof Programs;
  define<A extends unknown[], T>(
    body: (...args: A) => CoroutineGenerator<T>,
  ): (...args: A) => Awaitable<T>;
  on<T>(awaitable: Awaitable<T>): CoroutineGenerator<T>;
}

export function bothStyles(name: string, programs: Programs, expected: readonly Event[]): void {
  for (const style of ["generator", "async"] as const) {
    Deno.test(`${name} (${style})`, async () => {
      assertEquals(await record(programs[style]), expected);
    });
  }
}

/** Runs a program on virtual time and returns what it printed. */
export async function record(program: Program): Promise<Event[]> {
  const clock = new VirtualClock();
  const events: Event[] = [];
  const main = program((...words) => events.push([clock.now(), words.join(" ")]));
  await run(main, { clock });
  return events;
}

/** A program for both styles from one text: `define` for `async function`, `yield* on(x)` for `await x`. */
export function once(write: (style: Style, print: Print) => () => Awaitable<unknown>): Programs {
  return {
    generator: (print) => write(generatorStyle, print),
    async: (print) => write(asyncStyle, print),
  };
}

export const generatorStyle: Style = {
  name: "generator",
  define: coroutine,
  on: <T>(awaitable: Awaitable<T>) => awaitable as CoroutineGenerator<T>,
};

export const asyncStyle: Style = {
  name: "async",
  define: (body) => async (...args) => {
    const steps = body(...args);
    let step = steps.next();
    while (!step.done) {
      let value: unknown;
      try {
        value = await step.value;
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
      step = steps.next(value);
    }
    return step.value;
  },
  // The awaitable goes out as it is: the async function above awaits it natively.
  *on<T>(awaitable: Awaitable<T>): CoroutineGenerator<T> {
    return (yield awaitable as never) as T;
  },
};
