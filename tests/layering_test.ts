// The layers of src, and that the imports keep to them. A type import counts as much as any other
// for the direction; only for circles it does not, because it is gone at run time.

import { assertEquals } from "@std/assert";
import { circles, type Import, loadedWith, readImports } from "./tools/import_graph.ts";
import config from "../deno.json" with { type: "json" };

/** Folders of src, from the bottom up, and what each may import besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "core": [],
  "src": ["core", "combinators"], // the files that lie in src itself: run, task groups, timeouts
  "combinators": ["core", "src"], // each other, file by file; circles are found below
  "sync": ["core", "src"],
  "queues": ["core", "src", "sync"],
  "iteration": ["core", "src", "combinators"],
  "executors": ["core", "src", "combinators"],
  "inspect": ["core"],
  "testing": ["core", "src"],
  "distributed": ["core", "src", "combinators", "executors", "packages"],
  "mod.ts": [
    ...["core", "src", "combinators", "sync", "queues", "iteration", "executors", "inspect"],
    "testing", // the virtual clock is part of the root module
  ],
  "demo": ["mod.ts", "inspect"],
};

const ROOT = new URL("..", import.meta.url).pathname;
const ASYNC_HOOKS = "node:async_hooks";

Deno.test("Imports in src go from a layer to those that it may know", async () => {
  assertEquals(wrongDirections(await readImports(ROOT)), []);
});

Deno.test("Imports in src form no circle at run time", async () => {
  assertEquals(circles(await readImports(ROOT)), []);
});

Deno.test("Imports of node:async_hooks come from one file", async () => {
  assertEquals(importersOf(ASYNC_HOOKS, await readImports(ROOT)).length, 1);
});

Deno.test("mod.ts loads nothing from a registry or the network", async () => {
  assertEquals(packages(loadedWith("mod.ts", await readImports(ROOT))), []);
});

const { "./worker": _command, ...libraries } = config.exports; // it is run, not imported
for (const entry of Object.values(libraries)) {
  Deno.test(`${entry} holds re-exports with explicit names and nothing else`, async () => {
    assertEquals(besidesReexports(await Deno.readTextFile(`${ROOT}${entry}`)), "");
  });
}

// ---------------------------------------------------------------- and that the above can fail

Deno.test("wrongDirections() names each import that its layer may not make", async () => {
  const imports = await planted({
    "mod.ts": `export { loop } from "./src/core/loop.ts";`,
    "src/core/loop.ts": `import type { Lock } from "../sync/lock.ts"; export let loop: Lock;`,
    "src/sync/lock.ts": `import "../queues/queue.ts"; export type Lock = string;`,
    "src/queues/queue.ts": `import "../sync/lock.ts"; await import("../../tests/helper.ts");`,
    "src/run.ts": `import "./core/loop.ts"; import "npm:left-pad@1"; import "@std/assert";`,
    "src/extras/new.ts": `import "../core/loop.ts";`,
    "tests/helper.ts": `export {};`,
  });
  assertEquals(wrongDirections(imports).toSorted(), [
    "src/core/loop.ts imports src/sync/lock.ts: core may not know sync",
    "src/extras/new.ts imports src/core/loop.ts: extras may not know core",
    "src/queues/queue.ts imports tests/helper.ts: queues may not know tests",
    "src/run.ts imports @std/assert: src may not know packages",
    "src/run.ts imports npm:left-pad@1: src may not know packages",
    "src/sync/lock.ts imports src/queues/queue.ts: sync may not know queues",
  ]);
});

Deno.test("circles() finds a circle at run time and lets one of types be", async () => {
  const imports = await planted({
    "mod.ts": `export { a } from "./src/core/a.ts";`,
    "src/core/a.ts": `import { b } from "./b.ts"; export const a = (): unknown => b;`,
    "src/core/b.ts": `import { c } from "./c.ts"; export const b = (): unknown => c;`,
    "src/core/c.ts": `export { a as c } from "./a.ts"; import type { d } from "./d.ts"; d;`,
    "src/core/d.ts": `import type { c } from "./c.ts"; export const d: typeof c = () => 0;`,
  });
  assertEquals(circles(imports), [
    ["src/core/a.ts", "src/core/b.ts", "src/core/c.ts", "src/core/a.ts"],
  ]);
});

Deno.test("importersOf() and packages() find what is imported directly and through others", async () => {
  const imports = await planted({
    "mod.ts": `export { a } from "./src/core/a.ts";`,
    "src/core/a.ts": `import "${ASYNC_HOOKS}"; export { b as a } from "./b.ts";`,
    "src/core/b.ts": `import "${ASYNC_HOOKS}"; import "jsr:@std/async@1"; export const b = 1;`,
    "src/core/c.ts": `import "npm:left-pad@1";`,
  });
  assertEquals(importersOf(ASYNC_HOOKS, imports), ["src/core/a.ts", "src/core/b.ts"]);
  assertEquals(packages(loadedWith("mod.ts", imports)), ["jsr:@std/async@1"]);
});

Deno.test("besidesReexports() shows code and stars, not comments", () => {
  const allowed = `/** Docs: export * from "x". */\nexport { a, b as c } from "./a.ts"; // b\n` +
    `export type {\n  D,\n} from "./d.ts";\n`;
  assertEquals(besidesReexports(allowed), "");
  assertEquals(besidesReexports(`${allowed}export * from "./e.ts";`), `export * from "./e.ts";`);
  assertEquals(besidesReexports(`${allowed}export const f = 1;`), "export const f = 1;");
});

function wrongDirections(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) => {
    const [layer, target] = [layerOf(from), layerOf(to)];
    if (target === "node" || target === layer || MAY_IMPORT[layer]?.includes(target)) return [];
    return [`${from} imports ${to}: ${layer} may not know ${target}`];
  });
}

/** The folder of src, or "src", "mod.ts", "tests", "node" for the runtime's own, "packages". */
function layerOf(module: string): string {
  if (module.startsWith("node:")) return "node";
  const [top, folder, file] = module.split("/");
  if (top === "src" && folder !== undefined) return file === undefined ? "src" : folder;
  return top === "mod.ts" || top === "tests" ? top : "packages";
}

function importersOf(module: string, imports: readonly Import[]): string[] {
  return imports.filter(({ to }) => to === module).map(({ from }) => from).toSorted();
}

function packages(modules: readonly string[]): string[] {
  return modules.filter((module) => layerOf(module) === "packages");
}

function besidesReexports(source: string): string {
  const code = source.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, "");
  return code.replaceAll(/export (type )?\{[^{}]*\} from "[^"]+";/g, "").trim();
}

/** Writes a small tree of files and reads its imports. */
async function planted(files: Record<string, string>): Promise<Import[]> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, source] of Object.entries(files)) {
      await Deno.mkdir(`${root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${root}/${path}`, source);
    }
    return await readImports(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
