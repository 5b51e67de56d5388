/**
 * AsyncExitStack: what it calls when, and in whose name.
 */
import { assertEquals, assertThrows } from "@std/assert";
import {
  type AsyncContextManager,
  AsyncExitStack,
  asyncWith,
  createTask,
  currentTask,
  run,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";
import { door } from "./door.ts";
import { refused } from "../support/misuse.ts";

bothStyles(
  "AsyncExitStack exits in reverse order of entering",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const body = define(function* (stack: AsyncExitStack) {
        print(yield* on(stack.enterAsyncContext(door(style, print, "a"))));
        stack.pushAsyncCallback(define(function* () {
          yield* on(sleep(1));
          print("callback");
        }));
        print(yield* on(stack.enterAsyncContext(door(style, print, "b"))));
        stack.pushAsyncExit((error) => print("exit", error));
        return "result";
      });
      print(yield* on(asyncWith(new AsyncExitStack(), body)));
    });
  }),
  [
    [1, "open a"],
    [1, "<a>"],
    [2, "open b"],
    [2, "<b>"],
    [2, "exit "],
    [3, "close b after no error"],
    [4, "callback"],
    [5, "close a after no error"],
    [5, "result"],
  ],
);

bothStyles(
  "AsyncExitStack.popAll() moves the exits to a stack that outlives the block",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const body = define(function* (stack: AsyncExitStack) {
        yield* on(stack.enterAsyncContext(door(style, print, "a")));
        yield* on(stack.enterAsyncContext(door(style, print, "b")));
        return stack.popAll();
      });
      const kept = yield* on(asyncWith(new AsyncExitStack(), body));
      print("block left");
      yield* on(kept.aclose());
    });
  }),
  [
    [1, "open a"],
    [2, "open b"],
    [2, "block left"],
    [3, "close b after no error"],
    [4, "close a after no error"],
  ],
);

bothStyles(
  "AsyncExitStack.pushAsyncExit() takes a manager that was entered before",
  once((style, print) => {
    const { define, on } = style;
    return define(function* main() {
      const cm = door(style, print, "a");
      yield* on(cm.enter());
      const stack = new AsyncExitStack();
      stack.pushAsyncExit(cm);
      print(yield* on(stack.exit({ error: "anything" })));
    });
  }),
  [[1, "open a"], [2, "close a after anything"], [2, "false"]],
);

bothStyles(
  "AsyncExitStack runs enters and exits as a part of the task, whatever their style",
  once(({ define, on }, print) => {
    const whose: AsyncContextManager<void> = {
      async enter() {
        await sleep(1);
        print("enter in", currentTask()?.name);
      },
      async exit() {
        await sleep(1);
        print("exit in", currentTask()?.name);
      },
    };
    return define(function* main() {
      const work = define(function* () {
        const stack = new AsyncExitStack();
        yield* on(stack.enterAsyncContext(whose));
        stack.pushAsyncCallback(function* () {
          yield* sleep(1);
          print("callback in", currentTask()?.name);
        });
        yield* on(stack.aclose());
      });
      yield* on(createTask(work, { name: "worker" }));
    });
  }),
  [[1, "enter in worker"], [2, "callback in worker"], [3, "exit in worker"]],
);

Deno.test("AsyncExitStack closes at the end of an `await using` block", async () => {
  const events: string[] = [];
  await run(async () => {
    {
      await using stack = new AsyncExitStack();
      stack.pushAsyncCallback(async () => {
        await sleep(1);
        events.push("closed");
      });
      events.push("block");
    }
    events.push("after the block");
  }, { clock: new VirtualClock() });
  assertEquals(events, ["block", "closed", "after the block"]);
});

refused(
  "AsyncExitStack.enterAsyncContext() refuses what is no context manager",
  TypeError,
  function* ({ on }) {
    yield* on(new AsyncExitStack().enterAsyncContext(sleep(1) as never));
  },
);

Deno.test("AsyncExitStack refuses to push what cannot be called at the exit", () => {
  const stack = new AsyncExitStack();
  assertThrows(() => stack.pushAsyncExit(5 as never), TypeError);
  assertThrows(() => stack.pushAsyncExit({ enter() {} } as never), TypeError);
  assertThrows(() => stack.pushAsyncCallback(sleep(1) as never), TypeError);
});
