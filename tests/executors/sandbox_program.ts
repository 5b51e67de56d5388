/** Run by `sandbox_test.ts`, because the flags of a sandbox are those of a whole process. */
import { run, ThreadPoolExecutor } from "../../mod.ts";

const PROBES: Record<string, () => unknown> = {
  read: () => Deno.readTextFileSync("/etc/hostname"),
  list: () => [...Deno.readDirSync("/")].length,
  write: () => Deno.writeTextFileSync("/tmp/sandbox-probe", ""),
  net: () => Deno.connect({ port: 9 }),
  fetch: () => fetch("http://127.0.0.1:9/"),
  listen: () => Deno.listen({ port: 0 }),
  env: () => Deno.env.toObject(),
  run: () => new Deno.Command("true").outputSync(),
  ffi: () => Deno.dlopen("libc.so.6", {}),
  sys: () => Deno.hostname(),
  npm: () => import(["npm", "left-pad@1"].join(":")),
  remote: () => import(["https", "//127.0.0.1:9/mod.ts"].join(":")),
  local: () => import(["file", "///etc/hostname"].join(":")),
  nested: () =>
    new Promise((resolve, reject) => {
      const code = "postMessage(Deno.permissions.querySync({ name: 'read' }).state)";
      const worker = new Worker(URL.createObjectURL(new Blob([code])), { type: "module" });
      worker.onmessage = ({ data }) => {
        worker.terminate();
        if (data === "granted") resolve(data);
        else reject(new Error(data));
      };
    }),
  compute: () => 1 + 1,
};

await run(async () => {
  const pool = new ThreadPoolExecutor({ maxWorkers: 1, permissions: "none" });
  const allowed: string[] = [];
  for (const [name, probe] of Object.entries(PROBES)) {
    try {
      await pool.submit(probe as () => number);
      allowed.push(name);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  console.log(allowed.join(" "));
  await pool.shutdown();
});
