// Several errors as one, which can be taken apart again. PEP 654.

/**
 * Several errors at once, as a TaskGroup ends with them. Members may be groups themselves.
 *
 * @example
 * ```ts
 * import { ExceptionGroup } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * const group = new ExceptionGroup("two", [new TypeError("a"), new RangeError("b")]);
 * const [types, rest] = group.split((e) => e instanceof TypeError);
 * assertEquals(types?.errors.length, 1);
 * assertEquals(rest?.errors.length, 1);
 * ```
 */
export class ExceptionGroup extends AggregateError {
  static {
    this.prototype.name = "ExceptionGroup";
  }

  /**
   * Makes a group of at least one error.
   *
   * @param message What they have in common.
   * @param errors The members, in order.
   * @param options `cause`, as for every Error.
   * @throws {RangeError} When there are no errors.
   */
  constructor(message: string, errors: readonly unknown[], options?: ErrorOptions) {
    if (errors.length === 0) {
      throw new RangeError("Cannot make an ExceptionGroup: no errors given, expected at least one");
    }
    super([...errors], message, options);
  }

  /**
   * The members that match, with the nesting kept.
   *
   * @param match Asked about this group first (true takes it whole), then about each member.
   * @returns The matching part, or null when nothing matches.
   */
  subgroup(match: (error: unknown) => boolean): ExceptionGroup | null {
    return this.split(match)[0];
  }

  /**
   * Parts the group into what matches and what does not, with the nesting kept.
   *
   * @param match Asked about this group first (true takes it whole), then about each member.
   * @returns The matching part and the rest, each null when it is empty.
   */
  split(match: (error: unknown) => boolean): [ExceptionGroup | null, ExceptionGroup | null] {
    if (match(this)) return [this, null];
    const yes: unknown[] = [];
    const no: unknown[] = [];
    for (const error of this.errors) {
      if (error instanceof ExceptionGroup) {
        const [matching, rest] = error.split(match);
        if (matching !== null) yes.push(matching);
        if (rest !== null) no.push(rest);
      } else (match(error) ? yes : no).push(error);
    }
    return [this.#derive(yes), this.#derive(no)];
  }

  #derive(errors: unknown[]): ExceptionGroup | null {
    if (errors.length === 0) return null;
    const options = this.cause === undefined ? undefined : { cause: this.cause };
    return new ExceptionGroup(this.message, errors, options);
  }
}
