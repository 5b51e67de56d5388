// What the tests rely on in @std/assert, said once and run over what the import map gives and over
// the adapters: assertions that cannot fail would make every other test worthless. node:assert
// judges here, so that no assertion judges itself.

import { ok, rejects, strictEqual, throws } from "node:assert/strict";
import * as std from "@std/assert";
import * as adapters from "./assert.ts";

type Library = typeof adapters;

class Base extends Error {}
class Derived extends Base {}
class Point {
  constructor(readonly x: number) {}
}

interface Contract {
  /** What each assertion accepts. */
  passes: (lib: Library) => (() => unknown)[];
  /** What each assertion refuses, with an AssertionError. */
  fails: (lib: Library) => (() => unknown)[];
}

const cycle = (): unknown => {
  const self: Record<string, unknown> = { name: "cycle" };
  self["self"] = self;
  return self;
};

const CONTRACTS: Record<string, Contract> = {
  assert: {
    passes: (lib) => [() => lib.assert(1), () => lib.assert("x")],
    fails: (lib) => [
      () => lib.assert(0),
      () => lib.assert(""),
      () => lib.assert(null),
      () => lib.assert(undefined, "message"),
    ],
  },
  assertFalse: {
    passes: (lib) => [() => lib.assertFalse(false), () => lib.assertFalse(0)],
    fails: (lib) => [() => lib.assertFalse(true), () => lib.assertFalse({})],
  },
  assertEquals: {
    passes: (lib) => [
      () => lib.assertEquals(NaN, NaN),
      () => lib.assertEquals(0, -0),
      () => lib.assertEquals(["a", { b: [1, 2] }], ["a", { b: [1, 2] }]),
      () => lib.assertEquals(new Map([["a", [1]]]), new Map([["a", [1]]])),
      () => lib.assertEquals(new Set([1, 2]), new Set([2, 1])),
      () => lib.assertEquals(new Date(5), new Date(5)),
      () => lib.assertEquals(new Uint8Array([1, 2]), new Uint8Array([1, 2])),
      () => lib.assertEquals(new Point(1), new Point(1)),
      () => lib.assertEquals(cycle(), cycle()),
    ],
    fails: (lib) => [
      () => lib.assertEquals<unknown>(1, "1"),
      () => lib.assertEquals<unknown>(1, 1n),
      () => lib.assertEquals<unknown>(null, undefined),
      () => lib.assertEquals(["a", "b"], ["b", "a"]),
      () => lib.assertEquals(["a"], ["a", "b"]),
      () => lib.assertEquals<unknown>({ a: undefined }, {}),
      () => lib.assertEquals<unknown>([undefined], []),
      () => lib.assertEquals(new Map([["a", [1]]]), new Map([["a", [2]]])),
      () => lib.assertEquals(new Set([1, 2]), new Set([1, 3])),
      () => lib.assertEquals(new Date(5), new Date(6)),
      () => lib.assertEquals(new Uint8Array([1, 2]), new Uint8Array([1, 3])),
      () => lib.assertEquals<unknown>(new Point(1), { x: 1 }),
      () => lib.assertEquals(new Error("same"), new Error("other")),
      () => lib.assertEquals([new Error("same")], [new Error("same")], "equal only to itself"),
      () => lib.assertEquals(() => 1, () => 1),
    ],
  },
  assertNotEquals: {
    passes: (lib) => [() => lib.assertNotEquals([1], [2]), () => lib.assertNotEquals(1, 2)],
    fails: (lib) => [
      () => lib.assertNotEquals([1], [1]),
      () => lib.assertNotEquals({ a: { b: 1 } }, { a: { b: 1 } }),
    ],
  },
  assertStrictEquals: {
    passes: (lib) => [
      () => lib.assertStrictEquals(NaN, NaN),
      () => lib.assertStrictEquals("a", "a"),
    ],
    fails: (lib) => [
      () => lib.assertStrictEquals(0, -0),
      () => lib.assertStrictEquals({}, {}),
      () => lib.assertStrictEquals("a", "b"),
    ],
  },
  assertNotStrictEquals: {
    passes: (lib) => [() => lib.assertNotStrictEquals({}, {})],
    fails: (lib) => [() => lib.assertNotStrictEquals(lib, lib)],
  },
  assertAlmostEquals: {
    passes: (lib) => [
      () => lib.assertAlmostEquals(0.1 + 0.2, 0.3),
      () => lib.assertAlmostEquals(10, 12, 2),
      () => lib.assertAlmostEquals(Infinity, Infinity),
    ],
    fails: (lib) => [
      () => lib.assertAlmostEquals(0.1, 0.2),
      () => lib.assertAlmostEquals(10, 12.5, 2),
      () => lib.assertAlmostEquals(NaN, 1, 5),
      () => lib.assertAlmostEquals(Infinity, 1),
    ],
  },
  assertGreater: {
    passes: (lib) => [() => lib.assertGreater(2, 1)],
    fails: (lib) => [() => lib.assertGreater(1, 1), () => lib.assertGreater(NaN, 1)],
  },
  assertGreaterOrEqual: {
    passes: (lib) => [() => lib.assertGreaterOrEqual(1, 1)],
    fails: (lib) => [() => lib.assertGreaterOrEqual(0, 1), () => lib.assertGreaterOrEqual(NaN, 1)],
  },
  assertLess: {
    passes: (lib) => [() => lib.assertLess(1, 2)],
    fails: (lib) => [() => lib.assertLess(1, 1), () => lib.assertLess(NaN, 1)],
  },
  assertLessOrEqual: {
    passes: (lib) => [() => lib.assertLessOrEqual(1, 1)],
    fails: (lib) => [() => lib.assertLessOrEqual(2, 1), () => lib.assertLessOrEqual(NaN, 1)],
  },
  assertExists: {
    passes: (lib) => [() => lib.assertExists(0), () => lib.assertExists("")],
    fails: (lib) => [() => lib.assertExists(null), () => lib.assertExists(undefined)],
  },
  assertInstanceOf: {
    passes: (lib) => [() => lib.assertInstanceOf(new Derived(), Base)],
    fails: (lib) => [
      () => lib.assertInstanceOf(new Base(), Derived),
      () => lib.assertInstanceOf("text", String),
      () => lib.assertInstanceOf(null, Object),
    ],
  },
  assertMatch: {
    passes: (lib) => [() => lib.assertMatch("task-12", /^task-\d+$/)],
    fails: (lib) => [() => lib.assertMatch("task-", /^task-\d+$/)],
  },
  assertNotMatch: {
    passes: (lib) => [() => lib.assertNotMatch("task-", /\d/)],
    fails: (lib) => [() => lib.assertNotMatch("task-1", /\d/)],
  },
  assertStringIncludes: {
    passes: (lib) => [() => lib.assertStringIncludes("abc", "bc")],
    fails: (lib) => [() => lib.assertStringIncludes("abc", "cb")],
  },
  assertArrayIncludes: {
    passes: (lib) => [() => lib.assertArrayIncludes([{ a: 1 }, { a: 2 }], [{ a: 2 }])],
    fails: (lib) => [() => lib.assertArrayIncludes([{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 3 }])],
  },
  assertIsError: {
    passes: (lib) => [() => lib.assertIsError(new Derived("closed loop"), Base, "closed")],
    fails: (lib) => [
      () => lib.assertIsError("closed loop"),
      () => lib.assertIsError(new Base("closed loop"), Derived),
      () => lib.assertIsError(new Base("closed loop"), Base, "open"),
      () => lib.assertIsError(new Base("closed loop"), Base, /open/),
    ],
  },
  assertThrows: {
    passes: (lib) => [
      () => lib.assertThrows(thrower("anything")),
      () => lib.assertThrows(thrower(new Derived("closed loop")), Base, "closed"),
    ],
    fails: (lib) => [
      () => lib.assertThrows(() => {}),
      () => lib.assertThrows(() => {}, "message"),
      () => lib.assertThrows(() => {}, Base),
      () => lib.assertThrows(() => Promise.reject(new Base()).catch(() => {}), Base),
      () => lib.assertThrows(thrower("anything"), Base),
      () => lib.assertThrows(thrower(new Base("closed loop")), Derived),
      () => lib.assertThrows(thrower(new Base("closed loop")), Base, "open"),
    ],
  },
  assertRejects: {
    passes: (lib) => [
      () => lib.assertRejects(() => Promise.reject("anything")),
      () => lib.assertRejects(() => Promise.reject(new Derived("closed loop")), Base, "closed"),
      () => lib.assertRejects(() => rejectedThenable(new Base("closed loop")), Base),
    ],
    fails: (lib) => [
      () => lib.assertRejects(() => Promise.resolve()),
      () => lib.assertRejects(() => Promise.resolve(), "message"),
      () => lib.assertRejects(() => Promise.resolve(), Base),
      () => lib.assertRejects(thrower(new Base("not a promise")), Base),
      () => lib.assertRejects(() => Promise.reject("anything"), Base),
      () => lib.assertRejects(() => Promise.reject(new Base("closed loop")), Derived),
      () => lib.assertRejects(() => Promise.reject(new Base("closed loop")), Base, "open"),
    ],
  },
  fail: {
    passes: () => [],
    fails: (lib) => [() => lib.fail(), () => lib.fail("message")],
  },
  unreachable: {
    passes: () => [],
    fails: (lib) => [() => lib.unreachable(), () => lib.unreachable("message")],
  },
};

