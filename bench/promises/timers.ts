/** What the platform offers for the same jobs: one host timer for each wait. */

/** n async functions sleep for 1 to 10 ms. */
export async function parked(n: number): Promise<number> {
  const sleepers: Promise<number>[] = new Array(n);
  for (let i = 0; i < n; i++) sleepers[i] = sleeper(1 + i % 10);
  let woken = 0;
  for (const one of await Promise.all(sleepers)) woken += one;
  return woken;
}

/** n async functions begin to sleep for an hour. */
export function parkForAnHour(n: number): void {
  for (let i = 0; i < n; i++) void sleeper(3_600_000);
}

/** Sets a hundred timers and cancels them, until n have been set. */
export function timerChurn(n: number): number {
  const timers: ReturnType<typeof setTimeout>[] = new Array(100);
  let cancelled = 0;
  for (let i = 0; i < n; i += 100) {
    for (let j = 0; j < 100; j++) timers[j] = setTimeout(nothing, 60_000);
    for (let j = 0; j < 100; j++) {
      clearTimeout(timers[j]!);
      cancelled++;
    }
  }
  return cancelled;
}

/** n times: a body that is done at once, racing a timer that is cleared again. */
export async function timeoutReady(n: number): Promise<number> {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const expiry = Promise.withResolvers<number>();
    const timer = setTimeout(expiry.reject, 60_000);
    total += await Promise.race([one(), expiry.promise]);
    clearTimeout(timer);
  }
  return total;
}

function nothing(): void {}

// deno-lint-ignore require-await -- the shortest async function there is
async function one(): Promise<number> {
  return 1;
}

async function sleeper(ms: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return 1;
}
