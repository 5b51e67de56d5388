// Whether threads can be given permissions of their own. Deno wants a flag for that, and without it does
// not throw but ends the process; so the flag has to be known before the first worker is made.

import type { WorkerPermissions } from "./pool_options.ts";
import { checkPermissions } from "./process_permissions.ts";
import { RuntimeError } from "../core/errors.ts";

const FLAG = "--unstable-worker-options";

/** What `node:child_process` offers, as far as it is needed. */
interface ChildProcess {
  readonly spawnargs: readonly string[];
  on(event: "error", listener: () => void): void;
}

interface Host {
  readonly Deno?: unknown;
  readonly process?: {
    getBuiltinModule?(name: string): {
      fork(module: string, args: string[], options: Record<string, unknown>): ChildProcess;
    };
  };
}

/** Looked for once: each look leaves a pipe open that nobody can close. */
let flags: readonly string[] | null = null;

/**
 * Checks that threads can be made as the user asks.
 *
 * @throws {TypeError} When `permissions` is nothing that Deno knows.
 * @throws {RuntimeError} When this program was started without the flag, or not by Deno.
 */
export function checkThreadPermissions(permissions: WorkerPermissions): void {
  checkPermissions(permissions);
  if (permissions === "inherit") return;
  if ((globalThis as Host).Deno === undefined) {
    throw new RuntimeError(
      "Cannot restrict the permissions of threads: they are Deno's, and this is not Deno",
    );
  }
  flags ??= ownFlags();
  if (flags !== null && flags.includes(FLAG)) return;
  const why = flags === null ? "it cannot be told whether" : "expected that";
  throw new RuntimeError(
    `Cannot restrict the permissions of threads: ${why} Deno was started with ${FLAG}; ` +
      "a ProcessPoolExecutor needs no flag",
  );
}

/**
 * The flags of this program, those from deno.json among them, or null when it may not know them. `fork`
 * hands them to its child; this child is never there, because the program to run is not.
 */
function ownFlags(): readonly string[] | null {
  const childProcess = (globalThis as Host).process?.getBuiltinModule?.("node:child_process");
  if (childProcess === undefined) return null;
  try {
    const execPath = "/nonexistent/probe-for-flags";
    const child = childProcess.fork("none", [], { execPath, stdio: "ignore" });
    child.on("error", () => {}); // it says, late, that there is no such program
    return child.spawnargs;
  } catch {
    return null; // no permission for env or run
  }
}
