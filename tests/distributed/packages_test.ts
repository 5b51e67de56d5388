// The engine's packages are this export's alone, and every machine can install them as locked.

import { assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);

Deno.test("mod.ts asks no registry for anything, not even with an empty cache", async () => {
  const asked: string[] = [];
  const registry = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    asked.push(new URL(request.url).pathname);
    return new Response(null, { status: 404 });
  });
  const cache = await Deno.makeTempDir();
  const url = `http://127.0.0.1:${registry.addr.port}/`;
  const env = { DENO_DIR: cache, JSR_URL: url, NPM_CONFIG_REGISTRY: url, NO_PROXY: "127.0.0.1" };
  const load = (entry: string): Promise<boolean> =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-lock", entry],
      cwd: ROOT,
      env,
      stderr: "null",
    }).output().then(({ success }) => success);
  try {
    assertEquals([await load("mod.ts"), asked], [true, []]);
    // And it would have been seen: this one does ask.
    assertEquals([await load("data:text/javascript,import 'npm:bullmq@6.7.0'"), asked], [
      false,
      ["/bullmq"],
    ]);
  } finally {
    await registry.shutdown();
    await Deno.remove(cache, { recursive: true });
  }
});

// BullMQ's msgpackr takes msgpackr-extract if it can be had. Version 3.0.7 of that names platform
// packages which not every registry has, and deno installs nothing at all when one of them cannot be
// found. There is no way to say so in deno.json: the lock is the one place that pins it.
Deno.test("deno.lock pins msgpackr-extract to a version whose platform packages exist", async () => {
  const lock = JSON.parse(await Deno.readTextFile(new URL("deno.lock", ROOT)));
  const extracts = Object.keys(lock.npm).filter((name) => name.includes("msgpackr-extract"));
  assertEquals(
    new Set(extracts.map((name) => name.slice(name.lastIndexOf("@")))),
    new Set(["@3.0.4"]),
  );
  assertEquals(extracts.length, 7);
});
