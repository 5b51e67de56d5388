/**
 * fresh_client.ts URL COUNT: a program that starts, has so many jobs done, and ends. Prints the time from its
 * first job to its last result, in milliseconds.
 */
import { moduleJobs, run } from "../../mod.ts";
import { ClusterExecutor } from "../../src/distributed/mod.ts";

const jobs = moduleJobs<typeof import("./jobs.ts")>(new URL("./jobs.ts", import.meta.url));
const [url, count] = Deno.args as [string, string];

await run(async () => {
  await using executor = new ClusterExecutor({ connection: url });
  const begin = performance.now();
  const ns = Array.from({ length: Number(count) }, (_, n) => n);
  const results = await Promise.all(ns.map((n) => executor.submit(jobs.echo, n)));
  if (results.some((result, n) => result !== n)) throw new Error(`got ${results}`);
  console.log(performance.now() - begin);
});
