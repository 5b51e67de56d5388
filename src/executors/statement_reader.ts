// Reads statements as far as scopes need it: which names they declare, and where blocks begin and end.

import { SourceCursor } from "./source_cursor.ts";

const DECLARATIONS = new Set(["var", "let", "const", "using"]);

/** Leaves expressions, patterns and functions to those who extend it. */
export abstract class StatementReader extends SourceCursor {
  /** Reads an expression, not past a comma with `single`. */
  protected abstract expression(single?: boolean): void;
  /** Reads what is between brackets, up to the closing one. */
  protected abstract list(): void;
  /** Reads a pattern and declares its names, in the function with `inFunction`. */
  protected abstract pattern(inFunction: boolean): void;
  protected abstract function(declares: boolean): void;
  protected abstract class(declares: boolean): void;

  protected block(): void {
    this.expect("{");
    while (!this.accept("}")) this.statement();
  }

  protected statement(): void {
    const { kind, text } = this.token;
    if (kind === "end") throw this.unexpected();
    if (text === "{" && kind === "punctuator") return this.within("block", () => this.block());
    if (kind === "name" && this.wordStatement()) return;
    if (this.accept(";")) return;
    const before = this.at;
    this.expression();
    if (this.at === before) throw this.unexpected();
  }

  /** Reads a statement that begins with a word of its own, if there is one. */
  protected wordStatement(): boolean {
    const { text } = this.token;
    if (this.declaration()) return true;
    if (this.ahead(1).text === ":" && text !== "default") {
      this.at += 2; // a label
      this.statement();
      return true;
    }
    switch (text) {
      case "for":
        this.within("block", () => this.loop());
        return true;
      case "if":
      case "while":
      case "with":
        this.head();
        this.statement();
        return true;
      case "switch":
        this.head();
        this.within("block", () => this.block());
        return true;
      case "catch":
        this.within("block", () => this.catch());
        return true;
      case "else":
      case "do":
      case "try":
      case "finally":
        this.at++;
        this.statement();
        return true;
      case "break":
      case "continue":
        this.jump();
        return true;
      case "case":
        this.at++;
        this.expression();
        this.expect(":");
        return true;
      case "return":
      case "throw":
        this.at++;
        this.expression();
        return true;
      case "default":
      case "debugger":
        this.at++;
        this.accept(":");
        return true;
      default:
        return false;
    }
  }

  /** The word and what is in parentheses after it. */
  protected head(): void {
    this.at++;
    this.expect("(");
    this.list();
    this.expect(")");
  }

  protected jump(): void {
    this.at++;
    const after = this.ahead(1).text;
    if (this.token.kind === "name" && (after === ";" || after === "}")) this.at++;
  }

  /** Reads a declaration if there is one. */
  protected declaration(): boolean {
    const { text } = this.token;
    const next = this.ahead(1);
    if (text === "function" || (text === "async" && next.text === "function")) {
      this.function(true);
      return true;
    }
    if (text === "class") {
      this.class(true);
      return true;
    }
    if (text === "await" && next.text === "using") this.at++;
    else if (!DECLARATIONS.has(text)) return false;
    else if (text !== "var" && next.kind !== "name" && next.text !== "[" && next.text !== "{") {
      return false;
    }
    const word = this.token.text;
    this.at++;
    do {
      this.pattern(word === "var");
      if (this.accept("=")) this.expression(true);
    } while (this.accept(","));
    return true;
  }

  protected loop(): void {
    this.expect("for");
    this.accept("await");
    this.expect("(");
    while (!this.accept(")")) {
      if (this.accept(";") || this.accept("of") || this.accept("in")) continue;
      if (this.token.kind === "name" && this.declaration()) continue;
      const before = this.at;
      this.expression();
      if (this.at === before) throw this.unexpected();
    }
    this.statement();
  }

  protected catch(): void {
    this.expect("catch");
    if (this.accept("(")) {
      this.pattern(false);
      this.expect(")");
    }
    this.block();
  }
}
