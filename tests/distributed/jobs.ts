/** The jobs that the tests have run on a cluster. */
import { checkCancelled, type JobInfo, jobInfo, jobSignal, reportProgress } from "../../mod.ts";

export class OutOfStock extends Error {
  override name = "OutOfStock";

  constructor(readonly what: string) {
    super(`no ${what}`);
  }
}

/** Not a function: cannot be run. */
export const greeting = "hello";

export const square = (n: number): number => n * n;

export const echo = (value: unknown): unknown => value;

export const later = (n: number): Promise<number> => Promise.resolve(n);

/** A coroutine of this library's other style. */
export function* generated(n: number): Generator<unknown, number> {
  yield* [];
  return n + 1;
}

export function sell(what: string): never {
  throw new OutOfStock(what);
}

export function refuseOdd(n: number): number {
  if (n % 2 === 1) throw new RangeError(`${n} is odd`);
  return n;
}

export function report(count: number): string {
  for (let i = 0; i < count; i++) reportProgress({ at: new Map([["i", i]]) });
  return "reported";
}

/** Ends only by being cancelled. Says when it runs, and in a file when it was stopped. */
export async function untilCancelled(endedFile: string): Promise<never> {
  reportProgress("running");
  const signal = jobSignal();
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  await Deno.writeTextFile(endedFile, "stopped");
  throw signal.reason;
}

/** As above, in a synchronous loop. */
export function spinUntilCancelled(): never {
  reportProgress("running");
  for (;;) checkCancelled();
}

/** Fails so many times, counting in a file. */
export function failTimes(times: number, file: string): number {
  const before = Number(Deno.readTextFileSync(file));
  Deno.writeTextFileSync(file, String(before + 1));
  if (before < times) throw new Error(`attempt ${before + 1}`);
  return before + 1;
}

/** Appends a line to a file. */
export function append(file: string, line: string): void {
  Deno.writeTextFileSync(file, `${line}\n`, { append: true });
}

/** Fails the first time, and says what it knows of itself. */
export function failOnce(): JobInfo {
  const info = jobInfo();
  if (info.attempt === 1) throw new Error("the first attempt");
  return info;
}

export const large = (length: number): string => "x".repeat(length);

export const notData = (): unknown => () => {};

/** Waits for what a test writes into a file. */
export async function untilFileHolds(file: string, text: string): Promise<string> {
  reportProgress("running");
  while (await Deno.readTextFile(file) !== text) {
    checkCancelled();
    await new Promise((resolve) => setTimeout(resolve, 5)); // the file tells nobody
  }
  return "went on";
}
