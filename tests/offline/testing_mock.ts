// The part of @std/testing/mock that the tests use: functions and methods that keep a record of
// their calls.

import { assertEquals } from "./assert.ts";
import { AssertionError } from "./assertion_error.ts";

export class MockError extends Error {
  override name = "MockError";
}

export interface SpyCall<Self, Args extends unknown[], Return> {
  args: Args;
  self?: Self;
  returned?: Return;
  error?: Error;
}

export interface Spy<Self, Args extends unknown[], Return> {
  (this: Self, ...args: Args): Return;
  readonly original: (this: Self, ...args: Args) => Return;
  readonly calls: SpyCall<Self, Args, Return>[];
}

export interface MethodSpy<Self, Args extends unknown[], Return>
  extends Spy<Self, Args, Return>, Disposable {
  restore(): void;
}

export interface Stub<Self, Args extends unknown[], Return> extends MethodSpy<Self, Args, Return> {
  readonly fake: (this: Self, ...args: Args) => Return;
}

type Callable<Self, Args extends unknown[], Return> = (this: Self, ...args: Args) => Return;
type ParametersOf<Self, Key extends keyof Self> = Self[Key] extends (...args: infer A) => unknown
  ? A
  : unknown[];
type ReturnOf<Self, Key extends keyof Self> = Self[Key] extends (...args: never[]) => infer R ? R
  : unknown;

/** Records the calls of a function, or of a method that goes on doing its work. */
export function spy<Self = unknown, Args extends unknown[] = unknown[], Return = undefined>(
  fn?: Callable<Self, Args, Return>,
): Spy<Self, Args, Return>;
export function spy<Self, Key extends keyof Self>(
  self: Self,
  property: Key,
): MethodSpy<Self, ParametersOf<Self, Key>, ReturnOf<Self, Key>>;
export function spy(
  target: unknown = () => undefined,
  property?: PropertyKey,
): Spy<unknown, unknown[], unknown> {
  if (property === undefined) return recorder(target as Recorded, target as Recorded);
  return replaceMethod(target as object, property, Reflect.get(target as object, property));
}

/** Puts `fake`, by default a function that does nothing, in a method's place until `restore()`. */
export function stub<Self, Key extends keyof Self>(
  self: Self,
  property: Key,
  fake?: Callable<Self, ParametersOf<Self, Key>, ReturnOf<Self, Key>>,
): Stub<Self, ParametersOf<Self, Key>, ReturnOf<Self, Key>>;
export function stub(
  self: object,
  property: PropertyKey,
  fake: Recorded = () => undefined,
): Stub<unknown, unknown[], unknown> {
  return Object.assign(replaceMethod(self, property, fake), { fake });
}

export function assertSpyCalls<Self, Args extends unknown[], Return>(
  spy: Spy<Self, Args, Return>,
  expectedCalls: number,
): void {
  if (spy.calls.length === expectedCalls) return;
  throw new AssertionError(
    `Spy not called as often as expected: ${spy.calls.length} calls, ` +
      `expected ${expectedCalls}`,
  );
}

export function assertSpyCallArgs<Self, Args extends unknown[], Return>(
  spy: Spy<Self, Args, Return>,
  callIndex: number,
  expected: unknown[],
): void {
  const call = spy.calls[callIndex];
  if (!call) {
    throw new AssertionError(`Spy has no call ${callIndex}, but ${spy.calls.length} calls`);
  }
  assertEquals<unknown[]>(call.args, expected);
}

type Recorded = Callable<unknown, unknown[], unknown>;

function recorder(original: Recorded, body: Recorded): Spy<unknown, unknown[], unknown> {
  const calls: SpyCall<unknown, unknown[], unknown>[] = [];
  function recording(this: unknown, ...args: unknown[]): unknown {
    const call: SpyCall<unknown, unknown[], unknown> = { args };
    if (this) call.self = this;
    try {
      call.returned = body.apply(this, args);
      return call.returned;
    } catch (error) {
      call.error = error as Error;
      throw error;
    } finally {
      calls.push(call);
    }
  }
  return Object.assign(recording, { original, calls });
}

function replaceMethod(
  self: object,
  property: PropertyKey,
  body: Recorded,
): MethodSpy<unknown, unknown[], unknown> {
  const original: unknown = Reflect.get(self, property);
  if (original !== undefined && typeof original !== "function") {
    throw new MockError(`Cannot replace ${String(property)}: it is not a method`);
  }
  const before = Object.getOwnPropertyDescriptor(self, property);
  let restored = false;
  function restore(): void {
    if (restored) throw new MockError("Cannot restore: instance method already restored");
    restored = true;
    if (before) Object.defineProperty(self, property, before);
    else Reflect.deleteProperty(self, property);
  }
  const recording = Object.assign(recorder(original as Recorded, body), {
    restore,
    [Symbol.dispose]: restore,
  });
  Object.defineProperty(self, property, {
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? false,
    value: recording,
  });
  return recording;
}
