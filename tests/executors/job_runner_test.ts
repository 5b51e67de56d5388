import { assertEquals } from "@std/assert";
import type { FromWorker, ToWorker } from "../../src/executors/protocol.ts";
import { JobRunner } from "../../src/executors/job_runner.ts";

Deno.test("JobRunner does not answer a cancel that comes with its job, and after its end", async () => {
  const posted: FromWorker[][] = [];
  const runner = new JobRunner((batch) => posted.push([...batch]), null);
  const batches: ToWorker[][] = [
    [["function", 1, "double", "(n) => 2 * n"], ["run", 7, 0, 1, "chunk", [4]]],
    [["cancel", 7]],
  ];
  for (const batch of batches) runner.receive(batch);
  await new Promise((resolve) => setTimeout(resolve)); // what it says, it has said by then
  const said = posted.flat().map(([what, id]) => [what, id]);
  assertEquals(said, [["done", 7]]);
});
