// How the three ways compare, and why.

import type { Screen } from "./screen.ts";
import type { Style } from "./step.ts";
import type { Times } from "./show.ts";
import { LANES } from "./downloads.ts";
import { PAGES } from "./pages.ts";

const BAR = 20;

/** Prints a table of the times, a column a style, with the first way as the measure. */
export function summarize(
  results: ReadonlyMap<Style, Times>,
  latencyMs: number,
  screen: Screen,
): void {
  const styles = [...results.keys()];
  const all = [...results.values()];
  const titles = [...all[0]!.keys()];
  const longest = Math.max(...all.flatMap((times) => [...times.values()]));
  screen.line();
  screen.line(
    " ".repeat(21) + styles.map((style) => screen.ink("bold", style.padEnd(18))).join(""),
  );
  for (const title of titles) {
    const cells = all.map((times) => {
      const ms = times.get(title)!;
      const ratio = `${(times.get(titles[0]!)! / ms).toFixed(1)} ×`;
      return `${seconds(ms).padEnd(7)}${ratio.padStart(7)}`.padEnd(18);
    });
    const bar = "━".repeat(Math.max(1, Math.round(all[0]!.get(title)! / longest * BAR)));
    screen.line(`  ${title.padEnd(19)}${cells.join("")}${screen.ink("cyan", bar)}`);
  }
  screen.line();
  const rounds = Math.ceil(PAGES.length / LANES);
  screen.line(
    `  ${PAGES.length} pages of ${latencyMs} ms, ${LANES} at a time, are ${rounds} rounds: ` +
      `${rounds * latencyMs} ms. ${LANES} lanes cannot be more`,
  );
  screen.line(
    `  than ${LANES} times as fast as one; only more lanes can: ${PAGES.length} need one round, ` +
      `${latencyMs} ms.`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
