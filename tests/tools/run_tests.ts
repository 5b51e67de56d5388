// The test command: checks the types once, then runs the tests and the examples in the docs.
// Types are not checked again while the tests run: deno would do it for the first worker of each
// file, at more than a second each.
//
// Arguments are those of `deno test`; without a path among them, everything is tested.

import { deno } from "./deno.ts";
import { stdFlags } from "./std.ts";

const EVERYTHING = ["mod.ts", "src", "README.md", "tests"];
const FLAGS = ["--doc", "--allow-all", "--no-check", "--v8-flags=--expose-gc"];

/** What was tested by which flags; `only` has the paths and flags that somebody asked for. */
export async function testFlags(only: string[] = []): Promise<string[]> {
  const paths = existing(only);
  return [
    ...FLAGS,
    ...await stdFlags(),
    ...only,
    ...(paths.length > 0 ? [] : existing(EVERYTHING)),
  ];
}

/** Gives the first exit code that is not 0. */
async function main(args: string[]): Promise<number> {
  const paths = existing(args);
  const checked = paths.length > 0 ? paths : existing(EVERYTHING);
  const checkCode = await deno("check", "--quiet", "--doc", ...await stdFlags(), ...checked);
  return checkCode || await deno("test", ...await testFlags(args));
}

function existing(args: string[]): string[] {
  return args.filter((arg) => {
    try {
      return Deno.statSync(arg) !== undefined;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
