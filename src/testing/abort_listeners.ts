// What listens to an AbortSignal. The platform does not tell, so the signal's own methods are watched.

type Listener = Parameters<AbortSignal["addEventListener"]>[1];
type AddOptions = Parameters<AbortSignal["addEventListener"]>[2];

/** A listener as the platform tells it from others: once by function and phase. */
interface Listening {
  readonly listener: Listener;
  readonly capture: boolean;
  /** Takes it back when it aborts. */
  readonly until: AbortSignal | undefined;
}

/** Counts the abort listeners that come to a signal and are not taken back. */
export class AbortListeners {
  readonly signal: AbortSignal;
  #listening: Listening[] = [];
  /** Who watches it already. */
  readonly #outer: Pick<AbortSignal, "addEventListener" | "removeEventListener"> | null;

  /** Watches from now on, until `stop`. */
  constructor(signal: AbortSignal) {
    this.signal = signal;
    const { addEventListener: add, removeEventListener: remove } = signal;
    this.#outer = Object.hasOwn(signal, "addEventListener")
      ? { addEventListener: add, removeEventListener: remove }
      : null;
    signal.addEventListener = (type: string, listener: Listener, options?: AddOptions) => {
      add.call(signal, type, listener, options);
      if (type === "abort" && listener !== null) this.#added(listener, options);
    };
    signal.removeEventListener = (type: string, listener: Listener, options?: AddOptions) => {
      remove.call(signal, type, listener, options);
      if (type === "abort") this.#removed(listener, isCapture(options));
    };
  }

  /** How many were left. None of a signal that has aborted: it does not call anybody again. */
  get left(): number {
    if (this.signal.aborted) return 0;
    return this.#listening.filter(({ until }) => until?.aborted !== true).length;
  }

  /** Gives the signal its own methods back, or those of who watched it before. */
  stop(): void {
    if (this.#outer !== null) {
      Object.assign(this.signal, this.#outer);
      return;
    }
    const own = this.signal as { addEventListener?: unknown; removeEventListener?: unknown };
    delete own.addEventListener;
    delete own.removeEventListener;
  }

  #added(listener: Listener, options: AddOptions): void {
    const capture = isCapture(options);
    const until = typeof options === "object" ? options.signal : undefined;
    if (until?.aborted === true || this.#find(listener, capture) >= 0) return;
    this.#listening.push({ listener, capture, until });
  }

  #removed(listener: Listener, capture: boolean): void {
    const at = this.#find(listener, capture);
    if (at >= 0) this.#listening.splice(at, 1);
  }

  #find(listener: Listener, capture: boolean): number {
    this.#listening = this.#listening.filter(({ until }) => until?.aborted !== true);
    return this.#listening.findIndex((one) => one.listener === listener && one.capture === capture);
  }
}

function isCapture(options: AddOptions): boolean {
  return typeof options === "object" ? options.capture === true : options === true;
}
