// Where a reader of source stands: at a token, in a scope.

import { Scope } from "./scope.ts";
import type { Token } from "./tokens.ts";

/** A place in a row of tokens. */
export abstract class SourceCursor {
  readonly #tokens: readonly Token[];
  /** The index of the token. */
  protected at = 0;
  protected scope: Scope = new Scope(null, "block");

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The token of that index; the first and the last stand for all beyond them. */
  protected tokenAt(index: number): Token {
    return this.#tokens[Math.max(0, Math.min(index, this.#tokens.length - 1))]!;
  }

  protected get token(): Token {
    return this.tokenAt(this.at);
  }

  protected ahead(count: number): Token {
    return this.tokenAt(this.at + count);
  }

  protected is(text: string): boolean {
    const { kind } = this.token;
    return this.token.text === text && (kind === "name" || kind === "punctuator");
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  protected expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  protected unexpected(): SyntaxError {
    return new SyntaxError(`Cannot read the function: unexpected "${this.token.text}"`);
  }

  /** Runs `read` in a scope of its own. */
  protected within(kind: Scope["kind"], read: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(outer, kind);
    read();
    this.scope.end();
    this.scope = outer;
  }
}