for (const [source, lib] of libraries()) {
  for (const [name, { passes, fails }] of Object.entries(CONTRACTS)) {
    Deno.test(`${name}() of ${source} passes and fails where it has to`, async () => {
      for (const accepted of passes(lib)) await accepted();
      for (const refused of fails(lib)) {
        await rejects(async () => await refused(), lib.AssertionError);
      }
    });
  }

  Deno.test(`assertThrows() and assertRejects() of ${source} return the error`, async () => {
    const error = new Derived("closed loop");
    strictEqual(lib.assertThrows(thrower(error), Base), error);
    strictEqual(await lib.assertRejects(() => Promise.reject(error), Base), error);
    strictEqual(lib.assertThrows(thrower("anything")), "anything");
  });

  Deno.test(`assertEquals() of ${source} shows both sides of a difference`, () => {
    throws(() => lib.assertEquals(["start", "end"], ["start", "cancelled"], "order"), (error) => {
      ok(error instanceof lib.AssertionError);
      for (const part of ["order", "start", "end", "cancelled"]) ok(error.message.includes(part));
      return true;
    });
  });
}

Deno.test("The adapters' contract covers every function that they export", () => {
  const classes = ["AssertionError", "equal"];
  const offered = Object.keys(adapters).filter((name) => !classes.includes(name));
  strictEqual(offered.toSorted().join(), Object.keys(CONTRACTS).toSorted().join());
});

/** The adapters alone where the import map gives them as @std/assert, else both. */
function libraries(): [string, Library][] {
  const mapped: [string, Library][] = std === adapters ? [] : [["@std/assert", std]];
  return [["the adapter", adapters], ...mapped];
}

function thrower(error: unknown): () => never {
  return () => {
    throw error;
  };
}

function rejectedThenable(error: unknown): PromiseLike<never> {
  const promise = Promise.reject(error);
  return { then: (...handlers) => promise.then(...handlers) };
}
