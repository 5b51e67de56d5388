// with_std.ts <deno subcommand> [arguments]: runs it with @std wherever it can be had.

import { deno } from "./deno.ts";
import { stdFlags } from "./std.ts";

const [subcommand, ...args] = Deno.args;
if (subcommand === undefined) throw new TypeError("with_std.ts needs a deno subcommand");
Deno.exit(await deno([subcommand, ...await stdFlags(), ...args]));
