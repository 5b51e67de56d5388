/** When a row has become slower: measured again until it is within its room, or has failed too often. */

import type { GuardRow } from "./rows.ts";

/** `brief`: enough for a row that is not slower, with room for another machine than the one of the limits. */
export type Look = "brief" | "full";

/** `faster`: the kept ratio lets a regression through, and should be written anew. */
export type GuardVerdict = "ok" | "faster" | "SLOWER" | "NOT KEPT";

/** What was found out about a row. */
export interface Judged {
  readonly work: string;
  readonly kept: number | null;
  /** The best of the attempts. */
  readonly ratio: number;
  readonly attempts: number;
  readonly verdict: GuardVerdict;
}

/** How much more effort each attempt makes. A row that was slower in all of them is slower. */
const EFFORTS = [1, 1, 2, 3, 4, 4, 4];

/**
 * Measures a row, and again whenever it seems slower. Noise makes a ratio worse now and then, seldom
 * better; a regression makes every ratio worse. So the best attempt counts.
 *
 * @param kept Its ratio in `limits.json`, if there is one.
 */
export async function judgeRow(
  row: GuardRow,
  kept: number | undefined,
  look: Look,
): Promise<Judged> {
  const { work } = row;
  const [room, effort] = look === "brief" ? [row.briefRoom, 1] : [row.room, 3];
  let ratio = Infinity;
  let attempts = 0;
  for (const times of EFFORTS) {
    ratio = Math.min(ratio, await row.measure(effort * times));
    attempts++;
    if (kept === undefined || ratio <= kept * room) break;
  }
  return { work, kept: kept ?? null, ratio, attempts, verdict: verdictOf(ratio, kept, room) };
}

function verdictOf(ratio: number, kept: number | undefined, room: number): GuardVerdict {
  if (kept === undefined) return "NOT KEPT";
  if (ratio > kept * room) return "SLOWER";
  return ratio * room < kept ? "faster" : "ok";
}
