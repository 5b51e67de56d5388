// A call every so often, while it is wanted.

/** Calls `tick` every `ms` between `start` and `stop`, which may be called as often as one likes. */
export class Ticker {
  readonly #ms: number;
  readonly #tick: () => void;
  #state: "stopped" | "started" = "stopped";
  #interval: ReturnType<typeof setInterval> | undefined;

  constructor(ms: number, tick: () => void) {
    this.#ms = ms;
    this.#tick = tick;
  }

  start(): void {
    if (this.#state === "started") return;
    // Before the call: a program's first timer makes Deno run waiting microtasks, which may come here.
    this.#state = "started";
    const interval = setInterval(this.#tick, this.#ms);
    if (this.#state === "started") this.#interval = interval;
    else clearInterval(interval);
  }

  stop(): void {
    this.#state = "stopped";
    clearInterval(this.#interval);
    this.#interval = undefined;
  }
}
