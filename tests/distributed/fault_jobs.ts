/** What the workers of the fault tests run. */

import { checkCancelled, reportProgress } from "../../mod.ts";

/** Notes that it was started, takes its time, and answers with what it was given. */
export async function work(n: number, ms: number, notes?: string): Promise<number> {
  if (notes !== undefined) note(notes, n);
  await new Promise((resolve) => setTimeout(resolve, ms));
  return n * n;
}

/** The same, but it keeps its thread busy. */
export function compute(n: number, ms: number, notes?: string): number {
  if (notes !== undefined) note(notes, n);
  const end = performance.now() + ms;
  while (performance.now() < end) checkCancelled();
  return n * n;
}

/** Waits for a file, so that the test decides when it ends. */
export async function untilThere(path: string, notes: string): Promise<string> {
  note(notes, "untilThere");
  for (;;) {
    try {
      return await Deno.readTextFile(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5)); // a file tells nobody that it is there
    }
  }
}

/** Reports so many things. */
export function report(values: readonly unknown[]): number {
  for (const value of values) reportProgress(value);
  return values.length;
}

/** Fails. */
export function refuse(why: string): never {
  throw new TypeError(why);
}

/** What an object has that nobody gave it, here and in what this worker has run before. */
export function prototypes(_given: unknown): string[] {
  const found: string[] = [];
  for (const key in {}) found.push(key);
  return found;
}

/** An export that is no job. */
export const limit = 42;

/** Takes the whole worker with it. */
export function poison(notes: string): void {
  note(notes, "poison");
  Deno.kill(Deno.pid, "SIGKILL");
}

/** A line of its own in a file that many write to: the system appends whole lines. */
function note(path: string, what: unknown): void {
  Deno.writeTextFileSync(path, `${what}\n`, { append: true });
}
