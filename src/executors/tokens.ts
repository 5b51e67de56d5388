// The tokens of JavaScript source that is known to parse: it comes from Function.prototype.toString.

/** A token. Brackets know their partners; `${` and its `}` are brackets too. */
export interface Token {
  readonly kind: "name" | "private" | "literal" | "template" | "punctuator" | "end";
  readonly text: string;
  /** For an opening bracket: the index of the token that closes it. */
  close: number;
}

const BEFORE_OPERAND = new Set(
  "return typeof instanceof in of new delete void throw case do else yield await".split(" "),
);
const BEFORE_HEAD = new Set(["if", "while", "for", "with"]);

/**
 * Splits source into tokens, the last of which is "end".
 *
 * @throws {SyntaxError} When something is no token.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const open: number[] = [];
  const is = makePatterns();
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text === undefined || text === "") return null;
    at += text.length;
    return text;
  };
  const push = (kind: Token["kind"], text: string) => tokens.push({ kind, text, close: -1 });
  /** From after a backtick, or after the `}` of a substitution. */
  const template = () => {
    const text = match(is.template);
    if (text === null) throw new SyntaxError("Cannot read the function: a template does not end");
    push("template", "`");
    if (text.endsWith("`")) return;
    open.push(tokens.length);
    push("punctuator", "${");
  };
  for (match(is.space); at < source.length; match(is.space)) {
    const char = source[at]!;
    if (char === "`") {
      at++;
      template();
      continue;
    }
    const name = match(is.name);
    if (name !== null) {
      push("name", name);
      continue;
    }
    if (char === "#") {
      const text = match(is.private);
      if (text !== null) push("private", text);
      else at++;
      continue;
    }
    if (
      (char === "/" && startsOperand(tokens) && match(is.regex)) || match(is.string) ||
      matchNumber()
    ) {
      push("literal", char);
      continue;
    }
    const text = match(is.punctuator);
    if (text === null) throw new SyntaxError(`Cannot read the function: no token at "${char}"`);
    if (text === "(" || text === "[" || text === "{") open.push(tokens.length);
    push("punctuator", text);
    if (text === ")" || text === "]" || text === "}") {
      const opening = tokens[open.pop() ?? -1];
      if (opening !== undefined) opening.close = tokens.length - 1;
      if (opening?.text === "${") template();
    }
  }
  push("end", "");
  return tokens;

  function matchNumber(): boolean {
    return /[\d.]/.test(source[at]!) && /^\.?\d/.test(source.slice(at, at + 2)) &&
      match(is.number) !== null;
  }
}

/** Made anew for each use: sticky ones remember where they are, and an import should not compile them. */
function makePatterns() {
  return {
    space: /(?:\s|\/\/[^\n\u2028\u2029]*|\/\*[^]*?\*\/)*/y,
    name: /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy,
    private: /#[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy,
    number: /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)n?/y,
    string: /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y,
    regex: /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[\p{ID_Continue}$]*/uy,
    template: /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y,
    punctuator:
      /=>|\.\.\.|\?\.(?!\d)|\?\?=?|\*\*=?|&&=?|\|\|=?|\+\+|--|>>>?=?|<<=?|[=!]==?|[-+*\/%&|^<>]=?|[{}()[\];,:?.~=!@]/y,
  };
}

/** Whether what comes next starts an operand: there, a slash starts a regular expression. */
function startsOperand(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last === undefined) return true;
  switch (last.kind) {
    case "name":
      return BEFORE_OPERAND.has(last.text) && tokens.at(-2)?.text !== ".";
    case "punctuator":
      if (last.text === ")") {
        const opening = tokens.findLastIndex((token) => token.close === tokens.length - 1);
        return BEFORE_HEAD.has(tokens[opening - 1]?.text ?? "");
      }
      return last.text !== "]" && last.text !== "++" && last.text !== "--";
    default:
      return false;
  }
}
