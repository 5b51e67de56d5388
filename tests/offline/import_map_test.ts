// The two import maps have to offer the tests the same names.

import { assertEquals } from "@std/assert";
import offline from "./import_map.json" with { type: "json" };
import config from "../../deno.json" with { type: "json" };

Deno.test("import_map.json has an adapter for every @std package and deno.json's other imports", () => {
  const wanted: Record<string, string> = config.imports;
  const offered: Record<string, string> = offline.imports;
  const [std, others] = split(Object.keys(wanted));
  const [adapters, copies] = split(Object.keys(offered));

  const covered = std.filter((name) => adapters.some((key) => `${key}/`.startsWith(`${name}/`)));
  assertEquals(covered, std);
  assertEquals(
    copies.map((name) => [name, offered[name]]),
    others.map((name) => [name, wanted[name]]),
  );
});

function split(names: string[]): [std: string[], others: string[]] {
  const sorted = names.toSorted();
  return [
    sorted.filter((name) => name.startsWith("@std/")),
    sorted.filter((name) => !name.startsWith("@std/")),
  ];
}
