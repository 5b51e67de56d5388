import { run, sleep } from "../../../mod.ts";

console.log(
  await run(function* () {
    yield* sleep(0);
    return 1;
  }),
);
