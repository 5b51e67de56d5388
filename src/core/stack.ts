// Where in the user's code something happened: the frames of a stack that are not ours.

const HERE = import.meta.url;
/** Where the library's own files are; none when it was bundled together with what uses it. */
const LIBRARY = /\/src\/core\/stack\.[jt]s$/.test(HERE) ? new URL("../", HERE).href : null;
const FRAMES = 30;

/** The frames that led here, innermost first, as `at main (file:///main.ts:12:5)` without the "at". */
export function userFrames(): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack.split("\n").slice(1).map((line) => line.trim().replace(/^at /, ""))
    .filter((frame) => frame !== "" && !isOurs(frame));
}

function isOurs(frame: string): boolean {
  if (/(^|[ (])(node|ext):|(^|\()<anonymous>\)?$/.test(frame)) return true;
  if (LIBRARY === null || !frame.includes(LIBRARY)) return false;
  // The demo is a user like any other, and so are the examples in our docs ("sleep.ts#12-18.ts").
  return !frame.includes(`${LIBRARY}demo/`) && !/[#$]\d+-\d+\.ts/.test(frame);
}
