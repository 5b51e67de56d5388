// What debug mode found, as an error that carries where.

import { RuntimeError } from "./errors.ts";

/** What kind of mistake debug mode found; also the name of the warning. */
export type DebugWarningKind =
  | "SlowStep"
  | "SlowCallback"
  | "CoroutineNeverAwaited"
  | "CancellationSwallowed"
  | "TaskDestroyed"
  | "WrongTask"
  | "GeneratorReused"
  | "OrphansLeft";

/**
 * A mistake that debug mode found and that no error tells of: the `exception` in a report to the loop's
 * exception handler. It is never thrown.
 *
 * @example
 * ```ts
 * import { coroutine, DebugWarning, getRunningLoop, run } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const found: DebugWarning[] = [];
 * const nested = coroutine(function* nested() {});
 * await run(function* () {
 *   getRunningLoop().setExceptionHandler((_loop, { exception }) => {
 *     if (exception instanceof DebugWarning) found.push(exception);
 *   });
 *   nested(); // and no yield*
 * }, { debug: true });
 * assertEquals(found.some(({ kind }) => kind === "CoroutineNeverAwaited"), true);
 * ```
 */
export class DebugWarning extends RuntimeError {
  /** What kind of mistake it is. */
  readonly kind: DebugWarningKind;
  /** Where, in lines such as `made at main (file:///main.ts:12:5)`; also in the stack. */
  readonly where: readonly string[];

  /** @internal */
  constructor(
    kind: DebugWarningKind,
    message: string,
    where: readonly string[],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.kind = kind;
    this.name = kind;
    this.where = where;
    this.stack = [`${kind}: ${message}`, ...where.map((line) => `    ${line}`)].join("\n");
  }
}
