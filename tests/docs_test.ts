// What a stranger sees of the module: every public name has an example, and every parameter of every
// public function is explained. (`deno doc --lint` asks for a comment everywhere, not what is in it.)

import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

const ROOT = new URL("..", import.meta.url);

const { "./worker": _command, ...libraries } = config.exports; // it has an interface, but no names

for (const entry of Object.values(libraries)) {
  Deno.test(`Every public name of ${entry} has an example and explains its parameters`, async () => {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["doc", "--json", entry],
      cwd: ROOT,
      stderr: "inherit",
    }).output();
    assert(success);
    const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
    const [{ symbols }] = Object.values(nodes) as [{ symbols: DocSymbol[] }];
    assert(symbols.length > 0);
    const onlyTypes = namesOfTypeExports(await Deno.readTextFile(new URL(entry, ROOT)));
    assertEquals(symbols.filter(({ name }) => !onlyTypes.has(name)).flatMap(gapsOf), []);
    assertEquals(tagsInText(nodes), []);
  });
}

Deno.test("gapsOf() finds what is not explained and what does not exist", () => {
  const params = [{ kind: "identifier", name: "a" }, { kind: "rest", arg: { name: "b" } }];
  const jsDoc = {
    doc: "Text.",
    tags: [{ kind: "param", name: "a" }, { kind: "param", name: "c" }],
  };
  const result = { kind: "typeRef", repr: "Thing" };
  const fn = { kind: "function", jsDoc, def: { params, returnType: result } } as const;
  assertEquals(gapsOf({ name: "f", declarations: [fn] }), [
    "f has no @example",
    "f does not explain b",
    "f explains c, which it does not have",
    "f does not say what it returns",
  ]);
  const hidden = { name: "_x", jsDoc: { tags: [{ kind: "internal" }] }, functionDef: fn.def };
  const shown = { name: "_y", jsDoc: { doc: "Text. @internal" }, functionDef: { params: [] } };
  const tags = [{ kind: "example" }];
  const cls = {
    kind: "class",
    jsDoc: { doc: "C.", tags },
    def: { methods: [hidden, shown] },
  } as const;
  assertEquals(gapsOf({ name: "C", declarations: [cls] }), ["C._y is not marked as internal"]);
});

Deno.test("tagsInText() finds tags that stand in the middle of a line, where they are none", () => {
  const good = { doc: "How many.", tags: [{ kind: "default", doc: "{3}" }] };
  const bad = { members: [{ jsDoc: { doc: "How many. @default {3}" } }] };
  assertEquals(tagsInText([good, bad]), ["How many. @default {3}"]);
});

interface DocTag {
  readonly kind: string;
  readonly name?: string;
}
interface JsDoc {
  readonly doc?: string;
  readonly tags?: readonly DocTag[];
}
interface Param {
  readonly kind: string;
  readonly name?: string;
  readonly arg?: Partial<Param>;
  readonly left?: Partial<Param>;
}
interface FunctionDef {
  readonly params?: readonly Param[];
  readonly returnType?: { readonly kind: string; readonly repr?: string };
}
interface Member {
  readonly name: string;
  readonly kind?: string;
  readonly accessibility?: string;
  readonly jsDoc?: JsDoc;
  readonly functionDef?: FunctionDef;
}
interface Declaration {
  readonly kind: string;
  readonly jsDoc?: JsDoc;
  readonly def: FunctionDef & {
    readonly constructors?: readonly (Member & FunctionDef)[];
    readonly methods?: readonly Member[];
    readonly properties?: readonly Member[];
  };
}
interface DocSymbol {
  readonly name: string;
  readonly declarations: readonly Declaration[];
}

function gapsOf({ name, declarations }: DocSymbol): string[] {
  return declarations.flatMap(({ kind, jsDoc, def }) => {
    // The signature behind overloads has no comment of its own, and nobody sees it.
    if (jsDoc === undefined && declarations.length > 1) return [];
    const example = hasTag(jsDoc, "example") ? [] : [`${name} has no @example`];
    if (kind === "function") return [...example, ...gapsOfFunction(name, jsDoc, def)];
    if (kind === "class") return [...example, ...gapsOfClass(name, def)];
    return [];
  });
}

function gapsOfClass(name: string, def: Declaration["def"]): string[] {
  const { constructors = [], methods = [], properties = [] } = def;
  const seen = ({ accessibility }: Member) => accessibility === undefined;
  const bare = [...methods, ...properties]
    .filter((member) => member.name.startsWith("_") && seen(member))
    .filter(({ jsDoc }) => !hasTag(jsDoc, "internal"))
    .map((member) => `${name}.${member.name} is not marked as internal`);
  const functions = [
    ...constructors.map((made) => ({ ...made, name: `new ${name}`, functionDef: made })),
    ...methods.map((method) => ({ ...method, name: `${name}.${method.name}` })),
  ];
  const explained = functions
    .filter(({ name, kind, ...rest }) =>
      !name.includes("._") && kind !== "setter" && seen({ name, ...rest })
    )
    .filter(({ jsDoc }) => jsDoc !== undefined && !hasTag(jsDoc, "internal"))
    .flatMap(({ name, jsDoc, functionDef }) => gapsOfFunction(name, jsDoc, functionDef ?? {}));
  return [...bare, ...explained];
}

function gapsOfFunction(name: string, jsDoc: JsDoc | undefined, def: FunctionDef): string[] {
  const params = (def.params ?? []).map(nameOf);
  const explained = (jsDoc?.tags ?? []).filter((tag) => tag.kind === "param").map((tag) =>
    tag.name!
  );
  const { kind, repr } = def.returnType ?? { kind: "keyword", repr: "void" };
  // Of a Coroutine without parameters the sentence says it all.
  const speaks = params.length === 0 || kind !== "typeRef" || repr === "Coroutine";
  return [
    ...params.filter((param) => !param.startsWith("_") && !explained.includes(param))
      .map((param) => `${name} does not explain ${param}`),
    ...explained.filter((param) => !params.includes(param))
      .map((param) => `${name} explains ${param}, which it does not have`),
    ...speaks || hasTag(jsDoc, "return") ? [] : [`${name} does not say what it returns`],
  ];
}

function nameOf({ name, arg, left }: Partial<Param>): string {
  return name ?? nameOf(arg ?? left!);
}

function hasTag(jsDoc: JsDoc | undefined, kind: string): boolean {
  return jsDoc?.tags?.some((tag) => tag.kind === kind) ?? false;
}

function tagsInText(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "doc" && typeof value === "string" &&
      / @(default|internal|throws|returns)\b/.test(value)
      ? [value]
      : tagsInText(value)
  );
}

/** Names that only signatures mention: those of whole `export type { … }` statements. */
function namesOfTypeExports(source: string): Set<string> {
  const statements = source.matchAll(/export type \{([^}]*)\}/g);
  return new Set(
    [...statements].flatMap(([, names]) => names!.split(",").map((name) => name.trim())),
  );
}
