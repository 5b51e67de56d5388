// The least program that uses the library: one task, which gives way once.

import { run, sleep } from "../../mod.ts";

await run(function* () {
  yield* sleep(0);
});
