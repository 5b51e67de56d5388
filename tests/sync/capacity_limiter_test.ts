/**
 * CapacityLimiter: tokens that are held by name, and a number of them that changes.
 */
import { assertEquals } from "@std/assert";
import { asyncWith, CapacityLimiter, createTask, gather, run, sleep } from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

function borrower({ define, on }: Style, print: Print, limiter: CapacityLimiter) {
  return define(function* (name: string, ms: number) {
    yield* on(limiter.acquire());
    print(name, "in");
    yield* on(sleep(ms));
    limiter.release();
  });
}

bothStyles(
  "CapacityLimiter.acquire() lets as many in as there are tokens, and the others in their order",
  once((style, print) =>
    style.define(function* main() {
      const limiter = new CapacityLimiter(2);
      const borrow = borrower(style, print, limiter);
      const tasks = ["a", "b", "c", "d"].map((name, i) => createTask(() => borrow(name, 10 + i)));
      yield* style.on(sleep(1));
      print(limiter, limiter.locked(), limiter.availableTokens);
      print(limiter.statistics().borrowers.map((one) => tasks.indexOf(one as never)));
      yield* style.on(gather(tasks));
      print(limiter.borrowedTokens);
    })
  ),
  [
    [0, "a in"],
    [0, "b in"],
    [1, "<CapacityLimiter borrowed=2/2 waiting=2> true 0"],
    [1, "0,1"],
    [10, "c in"],
    [11, "d in"],
    [24, "0"],
  ],
);

bothStyles(
  "CapacityLimiter.acquire() leaves the line when its task is cancelled while it waits",
  once((style, print) =>
    style.define(function* main() {
      const limiter = new CapacityLimiter(0);
      const borrow = borrower(style, print, limiter);
      const [first, second] = ["first", "second"].map((name) => createTask(() => borrow(name, 1)));
      yield* style.on(sleep(1));
      first!.cancel();
      yield* style.on(sleep(1));
      limiter.totalTokens = 1;
      yield* style.on(second!);
      print(first!.cancelled(), limiter);
    })
  ),
  [[2, "second in"], [3, "true <CapacityLimiter borrowed=0/1>"]],
);

bothStyles(
  "CapacityLimiter.acquire() hands its token on when its task is cancelled after it was called",
  once((style, print) =>
    style.define(function* main() {
      const limiter = new CapacityLimiter(0);
      const borrow = borrower(style, print, limiter);
      const [first, second] = ["first", "second"].map((name) => createTask(() => borrow(name, 1)));
      yield* style.on(sleep(1));
      limiter.totalTokens = 1;
      print("called", limiter.availableTokens);
      first!.cancel();
      yield* style.on(second!);
      print(first!.cancelled(), limiter);
    })
  ),
  [[1, "called 0"], [1, "second in"], [2, "true <CapacityLimiter borrowed=0/1>"]],
);

bothStyles(
  "CapacityLimiter.acquire() lets nobody overtake one who was called and has not come yet",
  once((style, print) =>
    style.define(function* main() {
      const limiter = new CapacityLimiter(0);
      const borrow = borrower(style, print, limiter);
      const waiting = createTask(() => borrow("waiting", 1));
      yield* style.on(sleep(1));
      limiter.totalTokens = 2;
      print(limiter.availableTokens, limiter.locked());
      yield* style.on(borrow("late", 1));
      yield* style.on(waiting);
    })
  ),
  [[1, "1 true"], [1, "waiting in"], [1, "late in"]],
);

bothStyles(
  "CapacityLimiter.totalTokens lets more in when it grows, and takes no token away when it shrinks",
  once((style, print) =>
    style.define(function* main() {
      const limiter = new CapacityLimiter(1);
      const borrow = borrower(style, print, limiter);
      const tasks = ["a", "b", "c", "d"].map((name) => createTask(() => borrow(name, 10)));
      yield* style.on(sleep(1));
      limiter.totalTokens = 3;
      yield* style.on(sleep(1));
      limiter.totalTokens = 1;
      print(limiter.borrowedTokens, limiter.availableTokens);
      yield* style.on(gather(tasks));
      print(limiter.totalTokens);
    })
  ),
  [[0, "a in"], [1, "b in"], [1, "c in"], [2, "3 0"], [11, "d in"], [21, "1"]],
);

bothStyles(
  "CapacityLimiter.acquireOnBehalfOf() borrows for whatever it is told",
  once(({ define, on }, print) =>
    define(function* main() {
      const limiter = new CapacityLimiter(2);
      const [a, b] = [{ name: "a" }, { name: "b" }];
      yield* on(limiter.acquireOnBehalfOf(a));
      yield* on(limiter.acquireOnBehalfOf(b));
      print(limiter.statistics().borrowers.map((one) => (one as typeof a).name));
      limiter.releaseOnBehalfOf(a);
      print(limiter.borrowedTokens);
      limiter.releaseOnBehalfOf(b);
    })
  ),
  [[0, "a,b"], [0, "1"]],
);

bothStyles(
  "CapacityLimiter.acquire() throws instead of waiting for itself",
  once(({ define, on }, print) =>
    define(function* main() {
      const limiter = new CapacityLimiter(1);
      const again = define(function* () {
        yield* on(limiter.acquire());
      });
      try {
        yield* on(asyncWith(limiter, again));
      } catch (error) {
        print((error as Error).name, limiter.borrowedTokens);
      }
    })
  ),
  [[0, "RuntimeError 0"]],
);

Deno.test("CapacityLimiter.acquire() throws, and calls the next, when another borrowed for it meanwhile", async () => {
  const limiter = new CapacityLimiter(1);
  const events: unknown[] = [];
  await run(function* () {
    yield* limiter.acquireOnBehalfOf("first");
    const twice = [1, 2].map(() =>
      createTask(function* () {
        try {
          yield* limiter.acquireOnBehalfOf("second");
          events.push("borrowed");
        } catch (error) {
          events.push((error as Error).name);
        }
      })
    );
    const last = createTask(function* () {
      yield* limiter.acquireOnBehalfOf("last");
      events.push("last");
    });
    yield* sleep(0);
    limiter.totalTokens = 3;
    yield* gather([...twice, last]);
  });
  assertEquals(events, ["borrowed", "RuntimeError", "last"]);
  assertEquals(limiter.statistics().borrowers, ["first", "second", "last"]);
});

Deno.test("CapacityLimiter.hold() gives its token back once, from wherever", async () => {
  const limiter = new CapacityLimiter(1);
  const events: number[] = [];
  await run(function* () {
    const held = yield* createTask(limiter.hold());
    events.push(limiter.borrowedTokens);
    held[Symbol.dispose]();
    held[Symbol.dispose]();
    events.push(limiter.borrowedTokens);
  });
  assertEquals(events, [1, 0]);
});
