// Failures that nobody looked at. A failed future carries a Failure; looking at it marks it as seen. One
// that was not seen is reported when its future is collected, or when its loop closes.

import type { EventLoop, ExceptionContext } from "./event_loop.ts";
import type { Handle } from "./handle.ts";
import type { Origin } from "./stack.ts";
import { DebugWarning } from "./debug_warning.ts";

/** The error of a failed future, and whether anybody was told. */
export class Failure {
  /** @internal In debug mode: where the future was made. */
  origin: Origin | null = null;
  /** In debug mode: reports it after a while. */
  alarm: Handle | null = null;
  #seen = false;

  /** @internal */
  constructor(readonly error: unknown, readonly what: string, readonly loop: EventLoop) {
    loop._unseen.add(this);
  }

  /** To be called whenever the error is handed to somebody. */
  see(): unknown {
    if (!this.#seen) {
      this.#seen = true;
      this.loop._unseen.delete(this);
      this.alarm?.cancel();
    }
    return this.error;
  }

  /** Tells the loop's exception handler, unless the error has been seen. */
  report(): void {
    if (this.#seen) return;
    this.see();
    const madeAt = this.origin?.frames.join("\n") ?? "";
    this.loop.callExceptionHandler({
      message: `${this.what} failed and nobody looked at its exception`,
      exception: this.error,
      ...madeAt !== "" && { madeAt },
    });
  }
}

let collected: FinalizationRegistry<Failure> | null = null;

/** Has the failure reported when `owner` is collected unseen. */
export function watchFailure(owner: object, failure: Failure): void {
  collected ??= new FinalizationRegistry((failure) => failure.report());
  collected.register(owner, failure);
  failure.loop._debug?.failed(owner, failure);
}

/** What a loop does with a report when no exception handler is set: one readable block on stderr. */
export function defaultExceptionHandler(context: ExceptionContext): void {
  const { message, exception, madeAt, ...about } = context;
  const warning = exception instanceof DebugWarning ? exception : null;
  const lines = [warning === null ? message : `${warning.kind}: ${message}`];
  for (const [key, value] of Object.entries(about)) {
    if (value !== undefined) lines.push(`  ${key}: ${value}`);
  }
  if (madeAt !== undefined) lines.push(`  made at ${madeAt.replaceAll("\n", "\n    at ")}`);
  // A warning is where it was found; its message stands above.
  if (warning !== null) lines.push(...warning.where.map((line) => `  ${line}`));
  const detail = warning === null
    ? "exception" in context ? [exception] : []
    : warning.cause === undefined
    ? []
    : [warning.cause];
  // The text is no format: a task may be called "100 %s".
  const format = ["%s", ...detail.map(() => "%O")].join("\n");
  // deno-lint-ignore no-console -- this is the place where the library speaks when nobody else listens.
  console.error(format, lines.join("\n"), ...detail);
}
