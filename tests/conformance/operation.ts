/** How every operation that logs one line runs: label, value or error, `catch` and `into`. */

import { type Activation, NoReference } from "./activation.ts";
import { asJson, matches, print, printValue } from "./errors.ts";
import type { Named, PlainOperation, SyncOperation, WaitingOperation } from "./program.ts";
import type { Steps } from "./steps.ts";

/** A result that traces show as it is, and that no variable can hold. */
export class Raw {
  constructor(readonly text: string) {}
}
export const OK = new Raw("ok");

/**
 * Sets what follows the operation's name in its line; undefined parts are left out. What is in force
 * when a reference finds nothing is what that line shows, at first the reference as it is written.
 */
export type Label = (...parts: unknown[]) => void;

/** Operations by name. What they return is the value; undefined is printed as null. */
export type SyncTable<K extends SyncOperation["op"]> = {
  readonly [N in K]: (cx: Activation, op: Named<SyncOperation, N>, label: Label) => unknown;
};
export type WaitingTable = {
  readonly [N in WaitingOperation["op"]]: (
    cx: Activation,
    op: Named<WaitingOperation, N>,
    label: Label,
  ) => Steps<unknown>;
};

export function* runOperation(
  cx: Activation,
  op: PlainOperation,
  act: (label: Label) => Steps<unknown>,
): Steps<void> {
  let line = withParts(op.op, "ref" in op ? [op.ref] : []);
  try {
    const value = yield* act((...parts) => line = withParts(op.op, parts));
    cx.log(`${line} -> ${value instanceof Raw ? value.text : printValue(value)}`);
    cx.store(op.into, value instanceof Raw ? null : asJson(value));
  } catch (error) {
    if (error instanceof NoReference) {
      cx.log(`${line} -> noref`);
      cx.store(op.into, null);
      return;
    }
    cx.log(`${line} !! ${print(error)}`);
    if (!matches(op.catch, error)) throw error;
  }
}

function withParts(name: string, parts: readonly unknown[]): string {
  return [name, ...parts.filter((part) => part !== undefined)].join(" ");
}
