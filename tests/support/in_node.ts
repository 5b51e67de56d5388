/**
 * Runs code in Node, on the package that Node's users get: as from JSR, each module of its own, TypeScript
 * made JavaScript, imports rewritten. Where there is no Node these tests are left out, and a line says so.
 */
import { assertEquals } from "@std/assert";

/** All that the module offers. */
export type Library = typeof import("../../mod.ts");

const ROOT = new URL("../..", import.meta.url).pathname;
/** The system ends what takes longer. */
const LONGEST_MS = 30_000;

/** How a program is started: as a file and with a flag, or as text. */
const STARTS = {
  file: async (program: string) => {
    const path = await Deno.makeTempFile({ dir: await packed(), suffix: ".mjs" });
    await Deno.writeTextFile(path, program);
    return await command("node", "--max-old-space-size=100", path);
  },
  text: (program: string) => command("node", "--input-type=module", "-e", program),
};

/**
 * Registers a test. `body` is shipped as source and so uses nothing from outside; what it returns, as JSON,
 * has to be `expected`. Afterwards its program has to end by itself, and say nothing.
 */
export function inNode(
  name: string,
  body: (asyncio: Library) => unknown,
  expected: unknown,
  start: keyof typeof STARTS = "file",
): void {
  Deno.test({ name: `${name}, in Node`, ignore: !HAS_NODE }, async () => {
    const library = new URL(`file://${await packed()}/package/mod.js`);
    const program = `import * as asyncio from "${library}";
      const result = await (${body})(asyncio);
      process.stdout.write(JSON.stringify(result));`;
    const { code, stdout, stderr } = await STARTS[start](program);
    assertEquals({ code, stderr }, { code: 0, stderr: "" });
    assertEquals(JSON.parse(stdout), expected);
  });
}

const HAS_NODE = (await command("sh", "-c", "command -v node")).code === 0;
if (!HAS_NODE) console.log("no node on this machine: the tests that run in it are left out");

let folder: Promise<string> | null = null;

/** Where the package lies; made for the first test that needs it, and removed with this process's end. */
function packed(): Promise<string> {
  return folder ??= pack();
}

async function pack(): Promise<string> {
  const folder = await Deno.makeTempDir();
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  const archive = `${folder}/package.tgz`;
  for (
    const [program, ...args] of [
      [Deno.execPath(), "pack", "--quiet", "--allow-dirty", "--no-source-maps", "-o", archive],
      ["tar", "-xzf", archive, "-C", folder],
    ]
  ) {
    const { code, stderr } = await command(program!, ...args);
    if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  }
  return folder;
}

async function command(
  program: string,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const { code, stdout, stderr } = await new Deno.Command(program, { args, cwd: ROOT, signal })
    .output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
