/** Measures rows in rounds, so that a slow minute of the machine is slow for everybody. */

import { type Amount, type Entrant, operations, type Row } from "./row.ts";
import { processesFor, warmUpMsOf } from "./effort.ts";
import type { RowFigures } from "./report.ts";

interface Place {
  readonly entrant: Entrant;
  readonly n: number;
  readonly warmUp: number;
  readonly warmUpMs: number;
  readonly figures: number[];
  processes: number;
  /** One for each figure, until it is known how long one takes. */
  processesWanted: number;
}

export async function measureRows(
  rows: readonly Row[],
  rounds: number,
  progress: (what: string) => void,
  now: () => number = () => performance.now(),
): Promise<RowFigures[]> {
  const places = new Map(rows.map((row) => [row, placesIn(row, rounds)]));
  for (let round = 1; round <= rounds; round++) {
    for (const [row, inRow] of places) {
      for (const place of round % 2 === 0 ? inRow.toReversed() : inRow) {
        if (place.figures.length >= round) continue;
        progress(`round ${round} of ${rounds}: ${row.work}: ${place.entrant.who}`);
        await measure(place, rounds, now);
      }
    }
  }
  return rows.map((row) => ({
    part: row.part,
    work: row.work,
    unit: row.unit ?? "ns",
    ...(row.about === undefined ? {} : { about: row.about }),
    entrants: places.get(row)!.map(({ entrant: { who, way, less }, n, processes, figures }) => ({
      who,
      way,
      ...(less === undefined ? {} : { less }),
      n,
      processes,
      rounds: figures,
    })),
  }));
}

function placesIn(row: Row, rounds: number): Place[] {
  return row.entrants.filter((entrant) => entrant !== null).map((entrant) => {
    const n = operations(row, entrant);
    const warmUp = Math.min(n, row.warmUp ?? n);
    const warmUpMs = warmUpMsOf(row.part);
    return { entrant, n, warmUp, warmUpMs, figures: [], processes: 0, processesWanted: rounds };
  });
}

/** Runs one more process, for its share of the figures that are missing. */
async function measure(place: Place, rounds: number, now: () => number): Promise<void> {
  const { entrant, n, warmUp, warmUpMs, figures } = place;
  const processesLeft = Math.max(1, place.processesWanted - place.processes);
  const wanted = Math.ceil((rounds - figures.length) / processesLeft);
  const start = now();
  figures.push(...await measureTwice(entrant, { n, warmUp, warmUpMs, figures: wanted }));
  place.processes++;
  if (place.processes === 1) place.processesWanted = processesFor(rounds, now() - start);
}

/** Some pools do not always come up under Deno. One failure is told and may be chance, a second is not. */
async function measureTwice(entrant: Entrant, amount: Amount): Promise<number[]> {
  try {
    return await entrant.measure(amount);
  } catch (error) {
    console.error(`${entrant.who}, ${entrant.way}: is measured again, as it failed:`, error);
    return await entrant.measure(amount);
  }
}
