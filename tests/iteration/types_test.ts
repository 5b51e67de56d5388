/**
 * The types that asyncGenerator and asyncContextManager find out by themselves, and those they are told.
 * The type checker tests them; the bodies are never run.
 */
import type { AssertTrue, IsExact } from "@std/testing/types";
import {
  type AsyncContextManager,
  asyncContextManager,
  asyncGenerator,
  asyncWith,
  type CoroutineAsyncGenerator,
  emit,
  forEach,
  provide,
  sleep,
} from "../../mod.ts";

declare const door: AsyncContextManager<string>;

const numbers = asyncGenerator(function* (n: number) {
  yield* sleep(1);
  yield* emit(n);
});

const mixed = asyncGenerator(function* () {
  yield* emit(1);
  yield* sleep(1);
  yield* emit("one");
});

const nothing = asyncGenerator(function* () {
  yield* sleep(1);
});

const nested = asyncGenerator<[string], string>(function* (word) {
  yield* asyncWith(door, function* (state) {
    yield* sleep(1);
    yield* forEach([1, 2], function* (n) {
      yield* emit(`${state} ${word} ${n}`);
    });
  });
});

const told: (n: number) => AsyncGenerator<string> = asyncGenerator(function* (n) {
  yield* sleep(n);
  yield* emit(String(n));
});

const loose = asyncGenerator<[], number>(function* (): Generator<unknown, void, unknown> {
  yield* emit(1);
});

const manager = asyncContextManager(function* (port: number) {
  yield* sleep(1);
  yield* provide({ port });
});

const scope = asyncContextManager<[], string>(function* () {
  yield* asyncWith(door, function* (state) {
    yield* provide(state);
  });
});

export type Checks = [
  AssertTrue<IsExact<ReturnType<typeof numbers>, CoroutineAsyncGenerator<number>>>,
  AssertTrue<IsExact<ReturnType<typeof mixed>, CoroutineAsyncGenerator<string | number>>>,
  AssertTrue<IsExact<ReturnType<typeof nothing>, CoroutineAsyncGenerator<unknown>>>,
  AssertTrue<IsExact<ReturnType<typeof nested>, CoroutineAsyncGenerator<string>>>,
  AssertTrue<IsExact<ReturnType<typeof told>, AsyncGenerator<string>>>,
  AssertTrue<IsExact<ReturnType<typeof loose>, CoroutineAsyncGenerator<number>>>,
  AssertTrue<IsExact<ReturnType<typeof manager>, AsyncContextManager<{ port: number }>>>,
  AssertTrue<IsExact<ReturnType<typeof scope>, AsyncContextManager<string>>>,
];
