import { FrameReader, HEAD_SIZE } from "../../src/executors/process_frames.ts";
import { fromBody, toFrame } from "../../src/executors/process_values.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";

Deno.test("toFrame() and fromBody() keep what structured clone keeps", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const values = [
    ...[undefined, null, true, -0, NaN, Infinity, 12n, "text", "\u{1f600} text", ""],
    { a: [1, , 3], b: new Date(0), c: /x/g },
    new Map<unknown, unknown>([["key", new Set([1n])], [{}, []]]),
    [new Uint8Array([1, 2]), new Float64Array([0.5]), new ArrayBuffer(3), new BigInt64Array(1)],
    new Array(5000).fill("item"),
  ];
  for (const value of values) {
    assertEquals(carried(value), structuredClone(value));
    assertEquals(carried([value]), structuredClone([value]));
  }
  const arrived = carried(circle) as typeof circle;
  assert(arrived.self === arrived);
});

Deno.test("toFrame() keeps in arrays what JSON would change", () => {
  const item = { n: 1 };
  const named = Object.assign([1, 2], { name: "pair" });
  const [first, second] = carried([item, item]) as unknown[];
  assert(first === second);
  assertEquals((carried([named]) as [{ name: string }])[0].name, "pair");
  assertEquals(0 in (carried([[, 1]]) as [unknown[]])[0], false);
  assertEquals(carried([undefined, { gone: undefined }]), [undefined, { gone: undefined }]);
  assert(Object.is((carried([-0]) as number[])[0], -0));
  assertEquals(carried(["\ud800", "\u2028", "\0"]), ["\ud800", "\u2028", "\0"]);
  const bare = carried([Object.assign(Object.create(null), { a: 1 })]) as object[];
  assert(Object.getPrototypeOf(bare[0]) === Object.prototype);
});

Deno.test("fromBody() gives views buffers of their own, shared as they were", () => {
  const buffer = new ArrayBuffer(8);
  const [whole, part] = carried([new Uint8Array(buffer), new Uint8Array(buffer, 4, 2)]) as [
    Uint8Array,
    Uint8Array,
  ];
  assert(whole.buffer === part.buffer);
  assertEquals([whole.buffer.byteLength, part.byteOffset, part.length], [8, 4, 2]);
});

Deno.test("fromBody() keeps hostile keys what they are: keys", () => {
  const hostile = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}');
  const arrived = carried(hostile) as { admin?: boolean };
  assertEquals(arrived.admin, undefined);
  assertEquals(Object.keys(arrived), ["__proto__", "constructor"]);
  assert(Object.getPrototypeOf(arrived) === Object.prototype);
});

Deno.test("toFrame() takes moved buffers from the sender, after it has copied them", () => {
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  const frame = toFrame([buffer], [buffer]);
  assertEquals(buffer.byteLength, 0);
  assertEquals(read(frame), [new Uint8Array([1, 2, 3]).buffer]);
});

Deno.test("toFrame() leaves moved buffers alone when the value cannot be sent", () => {
  const buffer = new ArrayBuffer(3);
  assertThrows(() => toFrame([buffer, () => {}], [buffer]), DOMException);
  assertThrows(() => toFrame([buffer], [buffer], 1), DOMException);
  assertEquals(buffer.byteLength, 3);
});

for (
  const [what, value, moved] of [
    ["a function", { deep: [() => {}] }, []],
    ["a symbol", [Symbol("s")], []],
    ["shared memory", new SharedArrayBuffer(1), []],
    ["a port to be moved", [], [new MessageChannel().port1]],
  ] as const
) {
  Deno.test(`toFrame() throws DataCloneError for ${what}`, () => {
    const error = assertThrows(() => toFrame(value, moved), DOMException);
    assertEquals(error.name, "DataCloneError");
  });
}

Deno.test("toFrame() throws DataCloneError for a value that is too deep for V8's serializer", () => {
  let deep: unknown[] = [];
  for (let i = 0; i < 1_000_000; i++) deep = [deep];
  const error = assertThrows(() => toFrame(deep), DOMException);
  assertEquals(error.name, "DataCloneError");
});

Deno.test("toFrame() throws DataCloneError for a frame that is too long", () => {
  const error = assertThrows(() => toFrame("x".repeat(200), [], 100), DOMException);
  assertEquals(error.name, "DataCloneError");
});

Deno.test("fromBody() throws TypeError for bytes that are no value", () => {
  for (const bytes of [[], [1, 2, 3], [255], [255, 15], [255, 15, 92, 1, 200, 1]]) {
    assertThrows(() => fromBody(new Uint8Array(bytes)), TypeError);
  }
});

Deno.test("fromBody() gives a value or a TypeError for a frame with flipped bytes", () => {
  let seed = 7;
  const random = () => (seed = Math.imul(seed, 1103515245) + 12345 >>> 0) >>> 16;
  const frame = toFrame([["done", 5, {
    m: new Map([[1, new Uint8Array(5)]]),
    l: [2.5, 10n, /x/],
  }]]);
  const outcomes = { values: 0, refused: 0 };
  for (let run = 0; run < 20_000; run++) {
    const body = frame.slice(HEAD_SIZE);
    for (let i = 0; i <= run % 4; i++) body[2 + random() % (body.length - 2)] = random() & 255;
    try {
      fromBody(body);
      outcomes.values++;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      outcomes.refused++;
    }
  }
  assert(outcomes.values > 0 && outcomes.refused > 0);
});

function read(frame: Uint8Array): unknown {
  const [body] = new FrameReader().push(frame);
  return fromBody(body!);
}

function carried(value: unknown): unknown {
  return read(toFrame(value));
}
