// How a worker process is started: the command line.

import type { ProcessArguments } from "./process_entry.ts";
import type { WorkerSetup } from "./channel.ts";
import { filePath, permissionFlags } from "./process_permissions.ts";
import { library, processEntry } from "./own_modules.ts";

/** V8 does not start with less. */
const LEAST_HEAP_MB = 16;

/** Arguments of `deno` for a worker. `name` shows in process lists. */
export function processArgs({ name, permissions, maxHeapBytes }: WorkerSetup): string[] {
  const args = ["run", "--quiet", "--no-prompt", "--no-lock", ...permissionFlags(permissions)];
  if (permissions === "inherit") {
    const config = findConfig();
    args.push(config === null ? "--no-config" : `--config=${config}`);
  } else {
    args.push("--no-config");
    if (!args.some((flag) => flag.startsWith("--allow-import"))) args.push(...noImports());
    // It could not be read any more once the first job asks for it.
    args.push(`--preload=${library().href}`);
  }
  if (maxHeapBytes !== Infinity) {
    const size = Math.max(LEAST_HEAP_MB, Math.ceil(maxHeapBytes / 2 ** 20));
    args.push(`--v8-flags=--max-old-space-size=${size}`);
  }
  const own: ProcessArguments = [name, String(maxHeapBytes)];
  return [...args, processEntry().href, ...own];
}

/** No permission keeps a program from packages and from the hosts that Deno trusts. */
function noImports(): string[] {
  const flags = ["--no-npm", "--cached-only"];
  // A library from a registry has to load its own files; they are in the cache.
  if (processEntry().protocol === "file:") flags.push("--no-remote", "--deny-import");
  return flags;
}

/** The configuration of the program, so that modules of jobs find what they import. */
function findConfig(): string | null {
  if (Deno.permissions.querySync({ name: "read" }).state !== "granted") return null;
  const main = new URL(Deno.mainModule);
  let folder = main.protocol === "file:" ? main : new URL(`file://${Deno.cwd()}/`);
  for (;;) {
    const up = new URL(folder.href.endsWith("/") ? ".." : ".", folder);
    for (const name of ["deno.json", "deno.jsonc"]) {
      const path = new URL(name, folder);
      if (exists(path)) return filePath(path);
    }
    if (up.href === folder.href) return null;
    folder = up;
  }
}

function exists(path: URL): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
