/**
 * The document on futures and on what is awaitable.
 */
import { assertEquals } from "@std/assert";
import {
  CancelledError,
  type CoroutineGenerator,
  createTask,
  Future,
  getRunningLoop,
  isAwaitable,
  run,
  sleep,
  TimeoutError,
  VirtualClock,
  waitFor,
} from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

// S3-E11, S3-O8, S3-C21
Deno.test("Future goes from not done to finished when it is made and set outside of a loop", () => {
  const myFuture = new Future<number>();
  const lines = [`Is my_future done? ${myFuture.done() ? "True" : "False"}`];

  myFuture.setResult(42);
  lines.push(`Is my_future done? ${myFuture.done() ? "True" : "False"}`);
  lines.push(`What is the result of my_future? ${myFuture}`);
  lines.push(Deno.inspect(myFuture));

  assertEquals(lines, [
    "Is my_future done? False",
    "Is my_future done? True",
    "What is the result of my_future? <Future finished result=42>",
    "<Future finished result=42>",
  ]);
});

// S3-E11: what CPython 3.14 refuses, a future from outside joins the loop that first waits for it.
Deno.test("Future joins the loop that first awaits it when it was made outside", async () => {
  const outside = new Future<string>();
  const result = await run(function* main() {
    getRunningLoop().callLater(100, () => outside.setResult("joined"));
    return yield* outside;
  }, { clock: new VirtualClock() });
  assertEquals(result, "joined");
});

// S3-E12, S3-O9, S3-C22
bothStyles("Future pauses main until another task has set its value", {
  generator(print) {
    function makeRequest(): Future<number> {
      const future = new Future<number>();
      createTask(setFutureValue(future));
      return future;
    }
    function* setFutureValue(future: Future<number>) {
      yield* sleep(1000);
      future.setResult(42);
    }
    return function* main() {
      const future = makeRequest();
      print(`Is the future done? ${future.done() ? "True" : "False"}`);
      const value = yield* future;
      print(`Is the future done? ${future.done() ? "True" : "False"}`);
      print(value);
    };
  },
  async(print) {
    function makeRequest(): Future<number> {
      const future = new Future<number>();
      createTask(() => setFutureValue(future));
      return future;
    }
    async function setFutureValue(future: Future<number>) {
      await sleep(1000);
      future.setResult(42);
    }
    return async function main() {
      const future = makeRequest();
      print(`Is the future done? ${future.done() ? "True" : "False"}`);
      const value = await future;
      print(`Is the future done? ${future.done() ? "True" : "False"}`);
      print(value);
    };
  },
}, [
  [0, "Is the future done? False"],
  [1000, "Is the future done? True"],
  [1000, "42"],
]);

/** What a user has to write for an awaitable of one's own: the two faces, over something that is awaitable. */
class Countdown implements PromiseLike<string> {
  constructor(readonly steps: number) {}

  *[Symbol.iterator](): CoroutineGenerator<string> {
    for (let left = this.steps; left > 0; left--) yield* sleep(100);
    return "lift-off";
  }

  then<R = string, E = never>(
    onfulfilled?: ((value: string) => R | PromiseLike<R>) | null,
    onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return createTask(this[Symbol.iterator]()).then(onfulfilled, onrejected);
  }
}

// S3-C24, S3-C7b
bothStyles("await takes an awaitable of the user's own", {
  generator(print) {
    return function* main() {
      print(isAwaitable(new Countdown(3)));
      print(yield* new Countdown(3));
      print(yield* createTask(new Countdown(2)));
    };
  },
  async(print) {
    return async function main() {
      print(isAwaitable(new Countdown(3)));
      print(await new Countdown(3));
      print(await createTask(new Countdown(2)));
    };
  },
}, [[0, "true"], [300, "lift-off"], [500, "lift-off"]]);

// S3-A5
bothStyles(
  "TimeoutError and CancelledError are two classes of Error",
  once(({ define, on }, print) => {
    return define(function* main() {
      const task = createTask(sleep(1000));
      try {
        yield* on(waitFor(task, 100));
      } catch (error) {
        print(error instanceof TimeoutError, error instanceof CancelledError);
      }
      try {
        task.result();
      } catch (error) {
        print(error instanceof TimeoutError, error instanceof CancelledError);
      }
      print(TimeoutError.prototype instanceof Error, CancelledError.prototype instanceof Error);
    });
  }),
  [[100, "true false"], [100, "false true"], [100, "true true"]],
);
