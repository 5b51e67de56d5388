/**
 * The types that the combinators find out by themselves. The type checker tests them; the bodies are
 * never run.
 */
import type { AssertTrue, IsExact } from "@std/testing/types";
import {
  asCompleted,
  type Coroutine,
  createTask,
  type Future,
  gather,
  race,
  sleep,
  type Startable,
  type Task,
  wait,
} from "../../mod.ts";

type ResultOf<A> = A extends Startable<infer T> ? T : never;

declare const returnExceptions: boolean;
declare const numberOrText: Task<number> | Future<string>;

async function number(): Promise<number> {
  return await Promise.resolve(1);
}
function* text() {
  yield* sleep(1);
  return "text";
}

const mixed = [createTask(number), createTask(text)];
const waits = {
  tasks: () => wait(mixed),
  set: (futures: Set<Future<number>>) => wait(futures),
  iterator: (tasks: Map<string, Task<number>>) => wait(tasks.values(), { timeoutMs: 5 }),
};
const results = {
  ofMany: () => gather([number(), number, text, text(), numberOrText, sleep(1), sleep(1, true)]),
  ofArray: (tasks: readonly Task<number>[]) => gather(tasks),
  orErrors: () => gather([number, text], { returnExceptions: true }),
  perhapsErrors: () => gather([number, text], { returnExceptions }),
  ofRace: () => race([number, text, sleep(1)]),
};
const completed = () => asCompleted([number, text, createTask(text)]);

type Done<K extends keyof typeof waits> = ResultOf<ReturnType<(typeof waits)[K]>>["done"];
type Result<K extends keyof typeof results> = ResultOf<ReturnType<(typeof results)[K]>>;

export type Tests = [
  AssertTrue<IsExact<Done<"tasks">, Set<Future<number | string>>>>,
  AssertTrue<IsExact<Done<"set">, Set<Future<number>>>>,
  AssertTrue<IsExact<Done<"iterator">, Set<Future<number>>>>,
  AssertTrue<
    IsExact<Result<"ofMany">, [number, number, string, string, number | string, void, boolean]>
  >,
  AssertTrue<IsExact<Result<"ofArray">, number[]>>,
  AssertTrue<IsExact<Result<"orErrors">, [number | Error, string | Error]>>,
  AssertTrue<IsExact<Result<"perhapsErrors">, [number | Error, string | Error]>>,
  AssertTrue<IsExact<Result<"ofRace">, number | string | void>>,
  AssertTrue<
    IsExact<
      ReturnType<typeof completed>,
      Iterable<Coroutine<number | string>> & AsyncIterable<Future<number | string>>
    >
  >,
];
