import {
  CANCEL_MARK,
  FrameReader,
  HEAD_SIZE,
  PULSE_MARK,
  putHead,
  signFrame,
} from "../../src/executors/process_frames.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";

const text = new TextEncoder();

Deno.test("FrameReader.push() gives the bodies of whole frames in order", () => {
  const bytes = joined(frame([1, 2, 3]), frame([]), frame([4]));
  assertEquals(bodies(new FrameReader(), [bytes]), [[1, 2, 3], [], [4]]);
});

Deno.test("FrameReader.push() gives the same bodies wherever the stream is cut", () => {
  const sent = [[1, 2, 3], [], [4], [5, 6, 7, 8, 9, 10, 11, 12, 13]];
  const bytes = joined(...sent.map(frame));
  for (let size = 1; size <= bytes.length; size++) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size));
    const reader = new FrameReader();
    assertEquals(bodies(reader, chunks), sent, `chunks of ${size}`);
    assert(reader.isBetweenFrames);
  }
});

Deno.test("FrameReader.push() tells bodies from frames that have none", () => {
  const bytes = joined(
    signFrame(CANCEL_MARK, 7),
    frame([1]),
    signFrame(PULSE_MARK, 2 ** 32 - 1),
    signFrame(PULSE_MARK, 0),
    frame([2]),
  );
  for (let cut = 0; cut < bytes.length; cut++) {
    const signs: [mark: number, number: number][] = [];
    const reader = new FrameReader(undefined, (...sign) => signs.push(sign));
    const chunks = [bytes.slice(0, cut), bytes.slice(cut)];
    assertEquals(bodies(reader, chunks), [[1], [2]], `cut at ${cut}`);
    assertEquals(signs, [[CANCEL_MARK, 7], [PULSE_MARK, 2 ** 32 - 1], [PULSE_MARK, 0]]);
  }
});

Deno.test("FrameReader.push() keeps a copy of what is not complete", () => {
  const reader = new FrameReader();
  const chunk = frame([1, 2, 3]).subarray(0, HEAD_SIZE + 1);
  assertEquals(reader.push(chunk), []);
  chunk.fill(0);
  assertEquals(bodies(reader, [new Uint8Array([2, 3])]), [[1, 2, 3]]);
});

Deno.test("FrameReader.push() does linear work for a body that comes in many chunks", () => {
  const time = (count: number) => {
    const reader = new FrameReader();
    const whole = frame(new Array(count * 16).fill(7));
    const start = performance.now();
    let found = 0;
    for (let at = 0; at < whole.length; at += 16) {
      found += reader.push(whole.subarray(at, at + 16)).length;
    }
    assertEquals(found, 1);
    return performance.now() - start;
  };
  time(1000);
  const small = Math.max(1, time(5000));
  // Sixteen times the bytes; joined anew for each chunk it would be 256 times the work.
  assert(time(80_000) < 100 * small);
});

for (
  const [what, bytes] of [
    ["text", text.encode("hello\n")],
    ["one wrong byte", new Uint8Array([0])],
    ["too low a last byte of the mark", new Uint8Array([0xf7, 0x54, 0x4c, 0x00])],
    ["too high a last byte of the mark", new Uint8Array([0xf7, 0x54, 0x4c, 0x06])],
    ["text after a frame", joined(frame([1]), text.encode("hello"))],
    ["one byte after a frame", joined(frame([1]), new Uint8Array([0xf8]))],
    ["a long run of zeros", new Uint8Array(100_000)],
  ] as const
) {
  Deno.test(`FrameReader.push() throws at once when there is ${what}`, () => {
    assertThrows(() => new FrameReader().push(bytes), TypeError);
  });
}

Deno.test("FrameReader.push() throws at a stray byte in a mark that comes in pieces", () => {
  const reader = new FrameReader();
  reader.push(new Uint8Array([0xf7, 0x54]));
  assertThrows(() => reader.push(new Uint8Array([0x55])), TypeError);
});

Deno.test("FrameReader.push() refuses a body that claims to be too long before it arrives", () => {
  const claimed = frame(new Array(101).fill(0)).subarray(0, HEAD_SIZE);
  assertThrows(() => new FrameReader(100).push(claimed), TypeError);
  assertEquals(new FrameReader(101).push(claimed), []);
});

Deno.test("FrameReader.push() neither hangs nor makes a frame of random bytes", () => {
  let seed = 1;
  const random = () => (seed = Math.imul(seed, 1103515245) + 12345 >>> 0) >>> 16;
  let refused = 0;
  for (let run = 0; run < 2000; run++) {
    const bytes = joined(frame([1, 2]), frame([3]));
    bytes[random() % HEAD_SIZE] = random() & 255;
    const reader = new FrameReader();
    try {
      const found = reader.push(bytes);
      assert(found.length <= 2);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      refused++;
    }
  }
  assert(refused > 1000);
});

function frame(body: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(HEAD_SIZE + body.length);
  bytes.set(body, HEAD_SIZE);
  putHead(bytes);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function bodies(reader: FrameReader, chunks: readonly Uint8Array[]): number[][] {
  return chunks.flatMap((chunk) => reader.push(chunk).map((body) => [...body]));
}
