import { run, sleep } from "../../../mod.ts";

console.log(
  await run(async () => {
    await sleep(0);
    return 1;
  }),
);
