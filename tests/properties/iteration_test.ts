/** Asynchronous generators and exit stacks: what was begun is cleaned up once, wherever a cancel comes. */
import { assert, assertEquals } from "@std/assert";
import {
  aclosing,
  asyncContextManager,
  AsyncExitStack,
  asyncGenerator,
  asyncWith,
  type CoroutineGenerator,
  emit,
  forEach,
  provide,
  sleep,
} from "../../mod.ts";
import { type Chaos, ending, Planned, survives } from "./chaos.ts";

/** Lets others run, in a body that is a generator in both styles. */
function* pause(chaos: Chaos, most: number): CoroutineGenerator<void> {
  const turns = chaos.below(most + 1);
  for (let i = 0; i < turns; i++) yield* sleep(0);
}

/** A clean-up that takes its time, and may be cancelled meanwhile. */
function* cleanUp(chaos: Chaos, done: () => void): CoroutineGenerator<void> {
  try {
    yield* pause(chaos, 2);
  } finally {
    done();
  }
}

survives(
  "asyncGenerator() cleans up once when its consumer breaks, fails or is cancelled",
  function* (chaos) {
    let [begun, ended] = [0, 0];
    const numbers = asyncGenerator(function* () {
      begun++;
      try {
        for (let i = 0; i < 4; i++) {
          yield* pause(chaos, 2);
          yield* emit(i);
        }
      } finally {
        yield* cleanUp(chaos, () => ended++);
      }
    });
    const seen: number[] = [];
    const last = chaos.below(6);
    const consumer = chaos.start(function* () {
      yield* chaos.on(asyncWith(
        aclosing(numbers()),
        chaos.define(function* (all) {
          yield* chaos.on(forEach(
            all,
            chaos.define(function* (n: number) {
              seen.push(n);
              yield* chaos.pause(1);
              if (chaos.onceIn(8)) throw new Planned();
              return n < last;
            }),
          ));
        }),
      ));
      assertEquals(ended, 1);
    });
    chaos.cancelOne([consumer]);
    yield* chaos.allEnd([consumer]);
    assertEquals(ended, begun);
    assertEquals(seen, [0, 1, 2, 3].slice(0, seen.length));
    if (ending(consumer) === "finished") {
      assertEquals([chaos.hit, seen.length], [false, Math.min(last + 1, 4)]);
    }
  },
);

survives("AsyncExitStack leaves what it has entered, last first, each once", function* (chaos) {
  const entered: string[] = [];
  const left: string[] = [];
  const resource = asyncContextManager(function* (name: string) {
    yield* pause(chaos, 2);
    entered.push(name);
    try {
      yield* provide(name);
    } finally {
      yield* cleanUp(chaos, () => left.push(name));
    }
  });
  const user = chaos.start(function* () {
    yield* chaos.on(asyncWith(
      new AsyncExitStack(),
      chaos.define(function* (stack) {
        for (const name of ["a", "b", "c"]) {
          const value = yield* chaos.on(stack.enterAsyncContext(resource(name)));
          assertEquals(value, name);
          if (chaos.onceIn(6)) throw new Planned();
        }
        yield* chaos.pause(2);
      }),
    ));
  });
  chaos.cancelOne([user]);
  yield* chaos.allEnd([user]);
  assertEquals(left, entered.toReversed());
  const how = ending(user);
  assert(how !== "finished" || entered.length === 3 && !chaos.hit);
});
