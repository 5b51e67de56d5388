import { run, until } from "effection";

console.log(
  await run(function* () {
    yield* until(Promise.resolve());
    return 1;
  }),
);
