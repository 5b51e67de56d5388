// Buffers that are moved instead of copied: a mark on the value, read when it is sent.

import { describe } from "../core/errors.ts";

const marks = new WeakMap<object, readonly Transferable[]>();

/**
 * Marks buffers inside of a value to be moved when the value is sent, as an argument of a job or as its
 * result: that takes no time, whatever their size, and leaves them empty here. Inside a job shipped as
 * source it is a global.
 *
 * @param value What will be sent: an argument itself, not something inside of one.
 * @param transferables The buffers, ports and streams in it.
 * @returns The value.
 * @throws {TypeError} When the value is no object.
 *
 * @example
 * ```ts
 * import { InlineExecutor, transfer } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const executor = new InlineExecutor();
 * const pixels = new Uint8Array([1, 2, 3]);
 * const brighter = (data: Uint8Array) => {
 *   const result = data.map((byte) => byte + 1);
 *   return transfer(result, [result.buffer]);
 * };
 * const result = await executor.submit(brighter, transfer(pixels, [pixels.buffer]));
 * assertEquals([...result], [2, 3, 4]);
 * assertEquals(pixels.length, 0); // moved
 * await executor.shutdown();
 * ```
 */
export function transfer<T>(value: T, transferables: Transferable[]): T {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`Cannot transfer from ${describe(value)}: expected an object`);
  }
  marks.set(value, [...transferables]);
  return value;
}

/** What is to be moved out of these values. A mark holds for one sending. */
export function takeTransfers(values: readonly unknown[]): Transferable[] {
  const found: Transferable[] = [];
  for (const value of values) {
    if (typeof value !== "object" || value === null) continue;
    const marked = marks.get(value);
    if (marked === undefined) continue;
    found.push(...marked);
    marks.delete(value);
  }
  return found;
}
