/**
 * The helper that the document on coroutines shares between its examples, in both styles.
 */
import { sleep } from "../../mod.ts";
import type { Print } from "../support/both_styles.ts";

export function* delay(print: Print, seconds: number) {
  print(`sleeping for ${seconds} second(s)`);
  yield* sleep(seconds * 1000);
  print(`finished sleeping for ${seconds} second(s)`);
  return seconds;
}

export async function delayAsync(print: Print, seconds: number): Promise<number> {
  print(`sleeping for ${seconds} second(s)`);
  await sleep(seconds * 1000);
  print(`finished sleeping for ${seconds} second(s)`);
  return seconds;
}
