// The pages of the tree and their notebooks.

import { filesIn } from "../tools/files.ts";
import { type Cell, type Language, LANGUAGES, parsePage } from "./page.ts";
import { type Notebook, notebookPath } from "./notebook.ts";

export const ROOT: string = new URL("../..", import.meta.url).pathname;

export interface Page {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export async function readPages(): Promise<Page[]> {
  const files = await filesIn(`${ROOT}notebooks/pages`, ".ts");
  return await Promise.all(files.map(async (file) => {
    const name = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
    return { name, cells: parsePage(await Deno.readTextFile(file), name) };
  }));
}

/** The committed notebook, or undefined when the page has none yet. */
export async function readNotebook(page: Page, language: Language): Promise<Notebook | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(ROOT + notebookPath(page.name, language)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Every page in every language. */
export function editions(pages: readonly Page[]): { page: Page; language: Language }[] {
  return pages.flatMap((page) => LANGUAGES.map((language) => ({ page, language })));
}
