// One line that tells how far the downloads are: repainted while they run, or a few plain lines.

import type { Screen } from "./screen.ts";
import { getRunningLoop, type Handle } from "../../mod.ts";

const FRAME_MS = 50;
const PLAIN_LINES = 3;
const MAX_BAR = 30;
/** What stands beside the bar. */
const OTHER_COLUMNS = 51;

/** Live until it is disposed of. */
export class Progress implements Disposable {
  readonly #screen: Screen;
  readonly #title: string;
  readonly #pages: number;
  readonly #loop = getRunningLoop();
  readonly #start = this.#loop.time();
  #frame: Handle | null = null;
  #arrived = 0;
  #bytes = 0;

  constructor(screen: Screen, title: string, pages: number) {
    this.#screen = screen;
    this.#title = title;
    this.#pages = pages;
    if (screen.live) this.#animate();
  }

  /** One more page is here. */
  arrived(bytes: number): void {
    this.#arrived++;
    this.#bytes += bytes;
    if (this.#screen.live) return this.#screen.paint(this.#line());
    const part = Math.ceil(this.#pages / PLAIN_LINES);
    if (this.#arrived % part === 0 && this.#arrived < this.#pages) this.#screen.line(this.#line());
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
    const share = this.#arrived / this.#pages;
    const width = Math.min(MAX_BAR, screen.columns - OTHER_COLUMNS);
    const filled = Math.round(share * width);
    const bar = screen.ink(share === 1 ? "green" : "cyan", "━".repeat(filled)) +
      screen.ink("dim", "─".repeat(width - filled));
    const pages = `${this.#arrived}/${this.#pages} pages`.padStart(11);
    const megabytes = `${(this.#bytes / 1e6).toFixed(2)} MB`.padStart(8);
    const seconds = `${((this.#loop.time() - this.#start) / 1000).toFixed(2)} s`.padStart(7);
    return `${this.#mark(ended)} ${this.#title.padEnd(18)} ${bar} ${pages} ${megabytes} ${seconds}`;
  }

  #mark(ended: boolean): string {
    if (!ended) return " ";
    const complete = this.#arrived === this.#pages;
    return complete ? this.#screen.ink("green", "✓") : this.#screen.ink("yellow", "■");
  }
}
