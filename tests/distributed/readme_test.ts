// The example with two processes, as the folder's README has it: files and commands are taken from there.

import { assertEquals } from "@std/assert";
import { boundCommand } from "../support/processes.ts";
import { clusterTest } from "../support/cluster.ts";

const ROOT = new URL("../../", import.meta.url);
const README = await Deno.readTextFile(new URL("src/distributed/README.md", ROOT));

clusterTest(
  "The two processes of the README do what it says, by the commands that it names",
  60_000,
  async (cluster) => {
    for (const name of ["jobs.ts", "main.ts"]) {
      await Deno.writeTextFile(`${cluster.folder}/${name}`, block("ts", `// ${name}\n`));
    }
    const [worker, main] = commands(block("sh", "deno run -A jsr:"), cluster.redis.port);
    const working = shell(worker!, cluster.folder).spawn();
    try {
      const { stdout } = await shell(main!, cluster.folder).output();
      assertEquals(new TextDecoder().decode(stdout), block("text", ""));
    } finally {
      working.kill("SIGKILL");
      await working.status;
    }
  },
);

/** The first fenced block in that language that begins so. */
function block(language: string, start: string): string {
  const blocks = README.matchAll(/^```(\w+)[^\n]*\n([^]*?)^```$/gm);
  for (const [, found, text] of blocks) {
    if (found === language && text!.startsWith(start)) return text!;
  }
  throw new Error(`The README has no ${language} block that begins with "${start}"`);
}

/** Its lines, with this checkout in place of the published package and this Redis for the default one. */
function commands(lines: string, port: number): string[] {
  const config = `--config ${new URL("deno.json", ROOT).pathname}`;
  const worker = new URL("src/distributed/worker.ts", ROOT).pathname;
  return lines.trimEnd().split("\n").map((line) =>
    line.replace("deno run", `exec deno run ${config}`).replace(/jsr:\S+\/worker/, worker)
      .replace(":6379", `:${port}`)
  );
}

/** In `main.ts` too, the default port is another one here. */
function shell(line: string, cwd: string): Deno.Command {
  const path = `${new URL(".", `file://${Deno.execPath()}`).pathname}:${Deno.env.get("PATH")}`;
  return boundCommand("sh", { args: ["-c", line], cwd, env: { PATH: path }, stderr: "inherit" });
}
