// What a process may do, as flags of the `deno` that it is.

import type { WorkerPermissions } from "./pool_options.ts";
import { describe, RuntimeError } from "../core/errors.ts";

const KINDS = ["read", "write", "net", "env", "sys", "run", "ffi", "import"] as const;

type Kind = typeof KINDS[number];

interface PermissionState {
  readonly state: string;
  /** Granted, but for what a --deny flag names. */
  readonly partial: boolean;
}

interface PermissionsHost {
  readonly permissions: { querySync(descriptor: { name: Kind }): PermissionState };
}

/**
 * Checks what the user asks for.
 *
 * @throws {TypeError} When it is nothing that Deno knows.
 */
export function checkPermissions(permissions: WorkerPermissions): void {
  if (permissions === "inherit" || permissions === "none") return;
  if (typeof permissions !== "object" || permissions === null || Array.isArray(permissions)) {
    throw new TypeError(
      `Cannot make a pool: "permissions" is ${
        describe(permissions)
      }, expected "inherit", "none" or an object of Deno permissions`,
    );
  }
  for (const [kind, value] of Object.entries(permissions)) {
    if (!(KINDS as readonly string[]).includes(kind)) {
      throw new TypeError(
        `Cannot make a pool: "permissions.${kind}" is none of ${KINDS.join(", ")}`,
      );
    }
    if (value === undefined || typeof value === "boolean" || value === "inherit") continue;
    if (Array.isArray(value) && value.every(isPlace)) continue;
    throw new TypeError(
      `Cannot make a pool: "permissions.${kind}" is ${
        describe(value)
      }, expected a boolean, "inherit" or an array of strings`,
    );
  }
}

/**
 * The flags that grant what `checkPermissions` has let pass. A permission that this process has in part
 * only cannot be handed on, because Deno does not tell which part: the worker has nothing of it then.
 */
export function permissionFlags(permissions: WorkerPermissions): string[] {
  if (permissions === "none") return [];
  if (permissions === "inherit") {
    return KINDS.every(isGranted) ? ["--allow-all"] : KINDS.filter(isGranted).map(allow);
  }
  return KINDS.flatMap((kind) => {
    const value = permissions[kind];
    if (value === true || (value === "inherit" && isGranted(kind))) return [allow(kind)];
    if (!Array.isArray(value) || value.length === 0) return [];
    // A comma separates, and a doubled one stands for itself.
    return [`${allow(kind)}=${value.map((item) => pathOf(item).replaceAll(",", ",,")).join()}`];
  });
}

/** @throws {RuntimeError} Where no process can be made of this program. */
export function checkHost(): void {
  const { Deno: deno } = globalThis as { Deno?: { build: { standalone?: boolean } } };
  if (deno === undefined) {
    throw new RuntimeError(
      "Cannot make a pool of processes: they are Deno's, and this is not Deno",
    );
  }
  if (deno.build.standalone === true) {
    throw new RuntimeError(
      "Cannot make a pool of processes: a compiled program has no deno to start them with",
    );
  }
}

function allow(kind: Kind): string {
  return `--allow-${kind}`;
}

function isGranted(kind: Kind): boolean {
  const { permissions } = (globalThis as unknown as { Deno: PermissionsHost }).Deno;
  const { state, partial } = permissions.querySync({ name: kind });
  return state === "granted" && !partial;
}

function isPlace(value: unknown): value is string | URL {
  return typeof value === "string" ? value !== "" : value instanceof URL;
}

function pathOf(place: string | URL): string {
  if (typeof place === "string") return place;
  return place.protocol === "file:" ? filePath(place) : place.href;
}

/** The path of a file's URL: "/home/a b", "C:/a b". */
export function filePath(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}
