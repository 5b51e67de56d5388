// Jobs that no submitter of ours would make. Each is an error of that job, nothing is loaded, and the
// worker goes on.

import { assert, assertEquals } from "@std/assert";
import { clusterTest, jobs } from "../support/cluster.ts";
import { EXPORTS, SHAPES, specifiers } from "./attacks.ts";
import { within } from "../support/within.ts";

const GOOD = { v: 1, module: "fault_jobs", export: "work", kind: "call", args: [], recoveries: 0 };

clusterTest(
  "ClusterWorker loads nothing that a job in the queue asks for, and lives",
  30_000,
  async (cluster) => {
    const asked: string[] = [];
    await using host = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      asked.push(request.url);
      return new Response("export {}", { headers: { "content-type": "text/javascript" } });
    });
    const url = `http://127.0.0.1:${host.addr.port}`;
    const [evil, trace] = [`${cluster.folder}/evil.ts`, `${cluster.folder}/loaded`];
    await Deno.writeTextFile(
      evil,
      `Deno.writeTextFileSync("${trace}", ""); export const work = 1;`,
    );
    // Whatever it asked registries and other hosts would come here too; what it runs is installed.
    const worker = await cluster.worker([], cluster.redis.url, {
      ...{ HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: "127.0.0.1", DENO_NO_UPDATE_CHECK: "1" },
    });

    const attacks = [
      ...specifiers(evil, url).map((module) => ({ ...GOOD, module })),
      ...EXPORTS.map((name) => ({ ...GOOD, export: name })),
      ...SHAPES,
    ];
    assert(attacks.length >= 50);
    const queue = cluster.queue();
    await queue.addBulk(attacks.map((data) => ({ name: "attack", data })));
    // Jobs are taken in their order: when this one is done, all have been taken.
    assertEquals(await cluster.executor().submit(jobs.work, 3, 1), 9);
    await within(async () => (await queue.getJobCounts("active")).active === 0);

    assertEquals(await queue.getJobCounts("completed", "failed", "waiting"), {
      completed: 1,
      failed: attacks.length,
      waiting: 0,
    });
    assertEquals(asked, []);
    assertEquals(await exists(trace), false);
    assertEquals(await worker.stop(), 0);
  },
);

clusterTest(
  "ClusterWorker outlives a job whose record in Redis is broken",
  30_000,
  async (cluster) => {
    const worker = await cluster.worker();
    const queue = cluster.queue();
    const client = cluster.client();
    for (const [field, value] of [["data", "{"], ["opts", "["], ["data", ""], ["opts", "null"]]) {
      await queue.pause();
      const { id } = await queue.add("attack", GOOD);
      await client.hset(queue.toKey(id!), { [field!]: value! });
      await queue.resume();
    }
    assertEquals(await cluster.executor().submit(jobs.work, 3, 1), 9);
    assertEquals(await worker.stop(), 0);
  },
);

clusterTest(
  "ClusterWorker changes no prototype for keys in a job's arguments",
  30_000,
  async (cluster) => {
    await cluster.worker(["--threads", "1"]);
    const queue = cluster.queue();
    const poisoned = [
      '{"__proto__": {"polluted": 1}}',
      '{"constructor": {"prototype": {"polluted": 1}}}',
      '[{"__proto__": ["polluted"]}]',
    ].map((json) => JSON.parse(json));
    await queue.addBulk(poisoned.map((argument) => {
      return { name: "attack", data: { ...GOOD, export: "prototypes", args: [argument] } };
    }));
    assertEquals(await cluster.executor().submit(jobs.prototypes, {}), []);
  },
);

clusterTest(
  "ClusterWorker is not held up by arguments that are small and decode to much",
  30_000,
  async (cluster) => {
    const worker = await cluster.worker();
    const bombs = [
      { $: ["array", 2 ** 32 - 1, []] },
      { $: ["bigint", "9".repeat(100_000)] },
      { $: ["RegExp", "(".repeat(10_000) + ")".repeat(10_000), ""] },
      doubled(100),
      nested(100_000),
    ];
    await cluster.queue().addBulk(bombs.map((bomb) => {
      return { name: "attack", data: { ...GOOD, export: "prototypes", args: [bomb] } };
    }));
    const begin = performance.now();
    assertEquals(await cluster.executor().submit(jobs.work, 3, 1), 9);
    assert(performance.now() - begin < 2000); // a lock is lost after more
    assertEquals(await worker.stop(), 0);
  },
);

/** Twice what is one level further down, so many levels deep: by reference that is little. */
function doubled(levels: number): unknown {
  const value: unknown[] = [];
  let last = value;
  for (let i = 1; i < levels; i++) {
    const inner: unknown[] = [];
    last.push(inner, { $: ["again", i + 1] });
    last = inner;
  }
  return value;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
