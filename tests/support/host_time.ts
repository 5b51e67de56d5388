/**
 * The host's clock under a test's control: how long a step takes on it is decided, not measured.
 */
import { stub } from "@std/testing/mock";

let now = 1000;

/** Until it is disposed of, `performance.now()` moves on by `busy` alone. */
export function holdHostTime(): Disposable {
  const held = stub(performance, "now", () => now);
  return { [Symbol.dispose]: () => held.restore() };
}

/** Synchronous work that takes so long. */
export function busy(ms: number): void {
  now += ms;
}
