// Which names a function uses that it does not declare. A parser that keeps no tree: it follows
// statements as far as scopes need it, and takes an expression for a row of operands and operators.

import { DefinitionReader, MODIFIERS } from "./definition_reader.ts";
import { tokenize } from "./tokens.ts";

/**
 * The free variables of a function, globals among them, in the order of use. `this` and `super` of the
 * function itself count too, because nobody calls it on an object, and so does `import.meta`.
 *
 * @param source An expression, as `Function.prototype.toString` gives it.
 * @throws {SyntaxError} When it cannot be read.
 */
export function freeVariables(source: string): string[] {
  return new Reader(tokenize(source)).read();
}

const OPERATORS = new Set("in instanceof of typeof void delete new await yield".split(" "));
const CONSTANTS = new Set(["true", "false", "null"]);

class Reader extends DefinitionReader {
  read(): string[] {
    this.expression();
    if (this.token.kind !== "end") throw this.unexpected();
    return this.scope.end();
  }

  /** A row of operands and operators, up to what cannot belong to it; a comma neither with `single`. */
  protected override expression(single = false): void {
    let operand = false;
    let questions = 0;
    for (;;) {
      const { kind, text } = this.token;
      if (kind === "end") return;
      if (kind === "punctuator") {
        if (text === ")" || text === "]" || text === "}" || text === ";") return;
        if (text === "," && single && questions === 0) return;
        if (text === ":" && questions === 0) return;
        if (text === "?") questions++;
        if (text === ":") questions--;
        operand = this.punctuator(operand);
      } else if (kind === "template") {
        this.at++;
        operand = true;
      } else if (kind === "name" && OPERATORS.has(text) && !this.isProperty()) {
        // `of` ends the head of a loop, and `in` may: the loop's reader takes both.
        if (operand && text !== "in" && text !== "instanceof") return;
        this.at++;
        if (text === "new" && this.accept(".")) {
          this.at++; // new.target
          operand = true;
        } else operand = false;
      } else {
        if (operand) return; // a statement ended at a line's end
        this.operand();
        operand = true;
      }
    }
  }

  /** Reads a punctuator and what it brackets. Gives whether an operand ends there. */
  protected punctuator(operand: boolean): boolean {
    const { text } = this.token;
    if (!operand && text === "(" && this.startsArrow()) {
      this.arrow();
      return true;
    }
    if (!operand && text === "{") {
      this.object();
      return true;
    }
    this.at++;
    switch (text) {
      case "(":
      case "[":
      case "${":
        this.list();
        this.at++;
        return true;
      case "{":
        throw this.unexpected();
      case ".":
      case "?.":
        if (this.token.kind === "name" || this.token.kind === "private") this.at++;
        return this.tokenAt(this.at - 1).kind !== "punctuator";
      case "++":
      case "--":
        return operand;
      default:
        return false;
    }
  }

  /** What is between brackets, up to the closing one. */
  protected override list(): void {
    while (!this.is(")") && !this.is("]") && !this.is("}")) {
      if (this.accept(",")) continue;
      const before = this.at;
      this.expression();
      if (this.at === before) throw this.unexpected();
    }
  }

  protected override operand(): void {
    const { kind, text } = this.token;
    if (kind !== "name") {
      this.at++;
      return;
    }
    if (text === "function" || (text === "async" && this.ahead(1).text === "function")) {
      return this.function(false);
    }
    if (text === "class") return this.class(false);
    if (this.startsArrow()) return this.arrow();
    this.at++;
    if (text === "import") {
      if (this.is(".") && this.ahead(1).text === "meta") this.scope.use("import.meta");
      if (this.accept(".")) this.at++;
    } else if (!CONSTANTS.has(text)) this.scope.use(text);
  }

  protected isProperty(): boolean {
    const before = this.tokenAt(this.at - 1).text;
    return before === "." || before === "?.";
  }

  protected object(): void {
    this.expect("{");
    while (!this.accept("}")) {
      if (this.accept(",") || this.accept("*")) continue;
      if (this.accept("...")) {
        this.expression(true);
        continue;
      }
      const next = this.ahead(1).text;
      if (MODIFIERS.has(this.token.text) && !["(", ":", ",", "}", "="].includes(next)) {
        this.at++;
        continue;
      }
      const shorthand = this.token;
      this.key();
      if (this.is("(")) this.method();
      else if (this.accept(":")) this.expression(true);
      else {
        if (shorthand.kind === "name") this.scope.use(shorthand.text);
        if (this.accept("=")) this.expression(true);
      }
    }
  }
}
