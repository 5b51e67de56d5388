/** Compares traces with the reference, and says what agrees, how far, and where the first differences are. */

import { coarse, contains, sameCoarse, withoutMessages } from "./coarse.ts";
import type { ConformanceRecord } from "./records.ts";

/** From the strictest to none; a program that agrees on one level agrees on the later ones. */
export type Agreement = "strict" | "strict without messages" | "coarse" | "none" | "not run";

export interface Outcome {
  readonly record: ConformanceRecord;
  readonly agreement: Agreement;
  readonly trace: readonly string[];
  /** Why it was not run. */
  readonly reason?: string;
}

export interface Summary {
  readonly total: number;
  readonly strict: number;
  readonly withoutMessages: number;
  readonly coarse: number;
  readonly notRun: number;
}

export function compare(record: ConformanceRecord, trace: readonly string[]): Agreement {
  if (sameLines(trace, record.trace)) return "strict";
  if (sameLines(trace.map(withoutMessages), record.trace.map(withoutMessages))) {
    return "strict without messages";
  }
  const actual = coarse(trace);
  const agrees = record.racy
    ? contains(actual, record.must ?? {})
    : sameCoarse(actual, record.coarse);
  return agrees ? "coarse" : "none";
}

export function summarize(outcomes: readonly Outcome[]): Summary {
  const count = (...levels: Agreement[]) =>
    outcomes.filter(({ agreement }) => levels.includes(agreement)).length;
  return {
    total: outcomes.length,
    strict: count("strict"),
    withoutMessages: count("strict", "strict without messages"),
    coarse: count("strict", "strict without messages", "coarse"),
    notRun: count("not run"),
  };
}

/** The share of programs that has to agree. Async functions: where native promises decide, order may differ. */
export const THRESHOLDS = {
  generator: { coarse: 1, strict: 0.99 },
  async: { coarse: 0.99, strict: 0 },
} as const;

export function passes(style: keyof typeof THRESHOLDS, summary: Summary): boolean {
  const { coarse, strict } = THRESHOLDS[style];
  return summary.coarse >= coarse * summary.total && summary.strict >= strict * summary.total;
}

export function formatSummary(style: string, summary: Summary): string {
  const row = (label: string, agreed: number) => {
    const percent = (100 * agreed / summary.total).toFixed(2);
    return `  ${label.padEnd(24)}${agreed} of ${summary.total} (${percent} %)`;
  };
  const lines = [
    `${style === "async" ? "async functions" : "generators"}:`,
    row("strict", summary.strict),
    row("strict without messages", summary.withoutMessages),
    row("coarse", summary.coarse),
  ];
  if (summary.notRun > 0) lines.push(`  ${"not run".padEnd(24)}${summary.notRun}`);
  return lines.join("\n");
}

/** The program and both traces around the first line that differs, side by side. */
export function formatDifference({ record, agreement, trace, reason }: Outcome): string {
  const head = `${record.id} (${agreement})${record.about ? `: ${record.about}` : ""}`;
  if (reason !== undefined) return `${head}\n  ${reason}`;
  const first = firstDifference(record.trace, trace);
  const width = Math.max(...record.trace.map((line) => line.length), 8) + 3;
  const lines = [`    ${"expected".padEnd(width)}actual`];
  const last = Math.min(Math.max(record.trace.length, trace.length), first + AROUND + 1);
  for (let i = Math.max(0, first - AROUND); i < last; i++) {
    const [expected, actual] = [record.trace[i] ?? "", trace[i] ?? ""];
    lines.push(`  ${expected === actual ? " " : "*"} ${expected.padEnd(width)}${actual}`.trimEnd());
  }
  return [head, `  ${JSON.stringify(record.program)}`, ...lines].join("\n");
}

const AROUND = 6;

function firstDifference(expected: readonly string[], actual: readonly string[]): number {
  const first = expected.findIndex((line, i) => line !== actual[i]);
  return first < 0 ? expected.length : first;
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}
