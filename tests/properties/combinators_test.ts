/** gather, wait, waitFor, race, asCompleted, shield: everything settles, nothing is lost or left. */
import { assert, assertEquals } from "@std/assert";
import {
  asCompleted,
  CancelledError,
  FIRST_COMPLETED,
  gather,
  getRunningLoop,
  race,
  shield,
  sleep,
  TimeoutError,
  wait,
  waitFor,
} from "../../mod.ts";
import { type Chaos, ending, Planned, survives } from "./chaos.ts";

/** Tasks that give their number after a while, or fail. */
function workers(chaos: Chaos, count: number, failures: boolean) {
  return Array.from({ length: count }, (_, i) => {
    return chaos.start(function* () {
      yield* chaos.pause();
      if (failures && chaos.onceIn(4)) throw new Planned();
      return i;
    }, `worker ${i}`);
  });
}

survives("gather() gives all results, or ends as its first failure does", function* (chaos) {
  const children = workers(chaos, 4, true);
  const victim = chaos.onceIn(2) ? chaos.cancelOne(children) : null;
  const outcome = yield* chaos.outcome(gather(children));
  if (Array.isArray(outcome)) assertEquals(outcome, [0, 1, 2, 3]);
  else if (outcome instanceof CancelledError) assert(victim?.cancelled());
  else assert(outcome instanceof Planned);
  yield* chaos.allEnd(children);
  const good = children.every((child) => ending(child) === "finished");
  assertEquals(good, Array.isArray(outcome));
});

survives("gather() gives every error in its place with returnExceptions", function* (chaos) {
  const children = workers(chaos, 4, true);
  chaos.cancelOne(children);
  const outcome = yield* chaos.on(gather(children, { returnExceptions: true }));
  const kinds = outcome.map((one, i) => {
    if (one === i) return "finished";
    return one instanceof CancelledError ? "cancelled" : "failed";
  });
  assertEquals(kinds, children.map(ending));
});

survives("gather() cancelled cancels all its children, and ends when they have", function* (chaos) {
  let [begun, ended] = [0, 0];
  const child = () =>
    chaos.start(function* () {
      begun++;
      try {
        yield* chaos.pause(12);
        yield* chaos.on(sleep(1000));
      } finally {
        yield* chaos.outcome(sleep(chaos.below(3)));
        ended++;
      }
    });
  const children = [child(), child(), child()];
  let left: unknown[] = [];
  let end = 0;
  const gathering = chaos.start(function* () {
    try {
      yield* chaos.on(gather(children, { returnExceptions: true }));
    } finally {
      left = children.filter((child) => !child.done());
      end = getRunningLoop().time();
    }
  });
  chaos.cancelOne([gathering]);
  yield* chaos.allEnd([gathering, ...children]);
  assertEquals([gathering.cancelled(), left, ended], [chaos.hit, [], begun]);
  assertEquals(end < 1000, chaos.hit);
});

survives("wait() sorts its futures by whether they are done, and cancels none", function* (chaos) {
  const children = workers(chaos, 4, true);
  const waiting = chaos.start(function* () {
    const { done, pending } = yield* chaos.on(
      wait(children, chaos.onceIn(2) ? { returnWhen: FIRST_COMPLETED } : { timeoutMs: 2 }),
    );
    assertEquals(done.size + pending.size, 4);
    for (const one of done) assert(one.done());
    for (const one of pending) assert(!one.done());
  });
  chaos.cancelOne([waiting]);
  yield* chaos.allEnd([waiting, ...children]);
  assertEquals(waiting.cancelled(), chaos.hit);
  if (!chaos.hit) waiting.result();
  assertEquals(children.some((child) => child.cancelled()), false);
});

