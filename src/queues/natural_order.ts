// The order that a PriorityQueue has by itself.

import { describe } from "../core/errors.ts";

/**
 * Numbers, bigints, strings and dates by `<`; arrays by their first difference, the shorter first.
 *
 * @throws {TypeError} When the two cannot be compared: NaN, objects, values of different kinds.
 */
export function naturalOrder(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (kind(a) !== kind(b) || kind(a) === "none") throw cannotCompare(a, b);
  const [x, y] = [a, b] as [number, number];
  if (x < y) return -1;
  if (x > y) return 1;
  if (x <= y) return 0;
  throw cannotCompare(a, b); // NaN, an invalid date
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    // As Python does: the same object twice needs no order.
    if (a[i] === b[i]) continue;
    const order = naturalOrder(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function kind(x: unknown): "number" | "string" | "date" | "none" {
  if (typeof x === "number" || typeof x === "bigint") return "number";
  if (typeof x === "string") return "string";
  return x instanceof Date ? "date" : "none";
}

function cannotCompare(a: unknown, b: unknown): TypeError {
  return new TypeError(
    `Cannot compare ${describe(a)} with ${
      describe(b)
    }: they have no order, expected a compare function`,
  );
}
