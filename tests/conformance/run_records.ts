/** Runs records in one style; a program that cannot be run, or never ends, is an outcome too. */

import { runProgram } from "./harness.ts";
import type { ConformanceRecord } from "./records.ts";
import { compare, type Outcome } from "./report.ts";
import type { Style } from "./styles.ts";

/** Real time, a thousand times what the longest program takes: only for what would hang otherwise. */
const HANGS_AFTER_MS = 10_000;

export async function runRecords(
  records: readonly ConformanceRecord[],
  style: Style,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const record of records) outcomes.push(await runRecord(record, style));
  return outcomes;
}

async function runRecord(record: ConformanceRecord, style: Style): Promise<Outcome> {
  try {
    const trace = await withDeadline(runProgram(record.program, style));
    return { record, trace, agreement: compare(record, trace) };
  } catch (error) {
    const reason = error instanceof Error ? error.stack ?? error.message : String(error);
    return { record, trace: [], agreement: "not run", reason };
  }
}

async function withDeadline<T>(run: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hanging = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Cannot end: still running after ${HANGS_AFTER_MS} ms`)),
      HANGS_AFTER_MS,
    );
  });
  try {
    return await Promise.race([run, hanging]);
  } finally {
    clearTimeout(timer);
  }
}
