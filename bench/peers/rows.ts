/** All rows of the table, in its order. */

import type { Row } from "./row.ts";
import { SCHEDULING } from "./rows/scheduling.ts";

export const ROWS: readonly Row[] = [...SCHEDULING];

/** The rows that have the word in their name; in a quick run without those that take a minute each. */
export function findRows(word: string, isQuick: boolean): Row[] {
  return ROWS.filter(({ work, effort }) => work.includes(word) && !(isQuick && effort === "once"));
}
