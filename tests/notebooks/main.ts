// main.ts [--write] [names]: makes the notebooks of all pages, or of those whose names contain one of
// these; runs them on the Deno kernel, both languages; compares what they show with what is committed;
// and renders them to notebooks/html. With --write, what they show becomes what is committed.

import { dirname } from "node:path";
import { editions, type Page, readNotebook, readPages, ROOT } from "./pages.ts";
import { flaw, plain, tidy } from "./outputs.ts";
import { HOW_TO_INSTALL, installKernel, pythonWith } from "./jupyter.ts";
import { makeNotebook, type Notebook, notebookPath, outputsOf, stringify } from "./notebook.ts";
import type { Language } from "./page.ts";

const HTML = `${ROOT}notebooks/html`;

interface Ran {
  readonly path: string;
  readonly seconds: number;
  readonly error: string | null;
}

async function main(args: readonly string[]): Promise<number> {
  const python = await pythonWith("nbclient", "nbconvert");
  if (python === undefined) {
    console.error(`Cannot run the notebooks without Jupyter: ${HOW_TO_INSTALL}`);
    return 1;
  }
  const names = args.filter((arg) => !arg.startsWith("--"));
  const pages = (await readPages()).filter(({ name }) =>
    names.length === 0 || names.some((part) => name.includes(part))
  );
  const work = await Deno.makeTempDir({ prefix: "notebooks" });
  try {
    await installKernel(work);
    const start = performance.now();
    const problems = await runAll(python, pages, work, args.includes("--write"));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${2 * pages.length} notebooks in ${seconds} s, ${problems} with problems`);
    return problems === 0 ? 0 : 1;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** Gives how many notebooks have problems; says which. */
async function runAll(
  python: string,
  pages: readonly Page[],
  work: string,
  write: boolean,
): Promise<number> {
  await Deno.mkdir(HTML, { recursive: true });
  const jobs = editions(pages).map(({ page, language }) => {
    const path = notebookPath(page.name, language);
    const name = language === "en" ? page.name : `${language}_${page.name}`;
    return { page, language, name, folder: dirname(ROOT + path), path: `${work}/${name}.ipynb` };
  });
  for (const { page, language, path, folder } of jobs) {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(path, stringify(makeNotebook(page.cells, language, new Map())));
  }
  const order = JSON.stringify({
    html: HTML,
    jobs: jobs.map(({ path, folder }) => ({ path, folder })),
  });
  let problems = 0;
  for await (const ran of execute(python, order, work)) {
    const job = jobs.find(({ path }) => path === ran.path)!;
    const wrong = ran.error === null
      ? await compare(job.page, job.language, JSON.parse(await Deno.readTextFile(ran.path)), write)
      : [ran.error];
    console.log(`${wrong.length === 0 ? "ok  " : "FAIL"} ${job.name.padEnd(30)} ${ran.seconds} s`);
    for (const line of wrong) console.log(line);
    if (wrong.length > 0) problems++;
  }
  return problems;
}

async function* execute(python: string, order: string, work: string): AsyncGenerator<Ran> {
  const path = [work, Deno.env.get("JUPYTER_PATH") ?? []].flat().join(":");
  const script = new URL("./execute.py", import.meta.url).pathname;
  const child = new Deno.Command(python, {
    args: [script],
    env: { JUPYTER_PATH: path, NO_COLOR: "1", PYTHONWARNINGS: "ignore" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(order));
  await writer.close();
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
  const { success, code } = await child.status;
  if (!success) throw new Error(`execute.py ended with code ${code}`);
}

/** What is wrong with the run, against the committed notebook, which `write` replaces. */
async function compare(
  page: Page,
  language: Language,
  ran: Notebook,
  write: boolean,
): Promise<string[]> {
  const fresh = new Map([...outputsOf(ran)].map(([id, outputs]) => [id, tidy(outputs)]));
  const flaws = [...fresh].flatMap(([id, outputs]) => {
    const found = flaw(outputs, ROOT);
    return found === undefined ? [] : [`cell ${id} ${found}:\n${plain(outputs)}`];
  });
  if (flaws.length > 0) return flaws;
  const path = ROOT + notebookPath(page.name, language);
  const committed = await readNotebook(page, language);
  if (write) {
    await Deno.writeTextFile(path, stringify(makeNotebook(page.cells, language, fresh)));
    return [];
  }
  if (committed === undefined) return ["there is no committed notebook: run with --write"];
  const before = outputsOf(committed);
  return page.cells.flatMap((cell) => {
    if (cell.kind === "text" || cell.measured) return [];
    const [then, now] = [before.get(cell.id) ?? [], fresh.get(cell.id) ?? []];
    if (JSON.stringify(then) === JSON.stringify(now)) return [];
    return [`cell ${cell.id} shows\n${plain(now)}\nbut committed is\n${plain(then)}`];
  });
}

Deno.exit(await main(Deno.args));
