// check.ts [paths]: checks the types of the code, of the examples in its docs, and of those in
// Markdown pages, which deno finds by itself when it runs examples but not when it checks them.

import { deno } from "./deno.ts";
import { filesIn } from "./files.ts";
import { stdFlags } from "./std.ts";

/** Everything after `deno`, for these paths or for all. */
export async function checkArgs(asked: readonly string[]): Promise<string[]> {
  const paths = asked.length > 0 ? asked : ["."];
  const pages = await Promise.all(paths.map((path) => filesIn(path, ".md")));
  return ["check", "--quiet", "--doc", ...await stdFlags(), ...paths, ...pages.flat()];
}

if (import.meta.main) Deno.exit(await deno(await checkArgs(Deno.args)));
