// Messages as JSON, where JSON keeps them as they are: for a small one V8's serializer takes four times as
// long. Whatever JSON would change, or a serializer writes faster, is left to that.

/** Objects in a text at most; each is looked for among those before it. */
const MOST_OBJECTS = 128;
/** Longer ones are copied faster than they are quoted. */
const LONGEST_STRING = 8192;
const LONGEST_ARRAY = 2048;

/** The first byte of every text. */
export const TEXT_BEGIN = 0x5b;

/** The text, or null when a copy would not be what structured clone makes of the array. */
export function plainText(values: readonly unknown[]): string | null {
  return isPlain(values, []) ? JSON.stringify(values) : null;
}

/** Whether JSON keeps it, and no two places in it hold the same object. */
function isPlain(value: unknown, seen: object[]): boolean {
  switch (typeof value) {
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "string":
      return value.length <= LONGEST_STRING;
    case "object":
      if (value === null) return true;
      if (seen.length === MOST_OBJECTS || seen.includes(value)) return false;
      seen.push(value);
      return Array.isArray(value) ? isPlainArray(value, seen) : isPlainRecord(value, seen);
    default:
      return false;
  }
}

function isPlainArray(array: readonly unknown[], seen: object[]): boolean {
  if (array.length > LONGEST_ARRAY || "toJSON" in array) return false;
  // Structured clone keeps what an array holds beside its items.
  if (Object.keys(array).length !== array.length) return false;
  for (let i = 0; i < array.length; i++) if (!isPlain(array[i], seen)) return false; // nor a hole
  return true;
}

function isPlainRecord(record: object, seen: object[]): boolean {
  const prototype: unknown = Object.getPrototypeOf(record);
  if (prototype !== Object.prototype && prototype !== null || "toJSON" in record) return false;
  for (const key of Object.keys(record)) {
    if (!isPlain((record as Record<string, unknown>)[key], seen)) return false;
  }
  return true;
}