survives(
  "waitFor() gives the result or TimeoutError, and never swallows a cancel",
  function* (chaos) {
    let inside = 0;
    const waiting = chaos.start(function* () {
      return yield* chaos.on(waitFor(
        chaos.define(function* () {
          inside++;
          try {
            yield* chaos.on(sleep(chaos.below(3)));
            yield* chaos.pause();
            if (chaos.onceIn(4)) throw new Planned();
            return "result";
          } finally {
            try {
              if (chaos.onceIn(2)) yield* chaos.on(sleep(chaos.below(2)));
            } finally {
              inside--;
            }
          }
        }),
        chaos.below(4),
      ));
    });
    const outcomes = chaos.start(function* () {
      yield* chaos.allEnd([waiting]);
      assertEquals(inside, 0);
    });
    chaos.cancelOne([waiting]);
    yield* chaos.on(outcomes);
    if (chaos.hit) {
      // Told while it cleaned up after something else, it may end as that does.
      assert(waiting.cancelled() || waiting.exception() instanceof Planned);
    } else if (waiting.exception() instanceof TimeoutError) assertEquals(inside, 0);
    else assert(["finished", "failed"].includes(ending(waiting)));
  },
);

survives("waitFor() with a task cancels and awaits it when time is up", function* (chaos) {
  const [inner] = workers(chaos, 1, true);
  let begun = false;
  const waiting = chaos.start(function* () {
    begun = true;
    return yield* chaos.on(waitFor(inner!, chaos.below(4)));
  });
  chaos.cancelOne([waiting]);
  yield* chaos.allEnd([waiting]);
  if (begun) assert(inner!.done() || inner!.cancelling() > 0);
  yield* chaos.allEnd([inner!]);
  if (chaos.hit) assert(waiting.cancelled());
  else if (inner!.cancelled()) assert(waiting.exception() instanceof TimeoutError);
  else assertEquals(ending(waiting), ending(inner!));
});

survives("race() ends as its first does, when all others have ended too", function* (chaos) {
  let running = 0;
  const runner = (i: number) =>
    chaos.define(function* () {
      running++;
      try {
        yield* chaos.pause();
        if (chaos.onceIn(4)) throw new Planned();
        return i;
      } finally {
        try {
          if (chaos.onceIn(2)) yield* chaos.on(sleep(0));
        } finally {
          running--;
        }
      }
    });
  const racing = chaos.start(function* () {
    try {
      return yield* chaos.on(race([runner(0), runner(1), runner(2)]));
    } finally {
      assertEquals(running, 0);
    }
  });
  chaos.cancelOne([racing]);
  yield* chaos.allEnd([racing]);
  if (chaos.hit) assert(racing.cancelled(), String(racing));
  else assert(["finished", "failed"].includes(ending(racing)));
});

survives("asCompleted() gives every result once", function* (chaos) {
  const children = workers(chaos, 4, false);
  const taking = chaos.start(function* () {
    const results: number[] = [];
    for (const next of asCompleted(children)) {
      results.push(yield* chaos.on(next));
      yield* chaos.pause(1);
    }
    assertEquals(results.toSorted(), [0, 1, 2, 3]);
  });
  chaos.cancelOne([taking]);
  yield* chaos.allEnd([taking, ...children]);
  assertEquals(taking.cancelled(), chaos.hit);
  if (!chaos.hit) taking.result();
});

survives("shield() keeps a cancel from what it waits for, and loses no result", function* (chaos) {
  const [inner] = workers(chaos, 1, true);
  const shielded = shield(inner!);
  const waiting = chaos.start(function* () {
    return yield* chaos.on(shielded);
  });
  chaos.cancelOne([waiting]);
  yield* chaos.allEnd([waiting]);
  if (chaos.hit) assert(waiting.cancelled(), String(waiting));
  else assertEquals(ending(waiting), ending(inner!));
  // An error that comes together with the cancel is lost on the waiter, and found here.
  yield* chaos.allEnd([inner!, shielded]);
  assertEquals(inner!.cancelled(), false);
  ending(inner!);
});
