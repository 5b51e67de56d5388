// @ts-types="../bluebird.d.ts"
import Bluebird from "bluebird";

console.log(
  await Bluebird.coroutine(function* () {
    yield Bluebird.resolve();
    return 1;
  })(),
);
