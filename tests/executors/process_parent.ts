/** A program with a pool of processes, for tests that end it from outside. Says the processes' ids. */
import { ProcessPoolExecutor, run } from "../../mod.ts";

declare function reportProgress(value: unknown): void;

await run(async () => {
  const pool = new ProcessPoolExecutor({ maxWorkers: 3 });
  const started = (job: () => unknown) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    pool.submitWith({ onProgress: resolve }, job);
    return promise;
  };
  const looping = await started(() => {
    reportProgress(Deno.pid);
    for (;;);
  });
  const waiting = await started(() => {
    reportProgress(Deno.pid);
    return new Promise(() => {});
  });
  const idle = await pool.submit(() => Deno.pid);
  console.log(JSON.stringify([looping, waiting, idle]));
  await new Promise(() => {});
});
