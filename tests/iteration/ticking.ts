/**
 * A producer that tells what happens to it.
 */
import { asyncGenerator, type CoroutineAsyncGenerator, emit, sleep } from "../../mod.ts";
import type { Print } from "../support/both_styles.ts";

/** Emits 0, 1, 2 and so on, one each 10 ms, and takes 5 ms to clean up. */
export function ticking(print: Print): (n: number) => CoroutineAsyncGenerator<number> {
  return asyncGenerator(function* ticks(n: number) {
    try {
      for (let i = 0; i < n; i++) {
        yield* sleep(10);
        yield* emit(i);
      }
      print("ended");
    } catch (error) {
      print("thrown", error);
      throw error;
    } finally {
      yield* sleep(5);
      print("cleaned up");
    }
  });
}
