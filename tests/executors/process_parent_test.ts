// Programs with a pool of processes, as programs: how they end, and what they may do.

import { assertEquals } from "@std/assert";
import { isRunning, processEnds } from "../support/processes.ts";

const ROOT = new URL("../..", import.meta.url);

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  Deno.test(`ProcessPoolExecutor leaves no process when its program ends by ${signal}`, async () => {
    const parent = start(["-A"], new URL("./process_parent.ts", import.meta.url).href);
    const pids = JSON.parse(await firstLine(parent.stdout)) as number[];
    assertEquals(pids.map(isRunning), [true, true, true]);
    parent.kill(signal);
    await parent.status;
    for (const pid of pids) await processEnds(pid);
  });
}

Deno.test("ProcessPoolExecutor lets a program end that has shut it down", async () => {
  const { code, text } = await outcome(
    ["-A"],
    `
    const pool = new ProcessPoolExecutor();
    const result = await pool.submit((n) => 2 * n, 4);
    await pool.shutdown();
    console.log(result);
  `,
  );
  assertEquals([code, text], [0, "8\n"]);
});

Deno.test("ProcessPoolExecutor.submit() fails with BrokenExecutor where no process may be started", async () => {
  const { code, text } = await outcome(
    ["--allow-read"],
    `
    const pool = new ProcessPoolExecutor();
    const error = await pool.submit(() => 1).catch((error) => error);
    await pool.shutdown();
    console.log(error.name);
  `,
  );
  assertEquals([code, text], [0, "BrokenExecutor\n"]);
});

Deno.test("ProcessPoolExecutor hands on the permissions that its program has as a whole", async () => {
  const flags = ["--allow-read", "--allow-run", "--allow-net=127.0.0.1", "--deny-read=/proc"];
  const { code, text } = await outcome(
    flags,
    `
    const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
    const states = await pool.submit(() =>
      ["read", "write", "net", "env", "run"].map((name) => Deno.permissions.querySync({ name }).state)
    );
    await pool.shutdown();
    console.log(states.join());
  `,
  );
  assertEquals([code, text], [0, "prompt,prompt,prompt,prompt,granted\n"]);
});

Deno.test("ProcessPoolExecutor runs jobs of modules with the configuration of its program", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const library = new URL("mod.ts", ROOT).href;
    await write(folder, "deno.json", JSON.stringify({ imports: { "factor": "./factor.ts" } }));
    await write(folder, "factor.ts", "export const factor = 6;");
    await write(
      folder,
      "jobs.ts",
      `import { factor } from "factor";
      export const times = (n: number) => n * factor;`,
    );
    await write(
      folder,
      "main.ts",
      `import { moduleJobs, ProcessPoolExecutor } from "${library}";
      const jobs = moduleJobs<typeof import("./jobs.ts")>(new URL("./jobs.ts", import.meta.url));
      const pool = new ProcessPoolExecutor();
      console.log(await pool.submit(jobs.times, 7));
      await pool.shutdown();`,
    );
    const { code, stdout } = await start(["-A"], `${folder}/main.ts`).output();
    assertEquals([code, new TextDecoder().decode(stdout)], [0, "42\n"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function start(flags: readonly string[], program: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-lock", "--no-check", ...flags, program],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Runs the statements with a pool's class at hand. */
async function outcome(
  flags: readonly string[],
  statements: string,
): Promise<{ code: number; text: string }> {
  const library = new URL("mod.ts", ROOT).href;
  const code = `import { ProcessPoolExecutor } from "${library}";\n${statements}`;
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeTextFile(file, code);
    const { code: status, stdout } = await start(flags, file).output();
    return { code: status, text: new TextDecoder().decode(stdout) };
  } finally {
    await Deno.remove(file);
  }
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0]!;
}

function write(folder: string, name: string, text: string): Promise<void> {
  return Deno.writeTextFile(`${folder}/${name}`, text);
}
