/** The corpora: programs with the traces that CPython 3.13 gave, one JSON record a line, gzipped. */

import type { Coarse } from "./coarse.ts";
import type { Program } from "./program.ts";

export interface ConformanceRecord {
  id: string;
  /** The behaviour in one line; hand-written programs only. */
  about?: string;
  program: Program;
  /** The strict trace of the reference. */
  trace: string[];
  coarse: Coarse;
  /** Whether the coarse trace depends on the order inside one instant. */
  racy: boolean;
  /** The entries that no legal order changes; racy programs only. */
  must?: Coarse;
  features: string[];
}

/** The copies that belong to this test. */
export const CORPORA: readonly URL[] = ["corpus.ndjson.gz", "generated.ndjson.gz"]
  .map((name) => new URL(name, import.meta.url));

/** Reads a `.ndjson.gz` (or plain `.ndjson`) file. */
export async function readRecords(file: string | URL): Promise<ConformanceRecord[]> {
  const opened = (await Deno.open(file)).readable;
  const bytes = String(file).endsWith(".gz")
    ? opened.pipeThrough(new DecompressionStream("gzip"))
    : opened;
  const lines = (await new Response(bytes).text()).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
