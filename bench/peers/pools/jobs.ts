/** What the pools are given to do. Each package loads these functions in its own way. */

/** Next to no work; with a buffer, the way there and back. */
export function echo<T>(value: T): T {
  return value;
}

/** For n = 27 about 2 ms. */
export function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

export function fail(value: number): never {
  throw new Error(`no ${value}`);
}
