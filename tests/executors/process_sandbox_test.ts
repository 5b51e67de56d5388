// What a job may not do in a process without permissions, each tried for real.

import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { errorOf } from "../support/every_executor.ts";
import { moduleJobs, ProcessPoolExecutor } from "../../mod.ts";
import { withProcesses } from "../support/processes.ts";

declare const asyncio: typeof import("../../mod.ts");

const HERE = new URL(import.meta.url);
const FILE = HERE.pathname;
const JOBS = new URL("./jobs.ts", HERE);

const ATTEMPTS: Record<string, (path: string, url: string) => unknown> = {
  "read a file": (path) => Deno.readTextFileSync(path),
  "list a folder": () => [...Deno.readDirSync("/")],
  "read by node:fs": async (path) => (await import("node:fs")).readFileSync(path).length,
  "write a file": () => Deno.makeTempFileSync(),
  "open its own output": () => Deno.openSync("/dev/fd/1", { write: true }),
  "connect": async (_, url) => (await fetch(url)).status,
  "listen": () => Deno.listen({ port: 0 }),
  "connect by node:net": async (_, url) => {
    const { connect } = await import("node:net");
    await new Promise((resolve, reject) => {
      connect(Number(new URL(url).port), "127.0.0.1", () => resolve(null)).on("error", reject);
    });
  },
  "read the environment": () => Deno.env.get("PATH"),
  "list the environment": () => Deno.env.toObject(),
  "run a program": () => new Deno.Command("true").outputSync().code,
  "kill its parent": () => Deno.kill(Deno.ppid, "SIGTERM"),
  "open a library": () => Deno.dlopen("libc.so.6", {}),
  "ask for the host's name": () => Deno.hostname(),
  "import a file": (path) => import(`file://${path}`).then(Object.keys),
  "import from the network": (_, url) => import(`${url}/module.ts`),
  "import from npm": () => import(`npm:${"left-pad"}`),
  "import from JSR": () => import(`jsr:${"@std/assert"}`),
  "read a file in a worker of its own": async (path) => {
    const code = `try { postMessage(Deno.readTextFileSync(${JSON.stringify(path)}) && "read") }
      catch (error) { postMessage(error.name) }`;
    const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`, {
      type: "module",
    });
    const answer = await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data));
    worker.terminate();
    if (answer !== "read") throw new Error(String(answer));
  },
};

for (const [what, attempt] of Object.entries(ATTEMPTS)) {
  sandboxed(`keeps a job from an attempt to ${what}`, async (pool, url, requests) => {
    const { name, message } = await errorOf(pool.submit(attempt, FILE, url));
    assertMatch(`${name}: ${message}`, /NotCapable|Requires .* access|--no-npm|remote specifier/);
    assertEquals(requests, []);
  });
}

withProcesses(
  "ProcessPoolExecutor with inherited permissions lets a job do what it may not do without",
  { maxWorkers: 1 },
  async (pool) => {
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(""),
    );
    try {
      const url = `http://127.0.0.1:${server.addr.port}`;
      for (
        const what of [
          ...["read a file", "list a folder", "read by node:fs", "connect", "connect by node:net"],
          ...["read the environment", "list the environment", "run a program", "import a file"],
          ...["ask for the host's name", "read a file in a worker of its own"],
        ]
      ) {
        await pool.submit(ATTEMPTS[what]!, JOBS.pathname, url);
      }
    } finally {
      await server.shutdown();
    }
  },
);

sandboxed("gives a job no permission when it asks for one", async (pool) => {
  const states = await pool.submit(async () => {
    const names = ["read", "write", "net", "env", "sys", "run", "ffi", "import"] as const;
    const asked = names.map((name) => Deno.permissions.request({ name }));
    return (await Promise.all(asked)).map(({ state }) => state);
  });
  assertEquals(states, new Array(8).fill("denied"));
});

sandboxed("runs coroutines and the library's own functions", async (pool) => {
  const slept = await pool.submit(function* () {
    yield* asyncio.sleep(1);
    return 7;
  });
  assertEquals(slept as unknown, 7);
});

sandboxed("cannot run a job of a module, which would have to be read", async (pool) => {
  const jobs = moduleJobs<typeof import("./jobs.ts")>(JOBS);
  await assertRejects(() => pool.submit(jobs.triple, 1));
});

withProcesses(
  "ProcessPoolExecutor.submit() grants the permissions that the pool was given, and no others",
  { maxWorkers: 1, permissions: { read: [new URL(".", HERE)], env: ["HOME"], net: false } },
  async (pool) => {
    const read = (path: string) => Deno.readTextFileSync(path).length > 0;
    assert(await pool.submit(read, FILE));
    assertEquals((await errorOf(pool.submit(read, "/etc/hostname"))).name, "NotCapable");
    assert(await pool.submit(() => Deno.env.get("HOME") !== undefined));
    const error = await errorOf(pool.submit(() => Deno.env.get("PATH")));
    assertEquals(error.name, "NotCapable");
  },
);

for (
  const permissions of [
    ...["all", 1, [], { files: true }, { read: "yes" }, { read: [1] }, { read: [""] }],
  ]
) {
  Deno.test(`ProcessPoolExecutor refuses ${JSON.stringify(permissions)} as permissions`, () => {
    const options = { permissions } as { permissions: "none" };
    assertThrows(() => new ProcessPoolExecutor(options), TypeError);
  });
}

/** With the address of a server that notes who comes. */
function sandboxed(
  name: string,
  body: (pool: ProcessPoolExecutor, url: string, requests: string[]) => Promise<void>,
): void {
  withProcesses(
    `ProcessPoolExecutor without permissions ${name}`,
    { maxWorkers: 1, permissions: "none" },
    async (pool) => {
      const requests: string[] = [];
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
        requests.push(url);
        return new Response("export {};");
      });
      try {
        await body(pool, `http://127.0.0.1:${server.addr.port}`, requests);
      } finally {
        await server.shutdown();
      }
    },
  );
}
