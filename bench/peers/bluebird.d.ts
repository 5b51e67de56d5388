/** As much of Bluebird's types as the benches need; the package has none. */

export default class Bluebird<T> implements PromiseLike<T> {
  constructor(executor: (resolve: (value: T) => void) => void);
  static config(options: { cancellation: boolean }): void;
  static coroutine<A extends unknown[], T>(
    body: (...args: A) => Generator<PromiseLike<unknown>, T, never>,
  ): (...args: A) => Bluebird<T>;
  static resolve(): Bluebird<void>;
  static all<T>(promises: readonly PromiseLike<T>[]): Bluebird<T[]>;
  static map<T>(
    items: readonly unknown[],
    mapper: () => PromiseLike<T>,
    options: { concurrency: number },
  ): Bluebird<T[]>;
  static delay(ms: number): Bluebird<void>;
  then: PromiseLike<T>["then"];
  timeout(ms: number): Bluebird<T>;
  cancel(): void;
  isCancelled(): boolean;
}
