// Where in the user's code something happened: the frames of a stack that are not ours.

const FRAMES = 30;

/**
 * Where something happened, remembered for the case that somebody asks: to write frames out takes thirty
 * times as long as to remember them. Until then it keeps what the functions on the stack were called on.
 */
export class Origin {
  #trace: { readonly stack?: string } | null;
  #frames: readonly string[] = [];

  /** @param above Of the functions that led here, this one and those that it has called are left out. */
  constructor(above: NewableFunction = Origin) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = FRAMES;
    this.#trace = traceFrom(above);
    Error.stackTraceLimit = limit;
  }

  /** Innermost first, as `main (file:///main.ts:12:5)`. */
  get frames(): readonly string[] {
    if (this.#trace !== null) {
      const { stack = "" } = this.#trace;
      this.#trace = null;
      const library = libraryFolder();
      this.#frames = stack.split("\n").slice(1).map((line) => line.trim().replace(/^at /, ""))
        .filter((frame) => frame !== "" && !isOurs(frame, library));
    }
    return this.#frames;
  }
}

/** The frames that led here. */
export function userFrames(): string[] {
  return [...new Origin().frames];
}

function traceFrom(above: NewableFunction): { stack?: string } {
  if (Error.captureStackTrace === undefined) return new Error();
  const trace = {};
  Error.captureStackTrace(trace, above);
  return trace;
}

/** Where the library's own files are; null when it was bundled together with what uses it. */
function libraryFolder(): string | null {
  const here = import.meta.url;
  return /\/src\/core\/stack\.[jt]s$/.test(here) ? new URL("../", here).href : null;
}

function isOurs(frame: string, library: string | null): boolean {
  if (/(^|[ (])(node|ext):|(^|\()<anonymous>\)?$/.test(frame)) return true;
  if (library === null || !frame.includes(library)) return false;
  // The demo is a user like any other, and so are the examples in our docs ("sleep.ts#12-18.ts").
  return !frame.includes(`${library}demo/`) && !/[#$]\d+-\d+\.ts/.test(frame);
}
