// The test command: checks the types once, then runs the tests and the examples in the docs.
// Types are not checked again while the tests run: deno would do it for the first worker of each
// file, at more than a second each.
//
// Arguments are those of `deno test`; without a path among them, everything is tested.

import { checkArgs } from "./check.ts";
import { deno } from "./deno.ts";
import { stdFlags } from "./std.ts";

const EVERYTHING = ["mod.ts", "src", "README.md", "tests"];
const FLAGS = ["--doc", "--allow-all", "--no-check", "--v8-flags=--expose-gc"];

/** Everything after `deno test`. */
export async function testFlags(asked: string[] = []): Promise<string[]> {
  const paths = asked.some(exists) ? [] : EVERYTHING;
  return [...FLAGS, ...await stdFlags(), ...asked, ...paths];
}

async function main(asked: string[]): Promise<number> {
  const paths = asked.some(exists) ? asked.filter(exists) : EVERYTHING;
  const checked = await deno(await checkArgs(paths));
  return checked === 0 ? await deno(["test", ...await testFlags(asked)]) : checked;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
