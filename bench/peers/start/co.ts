// @ts-types="../co.d.ts"
import co from "co";

console.log(
  await co(function* () {
    yield Promise.resolve();
    return 1;
  }),
);
