/**
 * `deno task conformance [--style generator|async] [--out FILE] [FILES]`: runs the programs in both
 * styles, or the one asked for, and prints how many agree with CPython. `--out` receives the traces
 * of one style (generators unless asked otherwise), one JSON line a program.
 */

import { CORPORA, readRecords } from "./records.ts";
import { formatDifference, formatSummary, passes, summarize } from "./report.ts";
import { runRecords } from "./run_records.ts";
import { asyncStyle, generatorStyle, type Style } from "./styles.ts";

const DIFFERENCES_SHOWN = 5;

async function main(args: readonly string[]): Promise<number> {
  const { files, out, style } = parse(args);
  const records = (await Promise.all(files.map((file) => readRecords(file)))).flat();
  let passed = records.length > 0;
  for (const each of style ? [style] : [generatorStyle, asyncStyle]) {
    const outcomes = await runRecords(records, each);
    const summary = summarize(outcomes);
    console.log(formatSummary(each.name, summary));
    const differing = outcomes.filter(({ agreement }) => agreement !== "strict")
      .sort((a, b) => SEVERITY.indexOf(a.agreement) - SEVERITY.indexOf(b.agreement));
    for (const outcome of differing.slice(0, DIFFERENCES_SHOWN)) {
      console.log(`\n${formatDifference(outcome)}`);
    }
    passed &&= passes(each.name, summary);
    if (out !== undefined && each === (style ?? generatorStyle)) {
      const lines = outcomes.map(({ record, trace }) => JSON.stringify({ id: record.id, trace }));
      await Deno.writeTextFile(out, lines.join("\n") + "\n");
    }
  }
  return passed ? 0 : 1;
}

/** The worst first. */
const SEVERITY = ["not run", "none", "coarse", "strict without messages"];

function parse(args: readonly string[]) {
  const files: (string | URL)[] = [];
  let out: string | undefined;
  let style: Style | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--out") out = args[++i];
    else if (arg === "--style") style = styleNamed(args[++i]);
    else files.push(arg);
  }
  return { files: files.length > 0 ? files : CORPORA, out, style };
}

function styleNamed(name: string | undefined): Style {
  for (const style of [generatorStyle, asyncStyle]) {
    if (style.name === name) return style;
  }
  throw new TypeError(`Cannot run style "${name}", expected "generator" or "async"`);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
