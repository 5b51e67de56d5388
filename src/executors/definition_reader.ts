// Reads what has a scope of its own or names of its own: patterns, functions, arrows, classes.

import { StatementReader } from "./statement_reader.ts";

/** Words that may stand before the name of a method or a field. */
export const MODIFIERS = new Set(["get", "set", "async", "static", "accessor"]);

/** Leaves expressions to those who extend it. */
export abstract class DefinitionReader extends StatementReader {
  protected abstract operand(): void;

  protected override pattern(inFunction: boolean): void {
    if (this.accept("[")) {
      while (!this.accept("]")) {
        if (this.accept(",") || this.accept("...")) continue;
        this.patternWithDefault(inFunction);
      }
    } else if (this.accept("{")) {
      while (!this.accept("}")) {
        if (this.accept(",") || this.accept("...")) continue;
        if (this.ahead(1).text === ":" || this.is("[")) {
          this.key();
          this.expect(":");
        }
        this.patternWithDefault(inFunction);
      }
    } else {
      if (this.token.kind !== "name") throw this.unexpected();
      if (inFunction) this.scope.declareInFunction(this.token.text);
      else this.scope.declare(this.token.text);
      this.at++;
    }
  }

  protected patternWithDefault(inFunction: boolean): void {
    this.pattern(inFunction);
    if (this.accept("=")) this.expression(true);
  }

  protected key(): void {
    if (this.accept("[")) {
      this.expression();
      this.expect("]");
    } else this.at++;
  }

  protected parameters(): void {
    this.expect("(");
    while (!this.accept(")")) {
      if (this.accept(",") || this.accept("...")) continue;
      this.patternWithDefault(false);
    }
  }

  protected override function(declares: boolean): void {
    this.accept("async");
    this.expect("function");
    this.accept("*");
    const name = this.token.kind === "name" ? this.token.text : null;
    if (name !== null) this.at++;
    if (declares && name !== null) this.scope.declareInFunction(name);
    this.within("function", () => {
      if (name !== null) this.scope.declare(name);
      this.parameters();
      this.block();
    });
  }

  protected arrow(): void {
    this.within("arrow", () => {
      if (this.ahead(1).text !== "=>") this.accept("async");
      if (this.is("(")) this.parameters();
      else this.pattern(false);
      this.expect("=>");
      if (this.is("{")) this.block();
      else this.expression(true);
    });
  }

  protected startsArrow(): boolean {
    const { kind, text } = this.token;
    const skip = text === "async" && kind === "name" && this.ahead(1).text !== "=>" ? 1 : 0;
    const first = this.ahead(skip);
    if (first.kind === "name") return this.ahead(skip + 1).text === "=>";
    return first.text === "(" && first.kind === "punctuator" &&
      this.tokenAt(first.close + 1).text === "=>";
  }

  protected override class(declares: boolean): void {
    this.expect("class");
    const named = this.token.kind === "name" && !this.is("extends");
    const name = named ? this.token.text : null;
    if (named) this.at++;
    if (declares && name !== null) this.scope.declare(name);
    this.within("block", () => {
      if (name !== null) this.scope.declare(name);
      if (this.accept("extends")) this.heritage();
      this.expect("{");
      while (!this.accept("}")) this.member();
    });
  }

  /** Up to the brace that opens the body: an object literal cannot stand there bare. */
  protected heritage(): void {
    while (!this.is("{")) {
      if (this.is("(") || this.is("[")) {
        this.at++;
        this.list();
        this.at++;
      } else if (this.is("class")) this.class(false);
      else this.operand();
    }
  }

  protected member(): void {
    if (this.accept(";") || this.accept("*")) return;
    if (this.is("static") && this.ahead(1).text === "{") {
      this.at++;
      return this.within("function", () => this.block());
    }
    const next = this.ahead(1);
    if (MODIFIERS.has(this.token.text) && !["(", "=", ";", "}"].includes(next.text)) {
      this.at++;
      return;
    }
    this.key();
    if (this.is("(")) return this.method();
    if (this.accept("=")) this.within("function", () => this.expression(true));
  }

  protected method(): void {
    this.within("function", () => {
      this.parameters();
      this.block();
    });
  }
}
