// The scopes of a function's source while it is read: which names are declared where, and which names are
// used without a declaration so far. A use may come before its declaration, so uses are looked at when
// their scope ends, and what is not declared in it goes to the scope around.

/** A function, or a block in one. */
export class Scope {
  readonly #declared = new Set<string>();
  readonly #used = new Set<string>();

  /**
   * @param outer Null for the one around it all.
   * @param kind Arrow functions have no `this` and no `arguments` of their own.
   */
  constructor(readonly outer: Scope | null, readonly kind: "function" | "arrow" | "block") {
    if (kind !== "function") return;
    this.declare("arguments");
    if (outer?.outer === null) return; // the function that is read: nobody calls it on an object
    this.declare("this");
    this.declare("super");
  }

  declare(name: string): void {
    this.#declared.add(name);
  }

  /** For `var`: seen in the whole function. */
  declareInFunction(name: string): void {
    if (this.kind === "block" && this.outer !== null) this.outer.declareInFunction(name);
    else this.declare(name);
  }

  use(name: string): void {
    this.#used.add(name);
  }

  /** Hands what is not declared here to the scope around, and gives it. */
  end(): string[] {
    const free = [...this.#used].filter((name) => !this.#declared.has(name));
    for (const name of free) this.outer?.use(name);
    return free;
  }
}
