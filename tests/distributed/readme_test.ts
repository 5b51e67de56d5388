// The example of the folder's page, as written there.

import { assertEquals } from "@std/assert";
import { RedisServer, redisTest } from "../support/redis_server.ts";
import { WorkerProcess } from "../support/worker_process.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGE = new URL("src/distributed/README.md", ROOT);

redisTest("README.md of distributed has two processes that work as written", async () => {
  await using redis = await RedisServer.start();
  const page = (await Deno.readTextFile(PAGE)).replaceAll("127.0.0.1:6379", redis.url.slice(8));
  const [squares, main] = blocks(page, "ts ignore");
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/squares.ts`, squares!);
    await Deno.writeTextFile(`${folder}/main.ts`, main!);
    await using _worker = await WorkerProcess.start(redis.url, [`${folder}/squares.ts`]);
    const config = new URL("deno.json", ROOT).pathname;
    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", config, `${folder}/main.ts`],
      stderr: "inherit",
    }).output();
    const printed = new TextDecoder().decode(stdout);
    assertEquals([success, blocks(page, "").includes(printed)], [true, true]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** The contents of fenced blocks with that after the fence. */
function blocks(page: string, info: string): string[] {
  const fenced = page.matchAll(/^```([^\n]*)\n(.*?)^```$/gms);
  return [...fenced].filter(([, after]) => after === info).map(([, , content]) => content!);
}
