// What can travel to a worker and arrive as it was. The platform's own check names no path, and lets
// pass what it then flattens in silence: instances of classes, abort signals, errors' own classes.

import { describe } from "../core/errors.ts";

/** Values whose copy is as good as the original, by the prototype that they have. */
let plain: Set<unknown> | null = null;

/** Looked up on first use: importing the library must not touch what it may never need. */
function plainPrototypes(): Set<unknown> {
  if (plain !== null) return plain;
  plain = new Set([Object.prototype, Array.prototype, null]);
  const names = [
    ..."Map Set Date RegExp Boolean Number String BigInt ArrayBuffer SharedArrayBuffer".split(" "),
    ..."DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array".split(" "),
    ..."Int32Array Uint32Array Float16Array Float32Array Float64Array".split(" "),
    ..."BigInt64Array BigUint64Array Error TypeError RangeError SyntaxError".split(" "),
    ..."ReferenceError EvalError URIError DOMException Blob File".split(" "),
  ];
  for (const name of names) add(plain, globalThis, name);
  add(plain, WebAssembly, "Module");
  return plain;
}

/** Values that can only be copied within a process, because they stand for something of its host. */
let local: Set<unknown> | null = null;

function localPrototypes(): Set<unknown> {
  if (local !== null) return local;
  local = new Set();
  for (const name of ["SharedArrayBuffer", "Blob", "File", "DOMException"]) {
    add(local, globalThis, name);
  }
  add(local, WebAssembly, "Module");
  return local;
}

function add(prototypes: Set<unknown>, namespace: object, name: string): void {
  const found = (namespace as Record<string, { prototype?: object } | undefined>)[name];
  if (found?.prototype !== undefined) prototypes.add(found.prototype);
}

/** What is deeper some hosts can write, and none can read: Node's limit is about 1900, Deno's 2700. */
const DEEPEST = 1500;

let abroad = false;

/** Has everything checked here as something that leaves the process, as a worker process does. */
export function sendAbroad(): void {
  abroad = true;
}

/**
 * Checks that a value can be sent.
 *
 * @param path How the value is called in the error: `args[0]`.
 * @param moved What is not copied but handed over, and so may be anything that can be transferred.
 * @param leaving Whether it goes to another process.
 * @throws {DOMException} DataCloneError, naming the path inside of the value.
 */
export function checkCloneable(
  value: unknown,
  path: string,
  moved: readonly unknown[] = [],
  leaving: boolean = abroad,
): void {
  if (isPrimitive(value)) return;
  const seen = new Set<unknown>(moved);
  // By hand, not by recursion: a long linked list must not overflow the stack here.
  const open: [value: unknown, path: string, depth: number][] = [[value, path, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [current, at, depth] = next;
    if (isPrimitive(current) || seen.has(current)) continue;
    seen.add(current);
    if (depth > DEEPEST) throw tooDeep(path, at);
    const inside = contents(current, at, leaving);
    for (let i = inside.length - 1; i >= 0; i--) open.push([...inside[i]!, depth + 1]);
  }
}

/** As `checkCloneable` for each of `values`; a path is made only for what needs one. */
export function checkAllCloneable(
  values: readonly unknown[],
  path: string,
  moved: readonly unknown[],
  leaving: boolean,
): void {
  for (let i = 0; i < values.length; i++) {
    if (!isPrimitive(values[i])) checkCloneable(values[i], `${path}[${i}]`, moved, leaving);
  }
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function" &&
    typeof value !== "symbol");
}

/** What is inside of a value, with paths; throws when the value itself cannot be sent. */
function contents(value: unknown, path: string, leaving: boolean): [unknown, string][] {
  if (typeof value !== "object" || value === null) throw refused(value, path);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!plainPrototypes().has(prototype)) throw refused(value, path);
  if (leaving && localPrototypes().has(prototype)) throw refused(value, path);
  if (isMovedAway(value)) throw refused(value, path, " that was moved away");
  if (Array.isArray(value)) return arrayContents(value, path);
  if (value instanceof Map) {
    return [...value].flatMap(([key, item], i): [unknown, string][] => [
      [key, `${path}.keys()[${i}]`],
      [item, `${path}.get(${describe(key)})`],
    ]);
  }
  if (value instanceof Set) return [...value].map((item, i) => [item, `${path}.values()[${i}]`]);
  if (value instanceof Error) {
    return value.cause === undefined ? [] : [[value.cause, `${path}.cause`]];
  }
  if (prototype !== Object.prototype && prototype !== null) return [];
  return Object.keys(value).map((key) => [
    (value as Record<string, unknown>)[key],
    /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`,
  ]);
}

/** Only what is no primitive gets a path: arrays of numbers are long. */
function arrayContents(array: unknown[], path: string): [unknown, string][] {
  const inside: [unknown, string][] = [];
  array.forEach((item, i) => {
    if (!isPrimitive(item)) inside.push([item, `${path}[${i}]`]);
  });
  return inside;
}

function tooDeep(path: string, at: string): DOMException {
  const begin = at.slice(0, path.length + 20);
  return new DOMException(
    `Cannot send ${path}: it is nested more than ${DEEPEST} deep, at ${begin}...`,
    "DataCloneError",
  );
}

/** Node 20 cannot tell: there the platform refuses it, without a path. */
function isMovedAway(value: object): boolean {
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  return buffer instanceof ArrayBuffer && buffer.detached;
}

function refused(value: unknown, path: string, why = ""): DOMException {
  const text = typeof value === "symbol" ? "a symbol" : describe(value);
  const isStream = Object.prototype.toString.call(value) === "[object AsyncGenerator]";
  const hint = isStream ? "; stream() takes generators" : "";
  return new DOMException(
    `Cannot send ${path}: it is ${text}${why}, expected plain data that can be copied${hint}`,
    "DataCloneError",
  );
}
