/** Measures rows in rounds, so that a slow minute of the machine is slow for everybody. */

import { type Entrant, operations, type Row } from "./row.ts";
import type { RowFigures } from "./report.ts";

/** Who has once taken longer than this is measured in the first rounds only. */
const LONG_MS = 10_000;
const ROUNDS_OF_LONG = 3;

interface Place {
  readonly entrant: Entrant;
  readonly n: number;
  readonly rounds: (number | null)[];
  isLong: boolean;
}

export async function measureRows(
  rows: readonly Row[],
  rounds: number,
  progress: (what: string) => void,
): Promise<RowFigures[]> {
  const places = new Map(rows.map((row) => [row, placesIn(row)]));
  for (let round = 1; round <= rounds; round++) {
    for (const [row, inRow] of places) {
      for (const place of round % 2 === 0 ? inRow.toReversed() : inRow) {
        progress(`round ${round} of ${rounds}: ${row.work}: ${place.entrant.who}`);
        const isToMeasure = round <= ROUNDS_OF_LONG || !place.isLong;
        place.rounds.push(isToMeasure ? await measure(row, place) : null);
      }
    }
  }
  return rows.map((row) => ({
    part: row.part,
    work: row.work,
    unit: row.unit ?? "ns",
    entrants: places.get(row)!.map(({ entrant: { who, way, less }, n, rounds }) => ({
      who,
      way,
      ...(less === undefined ? {} : { less }),
      n,
      rounds,
    })),
  }));
}

function placesIn(row: Row): Place[] {
  return row.entrants.filter((entrant) => entrant !== null).map((entrant) => ({
    entrant,
    n: operations(row, entrant),
    rounds: [],
    isLong: false,
  }));
}

async function measure(row: Row, place: Place): Promise<number> {
  const start = performance.now();
  const figure = await place.entrant.measure(place.n, row.effort ?? "brief");
  place.isLong ||= performance.now() - start > LONG_MS;
  return figure;
}
