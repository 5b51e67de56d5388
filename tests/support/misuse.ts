/**
 * Registers misuse of the library: which class of error it gives, and that the loop goes on unharmed.
 */
import { type CoroutineGenerator, createTask, sleep } from "../../mod.ts";
import { bothStyles, once, type Style } from "./both_styles.ts";

/** Misuse in one task of a loop in which another task has work to do. */
export function refused(
  name: string,
  expected: new (message?: string) => Error,
  misuse: (style: Style) => CoroutineGenerator<unknown>,
): void {
  bothStyles(
    name,
    once((style, print) => {
      const { define, on } = style;
      const bystander = define(function* () {
        yield* on(sleep(10));
        print("bystander goes on");
      });
      return define(function* main() {
        const other = createTask(bystander);
        try {
          yield* misuse(style);
          print("nothing was thrown");
        } catch (error) {
          print("refused with", className(error));
        }
        yield* on(other);
        yield* on(sleep(10));
        print("main goes on");
      });
    }),
    [[0, `refused with ${expected.name}`], [10, "bystander goes on"], [20, "main goes on"]],
  );
}

/** The class of what `fn` throws, by name. */
export function thrownBy(fn: () => unknown): string {
  try {
    fn();
  } catch (error) {
    return className(error);
  }
  return "nothing";
}

function className(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}
