// JSON to values. It may come from anybody who can write to the queue: nothing is called, no prototype
// is touched, and what is not of the format is a TypeError.

import { Buffer } from "node:buffer";
import { DEEPEST, ERRORS, LONGEST_SPARSE, TAG, VIEWS } from "./json_tags.ts";

/**
 * The value that was written down.
 *
 * @param what How errors call it.
 * @throws {TypeError} When it is none.
 */
export function decodeValue(json: unknown, what: string): unknown {
  try {
    return new Decoder().decode(json, 0);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`Cannot read ${what}: ${why}`, { cause });
  }
}

class Decoder {
  /** What "again" counts. */
  readonly #met: unknown[] = [];

  decode(json: unknown, depth: number): unknown {
    if (typeof json !== "object" || json === null) return primitive(json);
    if (depth > DEEPEST) throw new TypeError(`it is nested more than ${DEEPEST} levels deep`);
    if (Array.isArray(json)) return this.#array(json, depth + 1);
    return Object.hasOwn(json, TAG)
      ? this.#tagged((json as Record<string, unknown>)[TAG], depth)
      : this.#plain(Object.entries(json), depth + 1);
  }

  /** The order of everything below is that of the encoder: a value is met before what is in it. */
  #keep<T>(value: T): T {
    this.#met.push(value);
    return value;
  }

  #plain(pairs: readonly (readonly [string, unknown])[], depth: number): object {
    const value: Record<string, unknown> = this.#keep({});
    for (const [key, item] of pairs) set(value, key, this.decode(item, depth));
    return value;
  }

  #array(items: readonly unknown[], depth: number): unknown[] {
    const value: unknown[] = this.#keep([]);
    for (const item of items) value.push(this.decode(item, depth));
    return value;
  }

  #tagged(content: unknown, depth: number): unknown {
    if (!Array.isArray(content)) throw new TypeError("a tag has no list");
    const [name, first, second, third] = content as unknown[];
    switch (name) {
      case "undefined":
        return undefined;
      case "number":
        return specialNumber(first);
      case "bigint":
        return bigint(first);
      case "again":
        return this.#again(first);
      case "boxed":
        return this.#boxed(first, depth + 1);
      case "object":
        return this.#plain(pairsOf(first).map(([key, item]) => [text(key), item]), depth + 1);
      case "array":
        return this.#sparse(first, second, depth + 1);
      case "Map":
        return this.#map(first, depth + 1);
      case "Set":
        return this.#set(first, depth + 1);
      case "Date":
        return this.#keep(new Date(Number(this.decode(first, depth + 1))));
      case "RegExp":
        return this.#keep(new RegExp(text(first), text(second)));
      case "error":
        return this.#error(text(first), text(second), text(third), content[4], depth + 1);
      case "ArrayBuffer":
        return this.#keep(bytes(first));
      default:
        return this.#view(name, first);
    }
  }

  #again(index: unknown): unknown {
    if (!isIndex(index, this.#met.length)) throw new TypeError("it refers to what is not there");
    return this.#met[index];
  }

  #boxed(json: unknown, depth: number): unknown {
    const index = this.#met.length;
    this.#met.push(undefined);
    const value = this.decode(json, depth);
    if (typeof value === "object" || value === undefined) throw new TypeError("nothing is boxed");
    return this.#met[index] = Object(value);
  }

  #sparse(length: unknown, pairs: unknown, depth: number): unknown[] {
    if (!isIndex(length, LONGEST_SPARSE + 1)) throw new TypeError("an array has no length");
    const value: unknown[] = this.#keep([]);
    value.length = length;
    for (const [index, item] of pairsOf(pairs)) {
      if (!isIndex(index, length)) throw new TypeError("an array has an item that is not inside");
      value[index] = this.decode(item, depth);
    }
    return value;
  }

  #map(pairs: unknown, depth: number): Map<unknown, unknown> {
    const value = this.#keep(new Map<unknown, unknown>());
    for (const [key, item] of pairsOf(pairs)) {
      const decoded = this.decode(key, depth);
      value.set(decoded, this.decode(item, depth));
    }
    return value;
  }

  #set(items: unknown, depth: number): Set<unknown> {
    const value = this.#keep(new Set<unknown>());
    for (const item of list(items)) value.add(this.decode(item, depth));
    return value;
  }

  #error(name: string, message: string, stack: string, cause: unknown, depth: number): Error {
    const errorClass = Object.hasOwn(ERRORS, name) ? ERRORS[name]! : Error;
    const error = this.#keep(new errorClass(message));
    set(error, "stack", stack, false);
    const inner = this.decode(cause, depth);
    if (inner !== undefined) set(error, "cause", inner, false);
    return error;
  }

  #view(name: unknown, content: unknown): unknown {
    if (typeof name !== "string" || !Object.hasOwn(VIEWS, name)) {
      throw new TypeError("it has a tag that nobody knows");
    }
    return this.#keep(new VIEWS[name]!(bytes(content)));
  }
}

function primitive(json: unknown): unknown {
  const type = typeof json;
  if (json === null || type === "string" || type === "number" || type === "boolean") return json;
  throw new TypeError("it is no JSON");
}

function specialNumber(value: unknown): number {
  switch (value) {
    case "-0":
      return -0;
    case "NaN":
      return NaN;
    case "Infinity":
      return Infinity;
    case "-Infinity":
      return -Infinity;
    default:
      throw new TypeError("a number is none");
  }
}

function isIndex(value: unknown, end: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
}

function bigint(value: unknown): bigint {
  if (typeof value !== "string" || !/^-?\d+$/.test(value)) throw new TypeError("a bigint is none");
  return BigInt(value);
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("a text is none");
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("a list is none");
  return value;
}

function pairsOf(value: unknown): readonly (readonly unknown[])[] {
  return list(value).map((pair) => {
    const items = list(pair);
    if (items.length !== 2) throw new TypeError("a pair is none");
    return items;
  });
}

/** A buffer of its own: what Buffer decodes into is shared. */
function bytes(value: unknown): ArrayBuffer {
  return new Uint8Array(Buffer.from(text(value), "base64")).buffer;
}

/** Defined, not assigned: "__proto__" is a key like any other. */
function set(target: object, key: string, value: unknown, enumerable = true): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}
