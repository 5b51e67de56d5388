// What the fault tests take for granted: that the faults they make are faults.

import { assertEquals, assertRejects } from "@std/assert";
import { Redis } from "ioredis";
import { RedisServer, redisTest } from "../support/redis_server.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";

redisTest(
  "RedisServer.kill() breaks connections, restart() brings back what was written",
  async () => {
    await using server = await RedisServer.start({ appendOnly: true });
    const writes = Array.from({ length: 1000 }, (_, n) => n);
    const before = client(server.port);
    await Promise.all(writes.map((n) => before.rpush("list", n)));
    await server.kill();
    await assertRejects(() => before.llen("list"));
    await end(before);
    await server.restart();
    const after = client(server.port);
    assertEquals((await after.lrange("list", 0, -1)).map(Number), writes);
    await end(after);
  },
);

redisTest("RedisServer without an append-only file forgets", async () => {
  await using server = await RedisServer.start();
  const before = client(server.port);
  await before.set("key", "value");
  await end(before);
  await server.kill();
  await server.restart();
  const after = client(server.port);
  assertEquals(await after.get("key"), null);
  await end(after);
});

redisTest("TcpProxy.cut() breaks and refuses connections until restore()", async () => {
  await using server = await RedisServer.start();
  await using proxy = new TcpProxy(() => server.port);
  const before = client(proxy.port);
  assertEquals(await before.ping(), "PONG");
  assertEquals(proxy.connections, 1);
  await proxy.cut();
  assertEquals(proxy.connections, 0);
  await assertRejects(() => before.ping());
  await assertRejects(() => client(proxy.port).ping());
  proxy.restore();
  const after = client(proxy.port);
  assertEquals(await after.ping(), "PONG");
  await end(after);
});

/** One that gives up at the first failure. */
function client(port: number): Redis {
  const client = new Redis(port, "127.0.0.1", { retryStrategy: null, maxRetriesPerRequest: 0 });
  client.on("error", () => {}); // the commands fail with it
  return client;
}

/** Disconnects and waits until its timers are gone as well. */
async function end(client: Redis): Promise<void> {
  if (client.status === "end") return;
  const ended = Promise.withResolvers<void>();
  client.once("end", ended.resolve);
  client.disconnect();
  await ended.promise;
}
