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
    this.#state = "started";
    // Not here: Deno can run waiting microtasks inside of a program's first timer call, and they may
    // come here again.
    queueMicrotask(() => {
      if (this.#state === "started") this.#interval ??= setInterval(this.#tick, this.#ms);
    });
  }

  stop(): void {
    this.#state = "stopped";
    clearInterval(this.#interval);
    this.#interval = undefined;
  }
}
