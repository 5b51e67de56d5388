// The README cannot rot: its programs run and print what stands below them, its commands are there, it
// stays short, and what it and the pages below it name exists.

import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

const ROOT = new URL("..", import.meta.url);
const README = await Deno.readTextFile(new URL("README.md", ROOT));
const MOST_LINES = 200;

/** A program, and the output that it is shown with. */
interface Shown {
  readonly line: number;
  readonly source: string;
  readonly output: string;
}

const PROGRAMS = programs(README);

for (const { line, source, output } of PROGRAMS) {
  // In real time, which is what a reader has; none takes longer than a moment.
  Deno.test(`The program in line ${line} of the README prints what the README says`, async () => {
    assertEquals(await printed(source), [0, output, ""]);
  });
}

Deno.test("The README shows one program in both styles", () => {
  const [generator, async] = PROGRAMS.map(({ source }) => source);
  assertEquals([/\byield\b/.test(generator!), /\bawait sleep\b/.test(generator!)], [true, false]);
  assertEquals([/\byield\b/.test(async!), /\bawait sleep\b/.test(async!)], [false, true]);
});

Deno.test("Every command in the README is a task of deno.json", () => {
  const tasks = [...README.matchAll(/\bdeno task ([\w:]+)/g)].map(([, task]) => task!);
  assert(tasks.includes("demo") && tasks.includes("test"));
  assertEquals(tasks.filter((task) => !Object.hasOwn(config.tasks, task)), []);
});

for (const page of ["README.md", "src/README.md", "bench/README.md", "tests/README.md"]) {
  Deno.test(`Every file that ${page} names is there`, async () => {
    const base = new URL(page, ROOT);
    const text = await Deno.readTextFile(base);
    const links = [...text.matchAll(/\]\(([^):]+)\)/g)].map(([, path]) => path!);
    // In running text: `core/task.ts`, `limit/`, and the paths of commands in code blocks.
    const named = /(?<![\w./])(?:\.{1,2}\/)*\w[\w/]*(?:\.ts\b|\/(?=`))/g;
    const paths = [...text.matchAll(named)].map(([path]) => path);
    assert(links.length + paths.length > 0);
    const missing = await Promise.all(
      [...links, ...paths].map(async (path) => {
        const places = [new URL(path, base), new URL(path, ROOT)];
        return (await Promise.all(places.map(exists))).includes(true) ? [] : [path];
      }),
    );
    assertEquals(missing.flat(), []);
  });
}

Deno.test(`The README has at most ${MOST_LINES} lines`, () => {
  assert(README.trimEnd().split("\n").length <= MOST_LINES);
});

Deno.test("programs() pairs each program with the output below it, else with the one above", () => {
  const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n\n`;
  const page = fence("ts", "a") + fence("text", "1\n2") + fence("sh", "x") + fence("ts", "b") +
    "It prints the same.\n\n" + fence("ts", "c") + fence("text", "3");
  assertEquals(programs(page), [
    { line: 2, source: "a\n", output: "1\n2\n" },
    { line: 15, source: "b\n", output: "1\n2\n" },
    { line: 21, source: "c\n", output: "3\n" },
  ]);
});

/** Every `ts` block, with the `text` block that follows it at once, or the last one before it. */
function programs(page: string): Shown[] {
  const blocks = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  let output = "";
  return blocks.flatMap(({ 1: language, 2: source = "", index }, i) => {
    if (language !== "ts") return [];
    const next = blocks[i + 1];
    if (next?.[1] === "text") output = next[2]!;
    return [{ line: page.slice(0, index).split("\n").length + 1, source, output }];
  });
}

async function exists(file: URL): Promise<boolean> {
  try {
    await Deno.stat(file);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs a program in a process of its own, as a module that lies beside deno.json. */
async function printed(source: string): Promise<[code: number, stdout: string, stderr: string]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--no-lock", "--quiet", "--ext=ts", "-"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(20_000), // a hang has to end as a failure
  }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(source));
  await stdin.close();
  const { code, stdout, stderr } = await child.output();
  const text = new TextDecoder();
  return [code, text.decode(stdout), text.decode(stderr)];
}
