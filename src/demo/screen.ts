// The terminal: lines that stay, and one live line that is repainted. Into a file or a pipe there is no
// live line and no escape sequence; NO_COLOR takes the colours and leaves the repainting.

/** Colours of the terminal's own theme, and two weights. */
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

export class Screen {
  /** Can repaint a line. */
  readonly live: boolean;
  readonly colours: boolean;
  readonly #gone = new AbortController();
  readonly #encoder = new TextEncoder();
  #liveLine = "";

  constructor(options: { live?: boolean; colours?: boolean } = {}) {
    const terminal = Deno.stdout.isTerminal();
    this.live = options.live ?? (terminal && Deno.consoleSize().columns >= MIN_COLUMNS);
    this.colours = options.colours ?? (terminal && !Deno.noColor);
  }

  /** Aborts when nobody reads any more: `deno task demo | head`. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get columns(): number {
    return Deno.stdout.isTerminal()
      ? Math.max(MIN_COLUMNS, Deno.consoleSize().columns)
      : DEFAULT_COLUMNS;
  }

  ink(ink: Ink, text: string): string {
    const [on, off] = CODES[ink];
    return this.colours ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  }

  /** A line that stays, above the live one. */
  line(text = ""): void {
    if (this.#liveLine === "") this.#write(`${text}\n`);
    else this.#write(`${REPAINT}${text}${ERASE_REST}\n${this.#liveLine}`);
  }

  /** Repaints the live line, in one write so that it does not flicker. Must fit in the columns. */
  paint(text: string): void {
    if (!this.live || text === this.#liveLine) return;
    this.#write(`${REPAINT}${text}${ERASE_REST}`);
    this.#liveLine = text;
  }

  /** Makes the live line one that stays. */
  settle(text: string): void {
    this.#write(this.#liveLine === "" ? `${text}\n` : `${REPAINT}${text}${ERASE_REST}\n`);
    this.#liveLine = "";
  }

  #write(text: string): void {
    if (this.gone.aborted) return;
    let bytes = this.#encoder.encode(text);
    try {
      while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      this.#gone.abort();
    }
  }
}
