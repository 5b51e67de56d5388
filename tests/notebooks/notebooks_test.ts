/**
 * The committed notebooks: made from their pages, the same in both languages, fit to be shown.
 * That their outputs are those of a run is for `deno task notebooks`.
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { editions, readNotebook, readPages, ROOT } from "./pages.ts";
import { flaw, tidy } from "./outputs.ts";
import { makeNotebook, notebookPath, outputsOf, stringify } from "./notebook.ts";
import { LANGUAGES, parsePage } from "./page.ts";
import wanted from "./rows.json" with { type: "json" };

/** By the id of a row, the notebooks that show it. */
const rows: Record<string, string[]> = wanted;

const pages = await readPages();

Deno.test("Notebooks in both languages are what their page makes, apart from outputs", async () => {
  assert(pages.length > 0);
  for (const { page, language } of editions(pages)) {
    const notebook = await readNotebook(page, language);
    assert(notebook !== undefined, `${notebookPath(page.name, language)} is missing`);
    const made = stringify(makeNotebook(page.cells, language, outputsOf(notebook)));
    const committed = await Deno.readTextFile(ROOT + notebookPath(page.name, language));
    assertEquals(committed === made, true, `${page.name}: run deno task notebooks --write`);
  }
});

Deno.test("Notebooks show the same in both languages, except what is measured", async () => {
  for (const page of pages) {
    const [en, ko] = await Promise.all(
      LANGUAGES.map(async (language) => outputsOf((await readNotebook(page, language))!)),
    );
    for (const cell of page.cells) {
      if (cell.kind === "code" && !cell.measured) {
        assertEquals(ko!.get(cell.id), en!.get(cell.id), `${page.name}, cell ${cell.id}`);
      }
    }
  }
});

Deno.test("Outputs of notebooks are no errors, small, and free of a machine's paths", async () => {
  for (const { page, language } of editions(pages)) {
    for (const [id, outputs] of outputsOf((await readNotebook(page, language))!)) {
      assertEquals(flaw(outputs, ROOT), undefined, `${page.name}, cell ${id}`);
    }
  }
});

Deno.test("Rows of the source documents are all shown, in the notebooks meant for them", () => {
  const missing = Object.entries(rows).flatMap(([id, names]) => {
    const shown = pages.filter(({ cells }) => cells.some((cell) => cell.rows.includes(id)));
    return names.filter((name) => !shown.some((page) => page.name === name))
      .map((name) => `${id} is not in ${name}`);
  });
  assertEquals(missing, []);
  const unknown = pages.flatMap(({ cells }) => cells.flatMap(({ rows }) => rows))
    .filter((id) => !(id in rows));
  assertEquals(unknown, []);
});

Deno.test("parsePage() refuses marks that it cannot read, and text in one language", () => {
  const text = (mark: string) => `/* %% ${mark}\nHello\n%% ko\n안녕\n*/\n`;
  assertEquals(parsePage(text("a S0-C1"), "page")[0]!.rows, ["S0-C1"]);
  const wrong = [text("A"), text("a S0C1"), text("a") + text("a"), "/* %% a\nHello\n*/\n"];
  for (const source of wrong) assertThrows(() => parsePage(source, "page"), SyntaxError);
});

Deno.test("flaw() finds errors, paths and long outputs", () => {
  const stream = (text: string) => [{ output_type: "stream", name: "stdout", text }];
  assertEquals(flaw(stream("fine"), ROOT), undefined);
  const wrong = ["at file:///x.ts", "in /home/me/x", `${ROOT}mod.ts`, "x".repeat(70_000)];
  for (const text of wrong) assert(flaw(stream(text), ROOT) !== undefined, text.slice(0, 20));
  assert(flaw([{ output_type: "error", ename: "Error" }], ROOT) !== undefined);
});

Deno.test("tidy() joins what the kernel cut, streams before displays", () => {
  const piece = (text: string) => ({ output_type: "stream", name: "stdout", text });
  const display = { "output_type": "display_data", data: { "text/plain": "d" }, metadata: {} };
  const tidied = tidy([piece("a\n"), display, piece("b\n")]);
  assertEquals(tidied.map(({ text, data }) => text ?? data), [["a\n", "b\n"], {
    "text/plain": ["d"],
  }]);
});
