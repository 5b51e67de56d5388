// Values as frames and back: what arrives is what structured clone would have made of it. Small plain ones
// travel as text (plain_text.ts), all others by V8's own serializer. What stands for something of the host
// would arrive as an empty object; `checkCloneable` has to refuse it before it comes here.

import { HEAD_SIZE, LARGEST_BODY, putHead } from "./process_frames.ts";
import { plainText, TEXT_BEGIN } from "./plain_text.ts";

interface Serializer {
  writeRawBytes(bytes: Uint8Array): void;
  writeHeader(): void;
  writeValue(value: unknown): boolean;
  releaseBuffer(): Uint8Array;
}

interface Deserializer {
  readHeader(): boolean;
  readValue(): unknown;
}

interface V8 {
  readonly Serializer: new () => Serializer;
  readonly Deserializer: new (bytes: Uint8Array) => Deserializer;
}

let v8: V8 | null = null;

/** Has this module used, which is found sooner by an import than as below. */
export function provideV8(module: unknown): void {
  v8 = module as V8;
}

/** Looked up when the first process is used: the module is none of a browser's, and takes a while to load. */
function serializers(): V8 {
  if (v8 === null) {
    const { process } = globalThis as unknown as {
      process: { getBuiltinModule(name: string): unknown };
    };
    v8 = process.getBuiltinModule("node:v8") as V8;
  }
  return v8;
}

const EMPTY_HEAD = new Uint8Array(HEAD_SIZE);
const HEAD_SPACE = "\0".repeat(HEAD_SIZE);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Makes a frame of a value.
 *
 * @param moved Buffers that the sender loses.
 * @throws {DOMException} DataCloneError when it cannot be copied, or is too large for a frame.
 */
export function toFrame(
  value: unknown,
  moved: readonly unknown[] = [],
  largest: number = LARGEST_BODY,
): Uint8Array {
  for (const item of moved) {
    if (!(item instanceof ArrayBuffer)) {
      throw cannotSend("what is to be moved to another process has to be an ArrayBuffer");
    }
  }
  const text = moved.length === 0 && Array.isArray(value) ? plainText(value) : null;
  const frame = text === null ? serialized(value) : encoder.encode(HEAD_SPACE + text);
  const size = frame.length - HEAD_SIZE;
  if (size > largest) throw cannotSend(`it is of ${size} bytes, expected at most ${largest}`);
  putHead(frame);
  if (moved.length > 0) structuredClone(null, { transfer: moved as ArrayBuffer[] }); // as a thread would
  return frame;
}

/** A frame whose head is still to be written. */
function serialized(value: unknown): Uint8Array {
  const serializer = new (serializers().Serializer)();
  try {
    serializer.writeRawBytes(EMPTY_HEAD);
    serializer.writeHeader();
    serializer.writeValue(value);
  } catch (error) {
    throw cannotSend(error instanceof Error ? error.message : String(error));
  }
  return serializer.releaseBuffer();
}

/**
 * The value that a frame's body stands for. The bytes may come from anybody.
 *
 * @throws {TypeError} When it is none.
 */
export function fromBody(body: Uint8Array): unknown {
  try {
    if (body[0] === TEXT_BEGIN) return JSON.parse(decoder.decode(body));
    const deserializer = new (serializers().Deserializer)(body);
    deserializer.readHeader();
    return deserializer.readValue();
  } catch (cause) {
    throw new TypeError("Cannot read a frame: its body is no value", { cause });
  }
}

function cannotSend(why: string): DOMException {
  return new DOMException(`Cannot send a message to another process: ${why}`, "DataCloneError");
}
