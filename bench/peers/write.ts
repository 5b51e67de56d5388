/** Where the figures of the peers are kept: as JSON, in the README of the benches, and as a picture. */

import { chaptersOf, reportAsMarkdown } from "./markdown.ts";
import { drawReport } from "./picture.ts";
import type { Report } from "./report.ts";

const BENCH = new URL("..", import.meta.url);
const FROM = "<!-- what bench:peers --write writes -->";
const TO = "<!-- up to here -->";

export async function writeReport(report: Report): Promise<void> {
  const readme = new URL("README.md", BENCH);
  const page = await Deno.readTextFile(readme);
  const [from, to] = [page.indexOf(FROM), page.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`bench/README.md has no ${FROM} … ${TO}`);
  const written = `${page.slice(0, from)}${FROM}\n\n${reportAsMarkdown(report)}\n\n`;
  await Deno.writeTextFile(readme, written + page.slice(to));
  await Deno.writeTextFile(new URL("peers.json", BENCH), stringify(report));
  for (const chapter of chaptersOf(report)) {
    await Deno.writeTextFile(new URL(chapter.picture, BENCH), drawReport(chapter.report));
  }
  await format(readme.pathname);
}

/** A line for each entrant, so that a diff shows who has changed. */
export function stringify({ rows, ...head }: Report): string {
  const parts = rows.map(({ entrants, ...row }) => {
    const lines = entrants.map((figures) => `      ${JSON.stringify(figures)}`).join(",\n");
    return `    ${JSON.stringify(row).slice(0, -1)}, "entrants": [\n${lines}\n    ]}`;
  });
  return `${JSON.stringify(head).slice(0, -1)}, "rows": [\n${parts.join(",\n")}\n]}\n`;
}

/** The columns of a table in Markdown are as wide as deno fmt wants them. */
async function format(path: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", path],
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
