// The probe against registries on loopback: one that is well, and the ways of being missing.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { whyJsrIsMissing } from "./std.ts";

const json = (body: unknown) => (): Response => Response.json(body);

Deno.test("whyJsrIsMissing() finds nothing amiss when the registry lists versions", async () => {
  assertEquals(await ask(json({ versions: { "1.0.19": {} } })), undefined);
});

Deno.test("whyJsrIsMissing() refuses answers that are not the registry's", async () => {
  assertStringIncludes(await ask(json({ error: "blocked" })) ?? "", "lists no versions");
  assertStringIncludes(await ask(() => new Response("<html>Log in</html>")) ?? "", "is no JSON");
});

Deno.test("whyJsrIsMissing() tells a closed port from silence", async () => {
  const port = await withServer(json({}), (url) => Promise.resolve(new URL(url).port));
  const closed = `http://127.0.0.1:${port}/`;
  assertEquals(await whyJsrIsMissing(closed), `127.0.0.1:${port} cannot be reached`);
});

Deno.test("whyJsrIsMissing() gives up on a registry that takes the request and says nothing", async () => {
  const silence = Promise.withResolvers<Response>();
  const reason = await withServer(() => silence.promise, async (url) => {
    const reason = await whyJsrIsMissing(url, 50);
    silence.resolve(new Response());
    return reason;
  });
  assertStringIncludes(reason ?? "", "did not answer within 0.05 s");
});

Deno.test("whyJsrIsMissing() gives up on an answer that never ends", async () => {
  const endless = (): Response => new Response(new ReadableStream({ start() {} }));
  assertStringIncludes(await ask(endless, 50) ?? "", "did not answer within 0.05 s");
});

function ask(handler: Handler, timeoutMs?: number): Promise<string | undefined> {
  return withServer(handler, (url) => whyJsrIsMissing(url, timeoutMs));
}

type Handler = () => Response | Promise<Response>;

async function withServer<T>(handler: Handler, body: (url: string) => Promise<T>): Promise<T> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, handler);
  try {
    return await body(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}
