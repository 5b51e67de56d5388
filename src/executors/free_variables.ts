// Which names a function uses that it does not declare. A parser that keeps no tree: it follows
// statements as far as scopes need it, and takes an expression for a row of operands and operators.

import { Scope } from "./scope.ts";
import { type Token, tokenize } from "./tokens.ts";

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
const DECLARATIONS = new Set(["var", "let", "const", "using"]);
const MODIFIERS = new Set(["get", "set", "async", "static", "accessor"]);

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #scope = new Scope(null, "block");

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): string[] {
    this.#expression();
    if (this.#token.kind !== "end") throw this.#unexpected();
    return this.#scope.end();
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  #ahead(count: number): Token {
    return this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)]!;
  }

  #is(text: string): boolean {
    const { kind } = this.#token;
    return this.#token.text === text && (kind === "name" || kind === "punctuator");
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected();
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`Cannot read the function: unexpected "${this.#token.text}"`);
  }

  /** Runs `read` in a scope of its own. */
  #within(kind: Scope["kind"], read: () => void): void {
    const outer = this.#scope;
    this.#scope = new Scope(outer, kind);
    read();
    this.#scope.end();
    this.#scope = outer;
  }

  // ------------------------------------------------------------ statements

  #block(): void {
    this.#expect("{");
    while (!this.#accept("}")) this.#statement();
  }

  #statement(): void {
    const { kind, text } = this.#token;
    if (kind === "end") throw this.#unexpected();
    if (text === "{" && kind === "punctuator") return this.#within("block", () => this.#block());
    if (kind === "name" && this.#wordStatement()) return;
    if (this.#accept(";")) return;
    const before = this.#at;
    this.#expression();
    if (this.#at === before) throw this.#unexpected();
  }

  /** Reads a statement that begins with a word of its own, if there is one. */
  #wordStatement(): boolean {
    const { text } = this.#token;
    if (this.#declaration()) return true;
    if (this.#ahead(1).text === ":" && text !== "default") {
      this.#at += 2; // a label
      this.#statement();
      return true;
    }
    switch (text) {
      case "for":
        this.#within("block", () => this.#loop());
        return true;
      case "if":
      case "while":
      case "with":
        this.#head();
        this.#statement();
        return true;
      case "switch":
        this.#head();
        this.#within("block", () => this.#block());
        return true;
      case "catch":
        this.#within("block", () => this.#catch());
        return true;
      case "else":
      case "do":
      case "try":
      case "finally":
        this.#at++;
        this.#statement();
        return true;
      case "break":
      case "continue":
        this.#jump();
        return true;
      case "case":
        this.#at++;
        this.#expression();
        this.#expect(":");
        return true;
      case "return":
      case "throw":
        this.#at++;
        this.#expression();
        return true;
      case "default":
      case "debugger":
        this.#at++;
        this.#accept(":");
        return true;
      default:
        return false;
    }
  }

  /** The word and what is in parentheses after it. */
  #head(): void {
    this.#at++;
    this.#expect("(");
    this.#list();
    this.#expect(")");
  }

  #jump(): void {
    this.#at++;
    const after = this.#ahead(1).text;
    if (this.#token.kind === "name" && (after === ";" || after === "}")) this.#at++;
  }

  /** Reads a declaration if there is one. */
  #declaration(): boolean {
    const { text } = this.#token;
    const next = this.#ahead(1);
    if (text === "function" || (text === "async" && next.text === "function")) {
      this.#function(true);
      return true;
    }
    if (text === "class") {
      this.#class(true);
      return true;
    }
    if (text === "await" && next.text === "using") this.#at++;
    else if (!DECLARATIONS.has(text)) return false;
    else if (text !== "var" && next.kind !== "name" && next.text !== "[" && next.text !== "{") {
      return false;
    }
    const word = this.#token.text;
    this.#at++;
    do {
      this.#pattern(word === "var");
      if (this.#accept("=")) this.#expression(true);
    } while (this.#accept(","));
    return true;
  }

  #loop(): void {
    this.#expect("for");
    this.#accept("await");
    this.#expect("(");
    while (!this.#accept(")")) {
      if (this.#accept(";") || this.#accept("of") || this.#accept("in")) continue;
      if (this.#token.kind === "name" && this.#declaration()) continue;
      const before = this.#at;
      this.#expression();
      if (this.#at === before) throw this.#unexpected();
    }
    this.#statement();
  }

  #catch(): void {
    this.#expect("catch");
    if (this.#accept("(")) {
      this.#pattern(false);
      this.#expect(")");
    }
    this.#block();
  }

  // ------------------------------------------------------------ patterns and functions

  #pattern(inFunction: boolean): void {
    if (this.#accept("[")) {
      while (!this.#accept("]")) {
        if (this.#accept(",") || this.#accept("...")) continue;
        this.#patternWithDefault(inFunction);
      }
    } else if (this.#accept("{")) {
      while (!this.#accept("}")) {
        if (this.#accept(",") || this.#accept("...")) continue;
        if (this.#ahead(1).text === ":" || this.#is("[")) {
          this.#key();
          this.#expect(":");
        }
        this.#patternWithDefault(inFunction);
      }
    } else {
      if (this.#token.kind !== "name") throw this.#unexpected();
      if (inFunction) this.#scope.declareInFunction(this.#token.text);
      else this.#scope.declare(this.#token.text);
      this.#at++;
    }
  }

  #patternWithDefault(inFunction: boolean): void {
    this.#pattern(inFunction);
    if (this.#accept("=")) this.#expression(true);
  }

  #key(): void {
    if (this.#accept("[")) {
      this.#expression();
      this.#expect("]");
    } else this.#at++;
  }

  #parameters(): void {
    this.#expect("(");
    while (!this.#accept(")")) {
      if (this.#accept(",") || this.#accept("...")) continue;
      this.#patternWithDefault(false);
    }
  }

  #function(declares: boolean): void {
    this.#accept("async");
    this.#expect("function");
    this.#accept("*");
    const name = this.#token.kind === "name" ? this.#token.text : null;
    if (name !== null) this.#at++;
    if (declares && name !== null) this.#scope.declareInFunction(name);
    this.#within("function", () => {
      if (name !== null) this.#scope.declare(name);
      this.#parameters();
      this.#block();
    });
  }

  #arrow(): void {
    this.#within("arrow", () => {
      if (this.#ahead(1).text !== "=>") this.#accept("async");
      if (this.#is("(")) this.#parameters();
      else this.#pattern(false);
      this.#expect("=>");
      if (this.#is("{")) this.#block();
      else this.#expression(true);
    });
  }

  #startsArrow(): boolean {
    const { kind, text } = this.#token;
    const skip = text === "async" && kind === "name" && this.#ahead(1).text !== "=>" ? 1 : 0;
    const first = this.#ahead(skip);
    if (first.kind === "name") return this.#ahead(skip + 1).text === "=>";
    return first.text === "(" && first.kind === "punctuator" &&
      this.#tokens[first.close + 1]?.text === "=>";
  }

  #class(declares: boolean): void {
    this.#expect("class");
    const named = this.#token.kind === "name" && !this.#is("extends");
    const name = named ? this.#token.text : null;
    if (named) this.#at++;
    if (declares && name !== null) this.#scope.declare(name);
    this.#within("block", () => {
      if (name !== null) this.#scope.declare(name);
      if (this.#accept("extends")) this.#heritage();
      this.#expect("{");
      while (!this.#accept("}")) this.#member();
    });
  }

  /** Up to the brace that opens the body: an object literal cannot stand there bare. */
  #heritage(): void {
    while (!this.#is("{")) {
      if (this.#is("(") || this.#is("[")) {
        this.#at++;
        this.#list();
        this.#at++;
      } else if (this.#is("class")) this.#class(false);
      else this.#operand();
    }
  }

  #member(): void {
    if (this.#accept(";") || this.#accept("*")) return;
    if (this.#is("static") && this.#ahead(1).text === "{") {
      this.#at++;
      return this.#within("function", () => this.#block());
    }
    const next = this.#ahead(1);
    if (MODIFIERS.has(this.#token.text) && !["(", "=", ";", "}"].includes(next.text)) {
      this.#at++;
      return;
    }
    this.#key();
    if (this.#is("(")) return this.#method();
    if (this.#accept("=")) this.#within("function", () => this.#expression(true));
  }

  #method(): void {
    this.#within("function", () => {
      this.#parameters();
      this.#block();
    });
  }

  // ------------------------------------------------------------ expressions

  /** A row of operands and operators, up to what cannot belong to it; a comma neither with `single`. */
  #expression(single = false): void {
    let operand = false;
    let questions = 0;
    for (;;) {
      const { kind, text } = this.#token;
      if (kind === "end") return;
      if (kind === "punctuator") {
        if (text === ")" || text === "]" || text === "}" || text === ";") return;
        if (text === "," && single && questions === 0) return;
        if (text === ":" && questions === 0) return;
        if (text === "?") questions++;
        if (text === ":") questions--;
        operand = this.#punctuator(operand);
      } else if (kind === "template") {
        this.#at++;
        operand = true;
      } else if (kind === "name" && OPERATORS.has(text) && !this.#isProperty()) {
        // `of` ends the head of a loop, and `in` may: the loop's reader takes both.
        if (operand && text !== "in" && text !== "instanceof") return;
        this.#at++;
        if (text === "new" && this.#accept(".")) {
          this.#at++; // new.target
          operand = true;
        } else operand = false;
      } else {
        if (operand) return; // a statement ended at a line's end
        this.#operand();
        operand = true;
      }
    }
  }

  /** Reads a punctuator and what it brackets. Gives whether an operand ends there. */
  #punctuator(operand: boolean): boolean {
    const { text } = this.#token;
    if (!operand && text === "(" && this.#startsArrow()) {
      this.#arrow();
      return true;
    }
    if (!operand && text === "{") {
      this.#object();
      return true;
    }
    this.#at++;
    switch (text) {
      case "(":
      case "[":
      case "${":
        this.#list();
        this.#at++;
        return true;
      case "{":
        throw this.#unexpected();
      case ".":
      case "?.":
        if (this.#token.kind === "name" || this.#token.kind === "private") this.#at++;
        return this.#tokens[this.#at - 1]!.kind !== "punctuator";
      case "++":
      case "--":
        return operand;
      default:
        return false;
    }
  }

  /** What is between brackets, up to the closing one. */
  #list(): void {
    while (!this.#is(")") && !this.#is("]") && !this.#is("}")) {
      if (this.#accept(",")) continue;
      const before = this.#at;
      this.#expression();
      if (this.#at === before) throw this.#unexpected();
    }
  }

  #operand(): void {
    const { kind, text } = this.#token;
    if (kind !== "name") {
      this.#at++;
      return;
    }
    if (text === "function" || (text === "async" && this.#ahead(1).text === "function")) {
      return this.#function(false);
    }
    if (text === "class") return this.#class(false);
    if (this.#startsArrow()) return this.#arrow();
    this.#at++;
    if (text === "import") {
      if (this.#is(".") && this.#ahead(1).text === "meta") this.#scope.use("import.meta");
      if (this.#accept(".")) this.#at++;
    } else if (!CONSTANTS.has(text)) this.#scope.use(text);
  }

  #isProperty(): boolean {
    const before = this.#tokens[this.#at - 1]?.text;
    return before === "." || before === "?.";
  }

  #object(): void {
    this.#expect("{");
    while (!this.#accept("}")) {
      if (this.#accept(",") || this.#accept("*")) continue;
      if (this.#accept("...")) {
        this.#expression(true);
        continue;
      }
      const next = this.#ahead(1).text;
      if (MODIFIERS.has(this.#token.text) && !["(", ":", ",", "}", "="].includes(next)) {
        this.#at++;
        continue;
      }
      const shorthand = this.#token;
      this.#key();
      if (this.#is("(")) this.#method();
      else if (this.#accept(":")) this.#expression(true);
      else {
        if (shorthand.kind === "name") this.#scope.use(shorthand.text);
        if (this.#accept("=")) this.#expression(true);
      }
    }
  }
}
