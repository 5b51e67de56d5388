/**
 * A context manager that tells what happens to it.
 */
import { type AsyncContextManager, type BodyError, sleep } from "../../mod.ts";
import type { Print, Style } from "../support/both_styles.ts";

/** Opens and closes in 1 ms each. `onExit` may throw, or return true to swallow. */
export function door(
  { define, on }: Style,
  print: Print,
  name: string,
  onExit: (error: BodyError | null) => boolean | void = () => {},
): AsyncContextManager<string> {
  return {
    enter: define(function* () {
      yield* on(sleep(1));
      print("open", name);
      return `<${name}>`;
    }),
    exit: define(function* (error: BodyError | null) {
      yield* on(sleep(1));
      print("close", name, error === null ? "after no error" : `after ${error.error}`);
      return onExit(error);
    }),
  };
}
