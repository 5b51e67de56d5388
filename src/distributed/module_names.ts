// What modules are called on the wire, the same on both sides: the base name of their file, or a name
// that was chosen.

import { describe } from "../core/errors.ts";
import { isModuleName } from "./envelope.ts";

/** Modules by the names that they have on the wire. */
export type ModuleMap = Readonly<Record<string, URL | string>>;

/** The names of modules. */
export class ModuleNames {
  readonly #urls = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** @throws {TypeError} When a name is none, or a URL not absolute. */
  constructor(modules: ModuleMap = {}) {
    for (const [name, url] of Object.entries(modules)) this.add(name, url);
  }

  /** Gives a module a name. */
  add(name: string, url: URL | string): void {
    if (!isModuleName(name)) {
      throw new TypeError(
        `Cannot call a module ${describe(name)}: expected letters, digits, "_", "-" and "."`,
      );
    }
    if (!URL.canParse(url)) {
      throw new TypeError(`Cannot use module ${describe(url)}: expected an absolute URL`);
    }
    const { href } = new URL(url);
    const other = this.#urls.get(name);
    if (other !== undefined && other !== href) {
      throw new TypeError(
        `Cannot call module ${href} "${name}": ${other} is called so, give one another name`,
      );
    }
    this.#urls.set(name, href);
    this.#names.set(href, name);
  }

  /** What a module is called; its base name from now on, when it has no other. */
  nameOf(url: string): string {
    const known = this.#names.get(url);
    if (known !== undefined) return known;
    this.add(baseName(url), url);
    return this.nameOf(url);
  }

  [Symbol.iterator](): IterableIterator<[name: string, url: string]> {
    return this.#urls.entries();
  }
}

/** `jobs` for `file:///app/jobs.ts`. */
function baseName(url: string): string {
  const { pathname, protocol } = new URL(url);
  const name = decodeURIComponent(pathname).split("/").at(-1)!.replace(/\.\w+$/, "");
  if (protocol !== "data:" && isModuleName(name)) return name;
  throw new TypeError(
    `Cannot tell what module ${describe(url)} is called on the workers: name it in "modules"`,
  );
}
