/** What this machine has of what is compared. */

import { CAST } from "./cast.ts";
import config from "../../deno.json" with { type: "json" };
import { PYTHON } from "./python.ts";
import type { RowFigures } from "./report.ts";

/** The versions that these rows depend on. */
export function versions(rows: readonly RowFigures[]): Record<string, string> {
  const { deno, v8 } = Deno.version;
  const imports: Record<string, string> = config.imports;
  const names = new Set(rows.flatMap(({ entrants }) => entrants.map(({ who }) => who)));
  const packages = [...names].flatMap((who) => {
    const npm = CAST[who]?.npm;
    return npm === undefined ? [] : [[npm, imports[npm]!.split("@").at(-1)!]];
  });
  return { Deno: deno, V8: v8, ...Object.fromEntries(packages), ...PYTHON?.versions };
}

/** Who is not in the table on this machine, a line for each. */
export function describeMissing(): string[] {
  const python = PYTHON;
  if (python === null) {
    return ["No Python since 3.11: asyncio, uvloop and trio are not in the table"];
  }
  return ["uvloop", "trio"].filter((name) => !(name in python.versions))
    .map((name) => `No Python with ${name}: it is not in the table`);
}
