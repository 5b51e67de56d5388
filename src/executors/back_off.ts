// How soon a worker that died is replaced: at once the first time, then later and later until a job
// succeeds; and when workers do not even start, not at all.

import { hostTimerSoon } from "../core/host.ts";

const FIRST_MS = 10;
const LONGEST_MS = 2000;
/** Starts that fail in a row before the pool gives up. */
const MOST_FAILED_STARTS = 4;

/** Counts failures in a row. */
export class BackOff {
  readonly #over: () => void;
  #deaths = 0;
  #failedStarts = 0;
  #stopTimer: (() => void) | null = null;

  /** @param over Called when a wait is over. */
  constructor(over: () => void) {
    this.#over = over;
  }

  mayStart(): boolean {
    return this.#stopTimer === null;
  }

  started(): void {
    this.#failedStarts = 0;
  }

  succeeded(): void {
    this.#deaths = 0;
  }

  /** A worker died. True when there is no use in trying again. */
  failed(atStart: boolean): boolean {
    this.#deaths++;
    if (atStart) this.#failedStarts++;
    if (this.#failedStarts >= MOST_FAILED_STARTS) return true;
    if (this.#deaths > 1 && this.#stopTimer === null) {
      const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#deaths - 2));
      this.#stopTimer = hostTimerSoon(ms, () => {
        this.#stopTimer = null;
        this.#over();
      });
    }
    return false;
  }

  close(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }
}
