import { Effect } from "effect";

console.log(
  await Effect.runPromise(Effect.gen(function* () {
    yield* Effect.yieldNow;
    return 1;
  })),
);
