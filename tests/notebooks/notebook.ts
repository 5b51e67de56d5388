// deno-lint-ignore-file camelcase -- the names of the notebook format
// A notebook of a page: nbformat 4.5, in one language, with the outputs it is given.

import type { Cell, Language } from "./page.ts";

export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Record<string, unknown>;
  readonly metadata?: Record<string, unknown>;
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: string[];
}

export interface NotebookCell {
  readonly cell_type: "markdown" | "code";
  readonly id: string;
  readonly metadata: { readonly rows?: readonly string[]; readonly tags?: readonly string[] };
  readonly source: string[];
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Record<string, unknown>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** Where a notebook of a page lies, from the root of the tree. */
export function notebookPath(page: string, language: Language): string {
  return language === "en" ? `notebooks/${page}.ipynb` : `notebooks/ko/${page}.ipynb`;
}

/** `outputs` are by cell id. */
export function makeNotebook(
  cells: readonly Cell[],
  language: Language,
  outputs: ReadonlyMap<string, readonly Output[]>,
): Notebook {
  let count = 0;
  return {
    cells: cells.map((cell): NotebookCell => {
      const rows = cell.rows.length > 0 ? { rows: cell.rows } : {};
      if (cell.kind === "text") {
        const source = lines(cell.text[language]);
        return { cell_type: "markdown", id: cell.id, metadata: rows, source };
      }
      return {
        cell_type: "code",
        execution_count: ++count,
        id: cell.id,
        metadata: cell.measured ? { ...rows, tags: ["measured"] } : rows,
        outputs: outputs.get(cell.id) ?? [],
        source: lines(codeFor(cell.code, language)),
      };
    }),
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: {
        file_extension: ".ts",
        mimetype: "text/x.typescript",
        name: "typescript",
        nbconvert_exporter: "script",
        pygments_lexer: "typescript",
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** As files hold it. */
export function stringify(notebook: Notebook): string {
  return JSON.stringify(notebook, null, 1) + "\n";
}

export function outputsOf(notebook: Notebook): Map<string, readonly Output[]> {
  return new Map(notebook.cells.map((cell) => [cell.id, cell.outputs ?? []]));
}

/** The Korean notebooks lie as deep as the pages, the English ones a level above. */
function codeFor(code: string, language: Language): string {
  if (language === "ko") return code;
  return code.replace(/(["'])\.\.\/(\.\.\/)?([\w./]+\.ts\1)/g, (_, quote, up, rest) => {
    return quote + (up ?? "./") + rest;
  });
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
