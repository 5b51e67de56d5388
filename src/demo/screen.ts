// The terminal: lines that stay, and one live line that is repainted. Into a file or a pipe there is no
// live line and no escape sequence; NO_COLOR takes the colours and leaves the repainting.

/** Colours of the terminal's own theme, and a weight. */
export type Ink = "cyan" | "green" | "yellow" | "red" | "dim" | "bold";

const CODES: Record<Ink, [on: number, off: number]> = {
  cyan: [36, 39],
  green: [32, 39],
  yellow: [33, 39],
  red: [31, 39],
  dim: [90, 39], // bright black: "faint" is hard to read on many themes
  bold: [1, 22],
};

/** Returns to the start of the line; what is left of the old one is erased after the new text. */
const REPAINT = "\r";
const ERASE_REST = "\x1b[K";
/** A line that is too long for the terminal cannot be repainted. */
const MIN_COLUMNS = 60;
const DEFAULT_COLUMNS = 80;

/** What is at the other end. */
export interface Terminal {
  /** Null when it is none, but a file or a pipe. */
  columns(): number | null;
  colours: boolean;
  /** Returns how many bytes were taken. */
  write(bytes: Uint8Array): number;
}

const STDOUT: Terminal = {
  columns: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : null,
  colours: !Deno.noColor,
  write: (bytes) => Deno.stdout.writeSync(bytes),
};

export class Screen {
  /** A line can be repainted. */
  readonly live: boolean;
  /** There are colours. */
  readonly colours: boolean;
  readonly #terminal: Terminal;
  readonly #gone = new AbortController();
  readonly #encoder = new TextEncoder();
  #liveLine = "";

  constructor(terminal: Terminal = STDOUT) {
    const columns = terminal.columns();
    this.#terminal = terminal;
    this.live = columns !== null && columns >= MIN_COLUMNS;
    this.colours = columns !== null && terminal.colours;
  }

  /** Aborts when nobody reads any more: `deno task demo | head`. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get columns(): number {
    return Math.max(MIN_COLUMNS, this.#terminal.columns() ?? DEFAULT_COLUMNS);
  }

  ink(ink: Ink, text: string): string {
    const [on, off] = CODES[ink];
    return this.colours && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  }

  /** A line that stays. The live line must have been settled. */
  line(text = ""): void {
    this.#write(`${text.trimEnd()}\n`);
  }

  /** Repaints the live line, in one write so that it does not flicker. It must fit in the columns. */
  paint(text: string): void {
    if (text === this.#liveLine) return;
    this.#write(`${REPAINT}${text}${ERASE_REST}`);
    this.#liveLine = text;
  }

  /** Makes the live line one that stays. */
  settle(text: string): void {
    if (this.live) this.paint(text);
    this.line(this.live ? "" : text);
    this.#liveLine = "";
  }

  #write(text: string): void {
    let bytes = this.#encoder.encode(text);
    try {
      while (bytes.length > 0 && !this.gone.aborted) {
        bytes = bytes.subarray(this.#terminal.write(bytes));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      this.#gone.abort();
    }
  }
}
