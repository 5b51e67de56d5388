// Deep equality for the assertions: node:util's, which is stricter than @std/assert's (-0 is not
// 0 inside a structure, a null prototype is not Object's), except for errors. @std/assert compares
// their stacks, so that two errors are equal only when they are one; node compares their messages.

import { isDeepStrictEqual } from "node:util";

export function equal(actual: unknown, expected: unknown): boolean {
  if (actual === expected) return true;
  return isDeepStrictEqual(actual, expected) && sameErrors(actual, expected, new Set());
}

/** Whether every error inside `actual` is the very one in its place in `expected`, an equal value. */
function sameErrors(actual: unknown, expected: unknown, seen: Set<unknown>): boolean {
  if (actual === expected || typeof actual !== "object" || actual === null) return true;
  if (actual instanceof Error) return false;
  if (seen.has(actual)) return true;
  seen.add(actual);
  const [mine, other] = [contents(actual), contents(expected as object)];
  return mine.every((value, i) => sameErrors(value, other[i], seen));
}

function contents(container: object): unknown[] {
  if (container instanceof Map) return [...container.keys(), ...container.values()];
  if (container instanceof Set) return [...container];
  if (ArrayBuffer.isView(container)) return [];
  return Reflect.ownKeys(container).sort(byName).map((key) => Reflect.get(container, key));
}

function byName(a: string | symbol, b: string | symbol): number {
  return String(a) < String(b) ? -1 : 1;
}
