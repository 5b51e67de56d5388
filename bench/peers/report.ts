/** What was measured, as it is kept in JSON, and what is calculated from it. */

import { interquartileRange, median, quantile } from "../budgets/statistics.ts";

export interface Report {
  readonly started: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The machine's load over a minute, before and after. */
  readonly load: readonly number[];
  readonly rows: readonly RowFigures[];
}

export interface RowFigures {
  readonly part: string;
  readonly work: string;
  readonly unit: string;
  /** What a reader has to know of this kind of work. */
  readonly about?: string;
  readonly entrants: readonly Figures[];
}

export interface Figures {
  readonly who: string;
  readonly way: string;
  readonly less?: string;
  readonly n: number;
  /** How many processes its figures are of. */
  readonly processes: number;
  /** One of each round; null where it was not measured in that round. */
  readonly rounds: readonly (number | null)[];
}

export interface Comparison {
  readonly figures: Figures;
  readonly median: number;
  /** The range of the middle half, as a part of the median. */
  readonly spread: number;
  /** How many times ours and the limit, the median over the rounds in which both were measured. */
  readonly ofOurs: number;
  readonly ofLimit: number;
}

/** A peer that the fastest of ours does not clearly beat. */
export interface Rival extends Comparison {
  /** How many times the fastest of ours. */
  readonly ofBest: number;
  /** Ahead where the middle half of its ratios to the fastest of ours is clearly below 1. */
  readonly standing: "ahead" | "level";
}

/** Three hundredths less say nothing, however often they are measured: it may be another day's rounds. */
const CLEARLY = 0.97;

/** Everybody in a row, the fastest first. */
export function compareRow(row: RowFigures): Comparison[] {
  const ours = row.entrants.find(({ who }) => who === "ours");
  const limit = row.entrants.find(({ who }) => who === "limit");
  return row.entrants.map((figures) => {
    const measured = figures.rounds.filter((value) => value !== null);
    const middle = median(measured);
    return {
      figures,
      median: middle,
      spread: interquartileRange(measured) / middle,
      ofOurs: ratio(figures, ours),
      ofLimit: ratio(figures, limit),
    };
  }).toSorted((a, b) => a.median - b.median);
}

/** Who is ahead of the fastest of ours or level with it, the fastest first. The limit is no peer. */
export function rivals(row: RowFigures): Rival[] {
  const all = compareRow(row);
  const best = all.find(({ figures }) => figures.who.startsWith("ours"))?.figures;
  return all.flatMap((one): Rival[] => {
    const { who } = one.figures;
    if (who === "limit" || who.startsWith("ours")) return [];
    const ratios = ratiosTo(one.figures, best);
    if (ratios.length === 0 || quantile(ratios, 0.25) >= 1) return [];
    const standing = quantile(ratios, 0.75) < CLEARLY ? "ahead" : "level";
    return [{ ...one, ofBest: median(ratios), standing }];
  });
}

/** Several runs as one: rounds of the same entrant in the same row are put one after another. */
export function merge(reports: readonly Report[]): Report {
  const rows = new Map<string, RowFigures>();
  for (const report of reports) {
    for (const row of report.rows) rows.set(row.work, join(rows.get(row.work), row));
  }
  return {
    started: reports.map(({ started }) => started).toSorted()[0]!,
    machine: [...new Set(reports.map(({ machine }) => machine))].join("; "),
    versions: Object.assign({}, ...reports.map(({ versions }) => versions)),
    load: reports.flatMap(({ load }) => load),
    rows: [...rows.values()],
  };
}

function join(before: RowFigures | undefined, row: RowFigures): RowFigures {
  if (before === undefined) return row;
  const missed = nothing(before);
  const entrants = new Map(before.entrants.map((figures) => [figures.who, figures]));
  for (const figures of row.entrants) {
    const earlier = entrants.get(figures.who) ?? { processes: 0, rounds: missed };
    entrants.set(figures.who, {
      ...figures,
      processes: earlier.processes + figures.processes,
      rounds: [...earlier.rounds, ...figures.rounds],
    });
  }
  const full = missed.length + nothing(row).length;
  return {
    ...row,
    entrants: [...entrants.values()].map((figures) => ({
      ...figures,
      rounds: Array.from({ length: full }, (_, round) => figures.rounds[round] ?? null),
    })),
  };
}

function nothing(row: RowFigures): null[] {
  return new Array(Math.max(...row.entrants.map(({ rounds }) => rounds.length))).fill(null);
}

function ratio(figures: Figures, base: Figures | undefined): number {
  const ratios = ratiosTo(figures, base);
  return ratios.length === 0 ? NaN : median(ratios);
}

/** Round by round, where both were measured. */
function ratiosTo(figures: Figures, base: Figures | undefined): number[] {
  return figures.rounds.flatMap((value, round) => {
    const other = base?.rounds[round];
    return typeof value === "number" && typeof other === "number" ? [value / other] : [];
  });
}
