// A page is the source of one notebook in both languages: a TypeScript module, so that its code is
// formatted, linted and type-checked like any other, cut into cells by comments:
//
//     /* %% id rows...            a cell of text; then Markdown in English,
//     %% ko                       and the same in Korean */
//     // %% id measured? rows...  a cell of code, up to the next mark
//
// Rows are those of rows.json that the cell shows. A "measured" cell depends on real time: its output
// is not compared.

export const LANGUAGES = ["en", "ko"] as const;
export type Language = typeof LANGUAGES[number];

export interface TextCell {
  readonly kind: "text";
  readonly id: string;
  readonly rows: readonly string[];
  readonly text: Readonly<Record<Language, string>>;
}

export interface CodeCell {
  readonly kind: "code";
  readonly id: string;
  readonly rows: readonly string[];
  readonly measured: boolean;
  readonly code: string;
}

export type Cell = TextCell | CodeCell;

const ROW = /^(S\d-[A-Z]\d+[a-z]?|G\d+)$/;
const MARK = /^\/[*/] %% /;
const ID = /^[a-z][a-z0-9-]{0,60}$/;

/** The cells of a page's source. */
export function parsePage(source: string, name: string): Cell[] {
  const cells: Cell[] = [];
  // What stands before the first mark is for the reader of the source.
  const parts = source.split(/^(?=\/\* %% |\/\/ %% )/m).filter((part) => MARK.test(part));
  for (const part of parts) {
    const isText = part.startsWith("/*");
    const lineEnd = part.indexOf("\n");
    const [id = "", ...words] = part.slice("// %% ".length, lineEnd).trim().split(/\s+/);
    const rows = words.filter((word) => word !== "measured");
    const wrong = [id].filter((word) => !ID.test(word)).concat(
      rows.filter((row) => !ROW.test(row)),
    );
    if (wrong.length > 0) throw new SyntaxError(`${name}: cannot read "${wrong[0]}" in a mark`);
    if (cells.some((cell) => cell.id === id)) {
      throw new SyntaxError(`${name}: "${id}" occurs twice`);
    }
    const rest = part.slice(lineEnd + 1);
    if (isText) {
      cells.push({ kind: "text", id, rows, text: languages(rest, `${name}, cell ${id}`) });
    } else {
      const measured = words.includes("measured");
      cells.push({ kind: "code", id, rows, measured, code: rest.trim() });
    }
  }
  return cells;
}

function languages(comment: string, where: string): Record<Language, string> {
  const [text, ...after] = comment.split(/\*\/\s*/);
  if (after.join("").trim() !== "") throw new SyntaxError(`${where}: code follows the text`);
  const [en, ko, ...more] = text!.split(/^%% ko$/m).map((part) => part.trim());
  if (!en || !ko || more.length > 0) {
    throw new SyntaxError(`${where}: expected English, a line "%% ko", and Korean`);
  }
  return { en, ko };
}
