// The test command: checks the types once, then runs the tests and the examples in the docs.
// Types are not checked again while the tests run: deno would do it for the first worker of each
// file, at more than a second each.
//
// Arguments are those of `deno test`; without a path among them, everything is tested.

import { checkArgs } from "./check.ts";
import { deno } from "./deno.ts";
import { stdFlags } from "./std.ts";
import { sayWhetherRedisIsMissing } from "../support/redis_server.ts";

/** Everything after `deno`. */
export async function testArgs(asked: readonly string[]): Promise<string[]> {
  sayWhetherRedisIsMissing();
  const flags = ["--doc", "--allow-all", "--no-check", "--v8-flags=--expose-gc"];
  return ["test", ...flags, ...await stdFlags(), ...asked];
}

async function main(asked: readonly string[]): Promise<number> {
  const checked = await deno(await checkArgs(asked.filter(exists)));
  return checked === 0 ? await deno(await testArgs(asked)) : checked;
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
