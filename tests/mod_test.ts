// Importing the library is free: whoever imports it has given it nothing yet and asked for nothing.

import { assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

for (const entry of Object.values(config.exports)) {
  Deno.test(`${entry} loads without permissions, says nothing and starts nothing`, async () => {
    const path = new URL(entry, new URL("..", import.meta.url)).pathname;
    const loading = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-lock", path],
      // A timer or a worker that it left running would keep the process from ending.
      signal: AbortSignal.timeout(20_000),
    });
    const { code, stdout, stderr } = await loading.output();
    const text = new TextDecoder();
    assertEquals([code, text.decode(stdout), text.decode(stderr)], [0, "", ""]);
  });
}
