// How values that JSON does not know are written in it, for the engine keeps nothing else. Plain data
// stays as it is, so that a queue can be read in a dashboard; everything else is an object with the one
// key "$", whose value begins with a tag: `{"$": ["Map", [["a", 1]]]}`.
//
// What is met a second time, in a circle or side by side, is `{"$": ["again", n]}`: n counts all that is
// no primitive in the order in which it is met first.

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The one key of an object that is not to be taken as it is. */
export const TAG = "$";

/** Deeper values would take more stack than a worker may have. */
export const DEEPEST = 500;

/** Longer arrays with holes take no bytes, and for ever to walk through. */
export const LONGEST_SPARSE = 1_000_000;

/** Views on bytes; their bytes alone travel, not the rest of the buffer. */
export const VIEWS: Readonly<Record<string, ViewClass>> = {
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  ...("Float16Array" in globalThis &&
    { Float16Array: (globalThis as unknown as { Float16Array: ViewClass }).Float16Array }),
};

/** A class of views, made over a whole buffer. */
export type ViewClass = new (buffer: ArrayBuffer) => ArrayBufferView;

/** The classes of errors that are plain data. */
export const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** True for a key that JSON's own objects cannot carry here. */
export function isReservedKey(key: string): boolean {
  return key === TAG || key === "__proto__";
}
