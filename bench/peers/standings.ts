/** Who is ahead of ours, or level with it: with a reason, or because he does less. */

import { doesLess, formatRatio } from "./text.ts";
import { reasonFor } from "./reasons.ts";
import { type Report, type Rival, rivals, type RowFigures } from "./report.ts";

/** A line for each row in which there is somebody, and what their numbers in brackets stand for. */
export interface Standings {
  /** Who is ahead and does not do less, with the number of a reason. */
  readonly ahead: string[];
  readonly reasons: string[];
  readonly aheadWithLess: string[];
  readonly level: string[];
}

/** The ratios are to the fastest of ours in the row. */
export function standingsOf({ rows }: Report): Standings {
  const reasons: string[] = [];

  function nameWithReason(one: Rival, { part }: RowFigures): string {
    const why = reasonFor(part, one.figures.who);
    if (why === undefined) return nameWithRatio(one);
    if (!reasons.includes(why)) reasons.push(why);
    return `${nameWithRatio(one)} (${reasons.indexOf(why) + 1})`;
  }

  const isAhead = ({ standing }: Rival) => standing === "ahead";
  return {
    ahead: linesOf(rows, (one) => isAhead(one) && !doesLess(one), nameWithReason),
    reasons: reasons.map((why, i) => `(${i + 1}) ${why}`),
    aheadWithLess: linesOf(rows, (one) => isAhead(one) && doesLess(one)),
    level: linesOf(rows, (one) => !isAhead(one)),
  };
}

function linesOf(
  rows: readonly RowFigures[],
  isWanted: (one: Rival) => boolean,
  format: (one: Rival, row: RowFigures) => string = nameWithRatio,
): string[] {
  return rows.flatMap((row) => {
    const names = rivals(row).filter(isWanted).map((one) => format(one, row));
    return names.length === 0 ? [] : [`${row.work}: ${names.join(", ")}`];
  });
}

function nameWithRatio({ figures, ofBest }: Rival): string {
  return `${figures.who} ${formatRatio(ofBest)}`;
}
