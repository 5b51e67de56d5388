/**
 * broadcast: every subscriber sees every item.
 */
import { assertEquals } from "@std/assert";
import { broadcast, createTask, forEach, gather, sleep } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

bothStyles(
  "Broadcast.put() gives every item to every subscriber, and waits for the slowest",
  once(({ define, on }, print) =>
    define(function* main() {
      const channel = broadcast<number>();
      const reader = define(function* (name: string, maxsize: number, ms: number) {
        yield* on(forEach(
          channel.subscribe(maxsize),
          define(function* (item) {
            print(name, "got", item);
            yield* on(sleep(ms));
          }),
        ));
        print(name, "ends");
      });
      const readers = [
        createTask(() => reader("quick", 0, 1)),
        createTask(() => reader("slow", 1, 10)),
      ];
      yield* on(sleep(1));
      for (let i = 0; i < 3; i++) {
        yield* on(channel.put(i));
        print("put", i);
      }
      channel.shutdown();
      yield* on(gather(readers));
    })
  ),
  [
    [1, "put 0"],
    [1, "quick got 0"],
    [1, "slow got 0"],
    [1, "put 1"],
    [2, "quick got 1"],
    [11, "slow got 1"],
    [11, "put 2"],
    [11, "quick got 2"],
    [12, "quick ends"],
    [21, "slow got 2"],
    [31, "slow ends"],
  ],
);

Deno.test("Broadcast gives a subscriber what is put after it came and before it left", () => {
  const channel = broadcast<number>();
  channel.putNowait(0);
  const early = channel.subscribe();
  channel.putNowait(1);
  const late = channel.subscribe();
  channel.putNowait(2);
  early.close();
  early.close();
  channel.putNowait(3);
  assertEquals([late.getNowait(), late.getNowait(), late.empty()], [2, 3, true]);
  assertEquals([early.empty(), channel.statistics().subscriptions], [true, 1]);
});

bothStyles(
  "Broadcast.put() goes on when the subscriber that has no room closes",
  once(({ define, on }, print) =>
    define(function* main() {
      const channel = broadcast<number>();
      const [full, other] = [channel.subscribe(1), channel.subscribe()];
      channel.putNowait(1);
      const task = createTask(define(function* () {
        yield* on(channel.put(2));
        print("put");
      }));
      yield* on(sleep(1));
      print(channel);
      full.close();
      yield* on(task);
      print(channel, other);
    })
  ),
  [
    [1, "<Broadcast subscriptions=2 full=1 putters=1>"],
    [1, "put"],
    [1, "<Broadcast subscriptions=1> <Subscription size=2>"],
  ],
);

bothStyles(
  "Broadcast.put() serves those who wait in their order, and none who is cancelled",
  once(({ define, on }, print) =>
    define(function* main() {
      const channel = broadcast<string>();
      const subscription = channel.subscribe(1);
      channel.putNowait("first");
      const put = define(function* (item: string) {
        yield* on(channel.put(item));
      });
      const tasks = ["cancelled", "a", "b"].map((item) => createTask(() => put(item)));
      yield* on(sleep(1));
      tasks[0]!.cancel();
      yield* on(sleep(1));
      for (let i = 0; i < 3; i++) {
        print(yield* on(subscription.get()));
        yield* on(sleep(1));
      }
      print(tasks.map((task) => task.cancelled()), channel);
    })
  ),
  [
    [2, "first"],
    [3, "a"],
    [4, "b"],
    [5, "true,false,false <Broadcast subscriptions=1>"],
  ],
);

bothStyles(
  "Broadcast.shutdown() ends the waits of all who put and all who get",
  once(({ define, on }, print) =>
    define(function* main() {
      const channel = broadcast<number>();
      const full = channel.subscribe(1);
      channel.putNowait(0);
      const empty = channel.subscribe();
      const attempt = define(function* (name: string, wait: () => unknown) {
        try {
          yield* on(wait() as Promise<unknown>);
        } catch (error) {
          print(name, (error as Error).name);
        }
      });
      const tasks = [
        createTask(() => attempt("put 1", () => channel.put(1))),
        createTask(() => attempt("put 2", () => channel.put(2))),
        createTask(() => attempt("get", () => empty.get())),
      ];
      yield* on(sleep(1));
      channel.shutdown();
      yield* on(gather(tasks));
      print(full.getNowait(), channel);
    })
  ),
  [
    [1, "get QueueShutDown"],
    [1, "put 1 QueueShutDown"],
    [1, "put 2 QueueShutDown"],
    [1, "0 <Broadcast subscriptions=2 shut down>"],
  ],
);

Deno.test("Broadcast.shutdown(true) drops what was not taken", () => {
  const channel = broadcast<number>();
  const subscription = channel.subscribe(1);
  channel.putNowait(1);
  channel.shutdown(true);
  assertEquals([subscription.empty(), channel.statistics().full], [true, 0]);
});

Deno.test("Broadcast.putNowait() refuses while others wait to put, and all or nobody gets an item", () => {
  const channel = broadcast<number>();
  const [bounded, unbounded] = [channel.subscribe(1), channel.subscribe()];
  channel.putNowait(1);
  let refusal = "none";
  try {
    channel.putNowait(2);
  } catch (error) {
    refusal = (error as Error).name;
  }
  assertEquals([refusal, bounded.qsize(), unbounded.qsize()], ["QueueFull", 1, 1]);
});
