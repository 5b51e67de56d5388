/**
 * Callbacks that throw, that are no functions, and that change the list that they are on.
 */
import { assertEquals } from "@std/assert";
import { assertSpyCalls, stub } from "@std/testing/mock";
import {
  CancelledError,
  createTask,
  type DoneCallback,
  type ExceptionContext,
  Future,
  getRunningLoop,
  run,
  sleep,
  VirtualClock,
} from "../../mod.ts";
import { bothStyles, once, type Print } from "../support/both_styles.ts";
import { thrownBy } from "../support/misuse.ts";

function boom(): never {
  throw new Error("boom");
}

/** Prints what the running loop's exception handler is told. */
function printReports(print: Print): void {
  getRunningLoop().setExceptionHandler((_loop, { exception, handle, future }: ExceptionContext) => {
    print("handler:", exception, handle ? "handle" : "", future ? "future" : "");
  });
}

bothStyles(
  "EventLoop tells the exception handler and goes on when a callback throws",
  once(({ define, on }, print) => {
    return define(function* main() {
      const loop = getRunningLoop();
      printReports(print);
      loop.callSoon(boom);
      loop.callSoon(print, "next callback");
      loop.callLater(10, boom);
      loop.callLater(10, print, "next timer");
      yield* on(sleep(20));
      print("main goes on");
    });
  }),
  [
    [0, "handler: Error: boom handle "],
    [0, "next callback"],
    [10, "handler: Error: boom handle "],
    [10, "next timer"],
    [20, "main goes on"],
  ],
);

bothStyles(
  "EventLoop tells the exception handler and goes on when a callback throws CancelledError",
  once(({ define, on }, print) => {
    return define(function* main() {
      printReports(print);
      getRunningLoop().callSoon(() => {
        throw new CancelledError();
      });
      yield* on(sleep(20));
      print("main goes on");
    });
  }),
  [[0, "handler: CancelledError handle "], [20, "main goes on"]],
);

bothStyles(
  "Future runs its other callbacks and waiters when a done callback throws",
  once(({ define, on }, print) => {
    return define(function* main() {
      printReports(print);
      const fut = getRunningLoop().createFuture<string>();
      fut.addDoneCallback(boom);
      fut.addDoneCallback(() => print("other callback"));
      getRunningLoop().callLater(10, () => fut.setResult("result"));
      print(yield* on(fut));
    });
  }),
  [[10, "handler: Error: boom  future"], [10, "other callback"], [10, "result"]],
);

Deno.test("EventLoop goes on and prints both errors when its exception handler throws", async () => {
  using printed = stub(console, "error", () => {});
  const result = await run(function* main() {
    getRunningLoop().setExceptionHandler(() => {
      throw new Error("handler broke");
    });
    getRunningLoop().callSoon(boom);
    return yield* sleep(10, "main goes on");
  }, { clock: new VirtualClock() });
  assertEquals(result, "main goes on");
  assertSpyCalls(printed, 2);
});

bothStyles(
  "EventLoop and Future throw TypeError when a callback is not a function",
  once(({ define, on }, print) => {
    return define(function* main() {
      const loop = getRunningLoop();
      const task = createTask(sleep(10));
      for (const nonsense of [5, null, undefined, {}, "text"] as unknown as (() => void)[]) {
        print(
          thrownBy(() => loop.callSoon(nonsense)),
          thrownBy(() => loop.callSoonThreadsafe(nonsense)),
          thrownBy(() => loop.callLater(1, nonsense)),
          thrownBy(() => loop.callAt(1, nonsense)),
          thrownBy(() => task.addDoneCallback(nonsense)),
        );
      }
      yield* on(task);
      print("task ends");
    });
  }),
  [
    ...Array.from({ length: 5 }, () => [0, Array(5).fill("TypeError").join(" ")] as const),
    [10, "task ends"],
  ],
);

bothStyles(
  "Future.addDoneCallback() calls all of the list when one removes itself and adds another",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = getRunningLoop().createFuture<void>();
      const added: DoneCallback<void> = () => print("added one");
      const changing: DoneCallback<void> = () => {
        print("changing one removes", fut.removeDoneCallback(changing));
        fut.addDoneCallback(added);
      };
      fut.addDoneCallback(changing);
      fut.addDoneCallback(() => print("last one"));
      fut.setResult(undefined);
      yield* on(sleep(0));
      print("after one turn");
      yield* on(sleep(0));
      print("after two turns");
    });
  }),
  [
    [0, "changing one removes 0"],
    [0, "last one"],
    [0, "after one turn"],
    [0, "added one"],
    [0, "after two turns"],
  ],
);

bothStyles(
  "Future.removeDoneCallback() comes too late for a callback of a future that is done",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = new Future<void>();
      const second: DoneCallback<void> = () => print("second");
      fut.addDoneCallback(() => print("first removes", fut.removeDoneCallback(second)));
      fut.addDoneCallback(second);
      fut.setResult(undefined);
      yield* on(sleep(0));
    });
  }),
  [[0, "first removes 0"], [0, "second"]],
);

bothStyles(
  "Future wakes every waiter when a done callback cancels one of them",
  once(({ define, on }, print) => {
    const waiter = define(function* (name: string, fut: Future<string>) {
      try {
        print(name, "got", yield* on(fut));
      } catch (error) {
        print(name, error);
        throw error;
      }
    });
    return define(function* main() {
      const fut = getRunningLoop().createFuture<string>();
      fut.addDoneCallback(() => a.cancel());
      const a = createTask(() => waiter("a", fut));
      const b = createTask(() => waiter("b", fut));
      getRunningLoop().callLater(10, () => fut.setResult("it"));
      yield* on(b);
      yield* on(sleep(10));
      print(a.cancelled(), b.cancelled());
    });
  }),
  [[10, "a CancelledError"], [10, "b got it"], [20, "true false"]],
);
