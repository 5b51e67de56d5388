// What the tests rely on in @std/testing/mock, whether the package or the adapter provides it.

import { assertEquals, AssertionError, assertStrictEquals, assertThrows } from "@std/assert";
import { assertSpyCallArgs, assertSpyCalls, MockError, spy, stub } from "@std/testing/mock";

Deno.test("spy() records arguments, results and errors", () => {
  const failure = new Error("negative");
  const root = spy((n: number): number => {
    if (n < 0) throw failure;
    return Math.sqrt(n);
  });
  assertEquals(root(9), 3);
  assertStrictEquals(assertThrows(() => root(-1)), failure);
  assertEquals(root.calls, [{ args: [9], returned: 3 }, { args: [-1], error: failure }]);
});

Deno.test("spy() watches a method until it is restored", () => {
  const counter = { n: 0, add: (by: number): number => counter.n += by };
  const add = spy(counter, "add");
  counter.add(2);
  add.restore();
  counter.add(3);
  assertEquals([counter.n, add.calls.length], [5, 1]);
  assertThrows(() => add.restore(), MockError);
});

Deno.test("stub() replaces a method until it is disposed of", () => {
  class Clock {
    now(): number {
      return 1;
    }
  }
  const clock = new Clock();
  {
    using now = stub(clock, "now", () => 42);
    assertEquals([clock.now(), now.calls.length], [42, 1]);
  }
  assertEquals([clock.now(), Object.keys(clock)], [1, []]);
});

Deno.test("assertSpyCalls() and assertSpyCallArgs() fail on other calls", () => {
  const log = spy((_line: string): void => {});
  log("first");
  assertSpyCalls(log, 1);
  assertSpyCallArgs(log, 0, ["first"]);
  assertThrows(() => assertSpyCalls(log, 2), AssertionError);
  assertThrows(() => assertSpyCallArgs(log, 0, ["second"]), AssertionError);
  assertThrows(() => assertSpyCallArgs(log, 1, ["first"]), AssertionError);
});
