// What goes through the queue comes out as it was; what comes from elsewhere is refused, and does nothing.

import { assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import { bytesOf, encodeValue } from "../../src/distributed/json_encoder.ts";
import { decodeValue } from "../../src/distributed/json_decoder.ts";
import { type Json, LONGEST_SPARSE } from "../../src/distributed/json_tags.ts";
import fc from "fast-check";

const RUNS = 500;

/** Through the text that the engine keeps. */
function through(value: unknown): unknown {
  return decodeValue(JSON.parse(JSON.stringify(encodeValue(value, "a value").json)), "a value");
}

const VALUES: Record<string, unknown> = {
  "null": null,
  "undefined": undefined,
  "texts": ["", "ü\n\u0000", "\ud800"],
  "numbers": [0, -0, 1.5, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, 5e-324],
  "big integers": [0n, -(2n ** 70n)],
  "booleans": [true, false],
  "dates": [new Date(5), new Date(NaN)],
  "patterns": /a\/b/giu,
  "maps": new Map<unknown, unknown>([[{ a: 1 }, new Map()], [NaN, undefined]]),
  "sets": new Set<unknown>([1, new Set(["x"]), null]),
  "buffers": new Uint8Array([1, 2, 3]).buffer,
  "boxed values": [Object(1), Object("x"), Object(false), Object(1n)],
  "objects with odd keys": JSON.parse('{"$": 1, "__proto__": {"x": 1}, "constructor": 2, "": 3}'),
  "nested plain data": { a: [{ b: [[], {}] }], c: "d" },
};

for (const [what, value] of Object.entries(VALUES)) {
  Deno.test(`decodeValue() gives back ${what} that encodeValue() wrote`, () => {
    assertEquals(through(value), value);
  });
}

Deno.test("decodeValue() gives back views of every class, without the rest of their buffers", () => {
  const buffer = new Uint8Array([9, 1, 2, 3, 4, 5, 6, 7, 8, 9]).buffer.slice(1, 9);
  const classes = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array];
  const others = [Uint32Array, Float16Array, Float32Array, Float64Array, BigInt64Array];
  for (const view of [...classes, ...others, BigUint64Array].map((type) => new type(buffer))) {
    assertEquals(through(view), view);
  }
  const part = through(new Uint8Array(buffer, 2, 3)) as Uint8Array;
  assertEquals([part.length, part[0], part.buffer.byteLength], [3, 3, 3]);
  assertEquals((through(new DataView(buffer)) as DataView).getUint8(1), 2);
});

Deno.test("decodeValue() gives back holes", () => {
  const value = through([1, , 3, , ,]) as unknown[]; // deno-lint-ignore no-sparse-arrays
  assertEquals([value.length, Object.keys(value)], [5, ["0", "2"]]);
});

Deno.test("decodeValue() gives back circles, and what is there twice as one", () => {
  const shared = { n: 1 };
  const value = { shared, list: [shared] as unknown[], map: new Map<unknown, unknown>() };
  value.list.push(value);
  value.map.set(value.map, value.list);
  const copy = through(value) as typeof value;
  assertStrictEquals(copy.shared, copy.list[0]);
  assertStrictEquals(copy.list[1], copy);
  assertStrictEquals(copy.map.get(copy.map), copy.list);
});

Deno.test("decodeValue() gives back errors with stack and cause, by JavaScript's own classes", () => {
  const error = new RangeError("too far", { cause: new TypeError("why") });
  const copy = through([error, error]) as RangeError[];
  assertInstanceOf(copy[0], RangeError);
  assertInstanceOf(copy[0]!.cause, TypeError);
  assertEquals([copy[0]!.message, copy[0]!.stack], ["too far", error.stack]);
  assertStrictEquals(copy[0], copy[1]);
});

Deno.test("decodeValue() gives back whatever plain data encodeValue() wrote", () => {
  const data = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withBoxedValues: true,
  });
  fc.assert(fc.property(data, (value) => assertEquals(through(value), value)), { numRuns: RUNS });
});

Deno.test("encodeValue() leaves plain data as people write it", () => {
  const plain = { name: "ü", list: [1, null, true], inner: { a: "b" } };
  assertEquals(encodeValue(plain, "a value").json, plain);
});

Deno.test("encodeValue() refuses what cannot travel", () => {
  class Point {}
  let deep: unknown = [];
  for (let i = 0; i < 1000; i++) deep = [deep];
  const holes = Object.assign([], { length: LONGEST_SPARSE + 1 });
  for (const value of [() => {}, Symbol("s"), new Point(), deep, holes, new WeakMap()]) {
    assertThrows(() => encodeValue([value], "a value"), DOMException);
  }
});

Deno.test("bytesOf() counts the bytes of the text, whenever the limit may be reached", () => {
  for (const text of ["x".repeat(100), "ü".repeat(100), "\u0000".repeat(100), "\n".repeat(100)]) {
    const encoded = encodeValue({ text: [text, -1.5, null, { a: {} }] }, "a value");
    const bytes = new TextEncoder().encode(JSON.stringify(encoded.json)).length;
    for (const limit of [1, bytes - 1, bytes]) assertEquals(bytesOf(encoded, limit), bytes);
    assertEquals(bytesOf(encoded, 100_000) <= 100_000, true);
  }
});

const tags = fc.constantFrom(
  ..."undefined number bigint again boxed object array Map Set Date RegExp error".split(" "),
  ..."ArrayBuffer DataView Uint8Array Float64Array constructor __proto__ toString".split(" "),
);
const hostile = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.jsonValue(),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.record({
      "$": fc.oneof(
        fc.tuple(tags, tie("json"), tie("json"), tie("json")),
        fc.tuple(tags, fc.array(fc.tuple(tie("json"), tie("json")), { maxLength: 3 })),
        tie("json"),
      ),
    }),
    fc.dictionary(fc.constantFrom("__proto__", "constructor", "then", "a"), tie("json")),
  ),
})).json;

Deno.test("decodeValue() gives a value or a TypeError for whatever is in the queue", () => {
  const before = [...Object.getOwnPropertyNames(Object.prototype)].join();
  const decode = (json: unknown) => {
    try {
      decodeValue(JSON.parse(JSON.stringify(json)) as Json, "a value");
    } catch (error) {
      assertInstanceOf(error, TypeError);
    }
  };
  fc.assert(fc.property(hostile, decode), { numRuns: RUNS });
  assertEquals([...Object.getOwnPropertyNames(Object.prototype)].join(), before);
  assertEquals(({} as { x?: unknown }).x, undefined);
});

Deno.test("decodeValue() refuses what would cost more than it is worth", () => {
  let deep: Json = [];
  for (let i = 0; i < 100_000; i++) deep = [deep];
  assertThrows(() => decodeValue(deep, "a value"), TypeError);
  assertThrows(() => decodeValue({ "$": ["array", 2 ** 32 - 1, []] }, "a value"), TypeError);
});
