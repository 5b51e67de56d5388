// One line that tells how far the work is: repainted while they run, or a few plain lines.

import type { Screen } from "./screen.ts";
import { getRunningLoop, type Handle } from "../../mod.ts";

const FRAME_MS = 50;
const PLAIN_LINES = 3;
const MAX_BAR = 30;
/** What stands beside the bar. */
const OTHER_COLUMNS = 51;

export interface ProgressOptions {
  /** What is counted; only pages have a size. */
  unit?: "pages" | "rows";
  /** Was here before. */
  arrived?: number;
}

/** Live until it is disposed of. */
export class Progress implements Disposable {
  readonly #screen: Screen;
  readonly #title: string;
  readonly #total: number;
  readonly #unit: "pages" | "rows";
  readonly #loop = getRunningLoop();
  readonly #start = this.#loop.time();
  #frame: Handle | null = null;
  #arrived: number;
  #bytes = 0;

  constructor(screen: Screen, title: string, total: number, options: ProgressOptions = {}) {
    this.#screen = screen;
    this.#title = title;
    this.#total = total;
    this.#unit = options.unit ?? "pages";
    this.#arrived = options.arrived ?? 0;
    if (screen.live) this.#animate();
  }

  /** One more is here. */
  arrived(bytes = 0): void {
    this.#arrived++;
    this.#bytes += bytes;
    if (this.#screen.live) return this.#screen.paint(this.#line());
    const part = Math.ceil(this.#total / PLAIN_LINES);
    if (this.#arrived % part === 0 && this.#arrived < this.#total) this.#screen.line(this.#line());
  }

  /** The line as it is now stays on the screen. */
  [Symbol.dispose](): void {
    this.#frame?.cancel();
    this.#screen.settle(this.#line(true));
  }

  #animate(): void {
    this.#screen.paint(this.#line());
    this.#frame = this.#loop.callLater(FRAME_MS, () => this.#animate());
  }

  #line(ended = false): string {
    const screen = this.#screen;
    const share = this.#arrived / this.#total;
    const width = Math.min(MAX_BAR, screen.columns - OTHER_COLUMNS);
    const filled = Math.round(share * width);
    const bar = screen.ink(share === 1 ? "green" : "cyan", "━".repeat(filled)) +
      screen.ink("dim", "─".repeat(width - filled));
    const count = `${this.#arrived}/${this.#total} ${this.#unit}`.padStart(11);
    const size = this.#unit === "pages" ? `${(this.#bytes / 1e6).toFixed(2)} MB` : "";
    const seconds = `${((this.#loop.time() - this.#start) / 1000).toFixed(2)} s`.padStart(7);
    return `${this.#mark(ended)} ${this.#title.padEnd(18)} ${bar} ${count} ${
      size.padStart(8)
    } ${seconds}`;
  }

  #mark(ended: boolean): string {
    if (!ended) return " ";
    const complete = this.#arrived === this.#total;
    return complete ? this.#screen.ink("green", "✓") : this.#screen.ink("yellow", "■");
  }
}
