// Importing the library is free: whoever imports it has given it nothing yet and asked for nothing.

import { assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

/** The engine of these looks at variables like NODE_ENV when it is loaded, and is found by the lock. */
const WITH_ENGINE = ["--allow-env"];
const FLAGS: Record<string, string[]> = {
  "./distributed": WITH_ENGINE,
  "./worker": WITH_ENGINE,
};

for (const [name, entry] of Object.entries(config.exports)) {
  const flags = FLAGS[name] ?? ["--no-lock"];
  const allowed = flags === WITH_ENGINE
    ? "with no other permission than its engine's"
    : "without permissions";
  Deno.test(`${entry} loads ${allowed}, says nothing and starts nothing`, async () => {
    const root = new URL("..", import.meta.url);
    const loading = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", ...flags, "-"],
      cwd: root,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      // A timer or a worker that it left running would keep the process from ending.
      signal: AbortSignal.timeout(20_000),
    }).spawn();
    // Imported, not run: one of them is a command.
    const program = `import ${JSON.stringify(new URL(entry, root))};`;
    await ReadableStream.from([new TextEncoder().encode(program)]).pipeTo(loading.stdin);
    const { code, stdout, stderr } = await loading.output();
    const text = new TextDecoder();
    assertEquals([code, text.decode(stdout), text.decode(stderr)], [0, "", ""]);
  });
}
