// The part of @std/testing/types that the tests use: statements about types that the type checker
// tests. Nothing here does anything at run time.

export function assertType<T extends boolean>(_expectTrue: T): void {}

export type AssertTrue<_T extends true> = never;
export type AssertFalse<_T extends false> = never;

/**
 * Two types are the same when the checker finds two conditional types over them identical. Stricter
 * than @std/testing's: an intersection is not the object type that it amounts to. Written out
 * twice, because under an alias the checker compares T with U themselves, and any passes for all.
 */
export type IsExact<T, U> = (<X>() => X extends T ? 1 : 2) extends (<X>() => X extends U ? 1 : 2)
  ? true
  : false;

export type Has<T, U> = IsAny<T> extends true ? true
  : IsAny<U> extends true ? false
  : IsNever<Extract<T, U>> extends true ? false
  : true;
export type NotHas<T, U> = Has<T, U> extends true ? false : true;

export type IsAny<T> = 0 extends (1 & T) ? true : false;
export type IsNever<T> = [T] extends [never] ? true : false;
export type IsUnknown<T> = IsAny<T> extends true ? false : unknown extends T ? true : false;
export type IsNullable<T> = IsNever<Extract<T, null | undefined>> extends true ? false : true;
