/**
 * What the note on awaitables says a Future can do, and how each of it fails.
 */
import { assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import {
  CancelledError,
  Future,
  getRunningLoop,
  InvalidStateError,
  run,
  sleep,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

// S1-C9
Deno.test("Future.result() returns the value when setResult() gave one", () => {
  const fut = new Future<number>();
  fut.setResult(42);
  assertEquals([fut.done(), fut.cancelled(), fut.result()], [true, false, 42]);
  assertStrictEquals(fut.exception(), null);
});

// S1-C9
Deno.test("Future.result() throws the error itself when setException() gave one", () => {
  const fut = new Future<number>();
  const error = new Error("stored");
  fut.setException(error);
  assertStrictEquals(assertThrows(() => fut.result()), error);
  assertStrictEquals(fut.exception(), error);
  assertEquals([fut.done(), fut.cancelled()], [true, false]);
});

// S1-C9
Deno.test("Future.result() and exception() throw InvalidStateError while it is pending", () => {
  const fut = new Future<number>();
  assertThrows(() => fut.result(), InvalidStateError);
  assertThrows(() => fut.exception(), InvalidStateError);
  assertEquals(fut.done(), false);
});

// S1-C9
Deno.test("Future.result() and exception() throw CancelledError when it was cancelled", () => {
  const fut = new Future<number>();
  assertEquals([fut.cancel("because"), fut.done(), fut.cancelled()], [true, true, true]);
  assertEquals(assertThrows(() => fut.result(), CancelledError).message, "because");
  assertEquals(assertThrows(() => fut.exception(), CancelledError).message, "because");
});

// S1-C9
Deno.test("Future.setResult() and setException() throw InvalidStateError when it is done", () => {
  const finished = new Future<number>();
  finished.setResult(1);
  const failed = new Future<number>();
  failed.setException(new Error("first"));
  failed.exception();
  const cancelled = new Future<number>();
  cancelled.cancel();
  for (const fut of [finished, failed, cancelled]) {
    assertThrows(() => fut.setResult(2), InvalidStateError);
    assertThrows(() => fut.setException(new Error("second")), InvalidStateError);
    assertEquals(fut.cancel(), false);
  }
  assertEquals(finished.result(), 1);
});

// S1-C9, S0-C10
bothStyles(
  "Future.addDoneCallback() calls back with the future at the next turn when it is done",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = getRunningLoop().createFuture<string>();
      fut.addDoneCallback((done) => print("callback", done === fut));
      fut.setResult("value");
      print("set");
      yield* on(sleep(0));
      print("after one turn");
    });
  }),
  [[0, "set"], [0, "callback true"], [0, "after one turn"]],
);

// S1-C9
bothStyles(
  "Future.removeDoneCallback() removes every registration of a callback before it is called",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = getRunningLoop().createFuture<string>();
      const unwanted = () => print("never printed");
      fut.addDoneCallback(unwanted);
      fut.addDoneCallback(() => print("kept"));
      fut.addDoneCallback(unwanted);
      print("removed", fut.removeDoneCallback(unwanted));
      print("removed", fut.removeDoneCallback(unwanted));
      fut.setResult("value");
      yield* on(sleep(0));
    });
  }),
  [[0, "removed 2"], [0, "removed 0"], [0, "kept"]],
);

// S1-C9: a cancelled future throws in its waiter, which itself was never cancelled.
bothStyles(
  "Future.cancel() throws CancelledError in a waiter and does not cancel its task",
  once(({ define, on }, print) => {
    return define(function* main() {
      const fut = getRunningLoop().createFuture<string>();
      getRunningLoop().callLater(100, () => fut.cancel());
      try {
        yield* on(fut);
      } catch (error) {
        print(error instanceof CancelledError);
      }
      yield* on(sleep(100));
      print("still running");
    });
  }),
  [[100, "true"], [200, "still running"]],
);

// S1-C9
Deno.test("Future throws the stored error in a waiter that comes after it failed", async () => {
  const stored = new RangeError("late");
  const thrown = await run(async function main() {
    const fut = getRunningLoop().createFuture<string>();
    fut.setException(stored);
    await sleep(0);
    try {
      return await fut;
    } catch (error) {
      return error;
    }
  });
  assertInstanceOf(thrown, RangeError);
  assertStrictEquals(thrown, stored);
});
