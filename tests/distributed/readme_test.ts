// The example with two processes, as the folder's README has it: files, commands and output are taken
// from there, and only the addresses are others.

import { assertEquals } from "@std/assert";
import { boundCommand } from "../support/processes.ts";
import { clusterTest } from "../support/cluster.ts";

const ROOT = new URL("../../", import.meta.url);
const README = await Deno.readTextFile(new URL("src/distributed/README.md", ROOT));

/** A fenced block, and the running text above it, up to the block before. */
interface Block {
  readonly above: string;
  readonly language: string;
  readonly text: string;
}

clusterTest(
  "The example of the README does what it says, by the commands that it names",
  60_000,
  async (cluster) => {
    const { folder, redis } = cluster;
    const blocks = blocksOf(README);
    for (const [name, text] of filesIn(blocks)) {
      await Deno.writeTextFile(`${folder}/${name}`, withPort(text, redis.port));
    }
    const here = (line: string, options?: Deno.CommandOptions) =>
      shell(translated(line, redis.port), folder, options);

    const worker = here(/^deno .*worker .*$/m.exec(README)![0], { stdout: "null", stderr: "null" })
      .spawn();
    try {
      const program = blocks.find(({ above }) => above.includes("`deno run -A main.ts`"))!;
      const { stdout, stderr } = await here("deno run -A main.ts").output();
      assertEquals([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), [
        program.text,
        "",
      ]);
    } finally {
      worker.kill("SIGKILL");
      await worker.status;
    }
  },
);

function blocksOf(page: string): Block[] {
  let end = 0;
  return [...page.matchAll(/^```(\w*)[^\n]*\n([^]*?)^```$/gm)].map((block) => {
    const above = page.slice(end, block.index);
    end = block.index + block[0].length;
    return { above, language: block[1]!, text: block[2]! };
  });
}

/** The programs whose text above says which file they are. */
function filesIn(blocks: readonly Block[]): [name: string, text: string][] {
  return blocks.flatMap(({ above, language, text }) => {
    const name = /`(\w+\.ts)`/.exec(above)?.[1];
    return language === "ts" && name !== undefined ? [[name, text]] : [];
  });
}

/** A command with this checkout in place of the published package, and another port. */
function translated(line: string, port: number): string {
  const config = `--config ${new URL("deno.json", ROOT).pathname}`;
  const worker = new URL("src/distributed/worker.ts", ROOT).pathname;
  return withPort(line, port)
    .replace(/deno task worker|deno run -A jsr:\S+\/worker/, `deno run -A ${worker}`)
    .replace("deno run -A", `exec ${Deno.execPath()} run -A --no-check ${config}`);
}

function withPort(text: string, port: number): string {
  return text.replaceAll(":6379", `:${port}`);
}

function shell(line: string, cwd: string, options: Deno.CommandOptions = {}): Deno.Command {
  return boundCommand("sh", { args: ["-c", line], cwd, stderr: "piped", ...options });
}
