// What the tests rely on in @std/testing/types. The type checker does the testing, both ways: a
// statement that should be refused and is not makes its @ts-expect-error an error.

import {
  assertType,
  type Has,
  type IsExact,
  type IsNullable,
  type NotHas,
} from "@std/testing/types";
import type { IsAny, IsNever, IsUnknown } from "@std/testing/types";

Deno.test("assertType() accepts what holds and refuses what does not, at type check", () => {
  assertType<IsExact<string, string>>(true);
  assertType<IsExact<{ a?: number }, { a?: number }>>(true);
  assertType<IsExact<string | number, string>>(false);
  assertType<IsExact<string, "literal">>(false);
  // deno-lint-ignore no-explicit-any -- telling any from others is the point
  assertType<IsExact<any, string>>(false);
  assertType<IsExact<() => number, () => string>>(false);
  assertType<Has<string | number, number>>(true);
  assertType<Has<string | number, boolean>>(false);
  assertType<NotHas<string | number, boolean>>(true);
  assertType<IsNullable<string | null>>(true);
  assertType<IsNullable<string>>(false);
  // deno-lint-ignore no-explicit-any -- telling any from others is the point
  assertType<IsAny<any>>(true);
  assertType<IsAny<unknown>>(false);
  assertType<IsNever<never>>(true);
  assertType<IsNever<undefined>>(false);
  assertType<IsUnknown<unknown>>(true);
  assertType<IsUnknown<string>>(false);
  // @ts-expect-error: the types differ
  assertType<IsExact<string, number>>(true);
  // @ts-expect-error: the types are the same
  assertType<IsExact<string, string>>(false);
  // @ts-expect-error: the union lacks it
  assertType<Has<string | number, boolean>>(true);
});
