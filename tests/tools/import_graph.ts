// Who imports whom, as deno itself reads it: no import is missed that a pattern would not match,
// and none is found in a comment. Paths are relative to the tree's root.

import { pathToFileURL } from "node:url";
import { filesIn } from "./files.ts";

export interface Import {
  readonly from: string;
  /** A path in the tree, or the specifier of a module outside it. */
  readonly to: string;
  /** Gone at run time: `import type`, or a type written with `import("…")`. */
  readonly typeOnly: boolean;
}

/** The imports of every TypeScript file in `src` and of mod.ts, the outside world left unread. */
export async function readImports(root: string): Promise<Import[]> {
  const top = await Deno.realPath(root);
  const base = pathToFileURL(`${top}/`);
  const sources = await filesIn(`${top}/src`, ".ts");
  const files = ["mod.ts", ...sources.map((file) => file.slice(top.length + 1))];
  const imports: Import[] = [];
  for (const module of await modulesReachedFrom(files.map((file) => new URL(file, base).href))) {
    if (!files.includes(within(base, module.specifier))) continue;
    for (const dependency of module.dependencies ?? []) {
      const target = dependency.code ?? dependency.type;
      imports.push({
        from: within(base, module.specifier),
        to: within(base, target?.specifier ?? dependency.specifier),
        typeOnly: dependency.code === undefined,
      });
    }
  }
  return imports;
}

/** Circles that exist at run time, each as the files on the way round. */
export function circles(imports: readonly Import[]): string[][] {
  const found: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file]);
    if (start >= 0 || finished.has(file)) return;
    path.push(file);
    for (const { from, to, typeOnly } of imports) if (from === file && !typeOnly) visit(to);
    path.pop();
    finished.add(file);
  };
  for (const { from } of imports) visit(from);
  return found;
}

/** Everything that is loaded when `entry` is. */
export function loadedWith(entry: string, imports: readonly Import[]): string[] {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { from, to, typeOnly } of imports) if (from === file && !typeOnly) loaded.add(to);
  }
  return [...loaded];
}

interface Module {
  specifier: string;
  dependencies?: { specifier: string; code?: Target; type?: Target }[];
}
interface Target {
  specifier?: string;
}

async function modulesReachedFrom(urls: string[]): Promise<Module[]> {
  const all = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(all, urls.map((url) => `import ${JSON.stringify(url)};`).join("\n"));
    const isolated = ["--no-config", "--no-lock", "--no-remote", "--no-npm"];
    const info = new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", ...isolated, all],
      stderr: "inherit",
    });
    const { success, stdout } = await info.output();
    if (!success) throw new Error("Cannot read imports: deno info failed");
    return JSON.parse(new TextDecoder().decode(stdout)).modules;
  } finally {
    await Deno.remove(all);
  }
}

function within(base: URL, specifier: string): string {
  return specifier.startsWith(base.href) ? specifier.slice(base.href.length) : specifier;
}
