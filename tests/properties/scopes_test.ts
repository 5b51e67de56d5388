/** TaskGroup, Timeout, shieldScope: what a scope owns has ended when it is left, and cancels reach their address. */
import { assert, assertEquals } from "@std/assert";
import {
  asyncWith,
  type CoroutineGenerator,
  ExceptionGroup,
  moveOnAfter,
  shieldScope,
  sleep,
  type Task,
  TaskGroup,
  type TaskGroupOptions,
  timeout,
  TimeoutError,
} from "../../mod.ts";
import { type Chaos, ending, Planned, survives } from "./chaos.ts";

/**
 * Runs `body` in a task that is cancelled at some point. Whatever it ends with, the cancel reaches it: at
 * the latest at the wait that follows. Without one, nothing of the scope's own is left to be thrown there.
 */
function* inCancelledTask(
  chaos: Chaos,
  body: () => CoroutineGenerator<void>,
): CoroutineGenerator<void> {
  const task = chaos.start(function* () {
    yield* body();
    yield* chaos.on(sleep(0));
    yield* chaos.on(sleep(0));
  }, "cancelled");
  chaos.cancelOne([task]);
  yield* chaos.allEnd([task]);
  if (!task.cancelled()) task.result(); // throws what was not to be
  assertEquals([task.cancelled(), task.cancelling()], [chaos.hit, chaos.hit ? 1 : 0]);
}

const GROUPS: [name: string, options: TaskGroupOptions][] = [
  ["TaskGroup", {}],
  ["TaskGroup with a limit", { limit: 2 }],
  ["TaskGroup that collects", { onError: "collect" }],
];

for (const [name, options] of GROUPS) {
  survives(
    `${name} is left when all its children have ended, with all their errors`,
    function* (chaos) {
      yield* inCancelledTask(chaos, function* () {
        const children: Task<unknown>[] = [];
        let running = 0;
        let cancelled = false;
        const child = chaos.define(function* () {
          assert(++running <= (options.limit ?? Infinity));
          try {
            yield* chaos.pause();
            if (chaos.onceIn(4)) throw new Planned();
          } finally {
            running--;
          }
        });
        const group = TaskGroup.run(
          chaos.define(function* (group) {
            for (let i = 0; i < 4; i++) {
              children.push(group.createTask(child));
              if (chaos.onceIn(3)) yield* chaos.on(sleep(0));
            }
            yield* chaos.pause();
            cancelled = chaos.onceIn(8);
            if (cancelled) group.cancel();
            return "body";
          }),
          options,
        );
        const outcome = yield* chaos.outcome(group);
        assertEquals([running, children.every((child) => child.done())], [0, true]);
        const endings = children.map(ending);
        if (outcome instanceof ExceptionGroup) {
          const failed = endings.filter((one) => one === "failed").length;
          assertEquals([outcome.errors.length, failed > 0], [failed, true]);
          if (options.onError === "collect" && !chaos.hit && !cancelled) {
            assertEquals(endings.includes("cancelled"), false);
          }
        } else if (outcome instanceof Error) throw outcome;
        else if (outcome === "body" && !cancelled) {
          assertEquals(new Set(endings), new Set(["finished"]));
        }
        assertEquals(endings.includes("failed"), outcome instanceof ExceptionGroup);
      });
    },
  );
}

survives(
  "TaskGroup.start() gives what the child has started with, or its error",
  function* (chaos) {
    yield* inCancelledTask(chaos, function* () {
      let running = 0;
      let failing = false;
      const group = TaskGroup.run(chaos.define(function* (group) {
        const value = yield* chaos.on(group.start<string>((started) =>
          chaos.define(function* () {
            running++;
            try {
              yield* chaos.pause();
              failing = chaos.onceIn(4);
              if (failing) throw new Planned();
              started("value");
              yield* chaos.pause();
            } finally {
              running--;
            }
          })()
        ));
        assertEquals(value, "value");
      }));
      const outcome = yield* chaos.outcome(group);
      assertEquals([running, outcome instanceof ExceptionGroup], [0, failing]);
      if (outcome instanceof Error && !(outcome instanceof ExceptionGroup)) throw outcome;
      if (outcome instanceof ExceptionGroup) {
        assert(outcome.errors.every((error) => error instanceof Planned));
      }
    });
  },
);

survives(
  "timeout() in timeout(): each gives its own error, and no cancel is mistaken",
  function* (chaos) {
    yield* inCancelledTask(chaos, function* () {
      const [outer, inner] = [timeout(chaos.below(4)), timeout(chaos.below(4))];
      let innerEnd = "not entered";
      const outcome = yield* chaos.outcome(asyncWith(
        outer,
        chaos.define(function* () {
          try {
            yield* chaos.on(asyncWith(
              inner,
              chaos.define(function* () {
                innerEnd = "cancelled";
                yield* chaos.pause(3);
                yield* chaos.on(sleep(chaos.below(4)));
                innerEnd = "finished";
              }),
            ));
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
            innerEnd = "timed out";
          }
          yield* chaos.pause(2);
        }),
      ));
      if (innerEnd === "timed out") assert(inner.expired());
      if (outcome instanceof TimeoutError) assert(outer.expired());
      else if (outcome instanceof Error) throw outcome;
      else if (!chaos.hit) assert(innerEnd !== "cancelled");
    });
  },
);

survives("moveOnAfter() leaves its block quietly, and no cancel is swallowed", function* (chaos) {
  yield* inCancelledTask(chaos, function* () {
    const scope = moveOnAfter(chaos.below(4));
    let finished = false;
    yield* chaos.on(asyncWith(
      scope,
      chaos.define(function* () {
        yield* chaos.pause();
        yield* chaos.on(sleep(chaos.below(4)));
        finished = true;
      }),
    ));
    assert(finished || scope.expired());
  });
});

survives(
  "shieldScope() runs its block to the end, and delivers the cancel afterwards",
  function* (chaos) {
    let [begun, ended] = [false, false];
    const task = chaos.start(function* () {
      yield* chaos.on(shieldScope(chaos.define(function* () {
        begun = true;
        yield* chaos.pause(8);
        ended = true;
      })));
      yield* chaos.on(sleep(0));
    });
    chaos.cancelOne([task]);
    yield* chaos.allEnd([task]);
    assertEquals([task.cancelled(), ended], [chaos.hit, begun]);
  },
);
