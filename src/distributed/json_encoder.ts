// Values to JSON. What can travel has been decided by `checkCloneable`; here it is only written down.

import { Buffer } from "node:buffer";
import {
  DEEPEST,
  ERRORS,
  isReservedKey,
  type Json,
  LONGEST_SPARSE,
  TAG,
  VIEWS,
} from "./json_tags.ts";
import { describe } from "../core/errors.ts";

/** JSON, and no less than how many characters it takes. */
export interface Encoded {
  readonly json: Json;
  readonly size: number;
}

/**
 * Writes a value down.
 *
 * @param what How errors call it.
 * @throws {DOMException} DataCloneError when it is nested too deep, or of a class that cannot travel.
 */
export function encodeValue(value: unknown, what: string): Encoded {
  const encoder = new Encoder(what);
  const json = encoder.encode(value, 0);
  return { json, size: encoder.size };
}

/** How many bytes it takes as text. */
export function bytesOf({ json, size }: Encoded, limit: number): number {
  // No character takes more than six bytes: most values need no second look.
  return size * 6 <= limit ? size : Buffer.byteLength(JSON.stringify(json));
}

/** A primitive, a bracket or a comma takes so many characters, about. */
const NODE_SIZE = 24;

class Encoder {
  readonly #what: string;
  readonly #met = new Map<object, number>();
  size = 0;

  constructor(what: string) {
    this.#what = what;
  }

  encode(value: unknown, depth: number): Json {
    this.size += NODE_SIZE;
    switch (typeof value) {
      case "string":
        this.size += value.length;
        return value;
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0) ? value : tag("number", show(value));
      case "undefined":
        return tag("undefined");
      case "bigint": {
        const digits = String(value);
        this.size += digits.length;
        return tag("bigint", digits);
      }
      case "object":
        return value === null ? null : this.#object(value, depth);
      default:
        throw this.#refused(`it contains ${describe(value)}, expected data`);
    }
  }

  #object(value: object, depth: number): Json {
    if (depth > DEEPEST) throw this.#refused(`it is nested more than ${DEEPEST} levels deep`);
    const before = this.#met.get(value);
    if (before !== undefined) return tag("again", before);
    this.#met.set(value, this.#met.size);
    if (Array.isArray(value)) return this.#array(value, depth + 1);
    if (value instanceof Map) return tag("Map", this.#pairs(value, depth + 1));
    if (value instanceof Set) return tag("Set", [...value].map((item) => this.#in(item, depth)));
    if (value instanceof Date) return tag("Date", this.#in(value.getTime(), depth));
    if (value instanceof RegExp) return tag("RegExp", value.source, value.flags);
    if (value instanceof ArrayBuffer) return tag("ArrayBuffer", this.#bytes(new Uint8Array(value)));
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (value instanceof Error) return this.#error(value, depth + 1);
    if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      return tag("boxed", this.#in(value.valueOf(), depth));
    }
    if (value instanceof BigInt) return tag("boxed", this.#in(value.valueOf(), depth));
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw this.#refused(`it contains ${describe(value)}, which cannot leave the process`);
    }
    return this.#plain(value as Record<string, unknown>, depth + 1);
  }

  #in(value: unknown, depth: number): Json {
    return this.encode(value, depth + 1);
  }

  #plain(value: Record<string, unknown>, depth: number): Json {
    const keys = Object.keys(value);
    if (keys.some(isReservedKey)) {
      return tag("object", this.#pairs(keys.map((key) => [key, value[key]] as const), depth));
    }
    const json: { [key: string]: Json } = {};
    for (const key of keys) {
      this.size += key.length;
      json[key] = this.encode(value[key], depth);
    }
    return json;
  }

  #array(value: unknown[], depth: number): Json {
    const json: Json[] = [];
    for (let i = 0; i < value.length; i++) {
      if (value[i] === undefined && !(i in value)) return this.#holes(value, i, json, depth);
      json.push(this.encode(value[i], depth));
    }
    return json;
  }

  /** An array with holes, the first of them at `from`: what there is, by index. */
  #holes(value: unknown[], from: number, before: Json[], depth: number): Json {
    if (value.length > LONGEST_SPARSE) {
      throw this.#refused(`it contains an array of ${value.length} items with holes`);
    }
    const pairs: Json[] = before.map((item, i) => [i, item]);
    for (let i = from; i < value.length; i++) {
      if (i in value) pairs.push([i, this.encode(value[i], depth)]);
    }
    return tag("array", value.length, pairs);
  }

  #pairs(pairs: Iterable<readonly [unknown, unknown]>, depth: number): Json {
    return Array.from(pairs, ([key, item]) => [this.encode(key, depth), this.encode(item, depth)]);
  }

  #view(view: ArrayBufferView): Json {
    const { [Symbol.toStringTag]: name } = view as ArrayBufferView & {
      [Symbol.toStringTag]: string;
    };
    if (!Object.hasOwn(VIEWS, name)) throw this.#refused(`it contains ${describe(view)}`);
    return tag(name, this.#bytes(view));
  }

  #bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
    const text = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString("base64");
    this.size += text.length;
    return text;
  }

  #error(error: Error, depth: number): Json {
    const name = Object.hasOwn(ERRORS, error.name) ? error.name : "Error";
    const texts = [String(error.message), String(error.stack)];
    this.size += texts[0]!.length + texts[1]!.length;
    return tag("error", name, ...texts, this.encode(error.cause, depth));
  }

  #refused(why: string): DOMException {
    return new DOMException(`Cannot send ${this.#what}: ${why}`, "DataCloneError");
  }
}

function tag(name: string, ...payload: Json[]): Json {
  return { [TAG]: [name, ...payload] };
}

function show(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
