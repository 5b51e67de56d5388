/**
 * Event: a flag that tasks wait for.
 */
import { assertEquals } from "@std/assert";
import { createTask, Event, gather, sleep } from "../../mod.ts";
import { bothStyles, once, type Print, type Style } from "../support/both_styles.ts";

function waiter({ define, on }: Style, print: Print, event: Event) {
  return define(function* (name: string) {
    print(name, yield* on(event.wait()));
  });
}

bothStyles(
  "Event.wait() goes on without a pause when the event is set",
  once((style, print) =>
    style.define(function* main() {
      const event = new Event();
      event.set();
      const other = createTask(() => print("other"));
      yield* style.on(waiter(style, print, event)("main"));
      yield* style.on(other);
    })
  ),
  [[0, "main true"], [0, "other"]],
);

bothStyles(
  "Event.set() lets everybody go on in their order, also when it is cleared at once",
  once((style, print) =>
    style.define(function* main() {
      const event = new Event();
      const wait = waiter(style, print, event);
      const tasks = ["a", "b", "c"].map((name) => createTask(() => wait(name)));
      yield* style.on(sleep(5));
      event.set();
      event.set();
      event.clear();
      yield* style.on(gather(tasks));
      print(event.isSet());
    })
  ),
  [[5, "a true"], [5, "b true"], [5, "c true"], [5, "false"]],
);

bothStyles(
  "Event.wait() waits again after clear",
  once((style, print) =>
    style.define(function* main() {
      const event = new Event();
      event.set();
      event.clear();
      const task = createTask(() => waiter(style, print, event)("a"));
      yield* style.on(sleep(5));
      print(event, event.statistics().tasksWaiting);
      event.set();
      yield* style.on(task);
      print(event);
    })
  ),
  [[5, "<Event unset waiting=1> 1"], [5, "a true"], [5, "<Event set>"]],
);

bothStyles(
  "Event.wait() leaves nothing behind when its task is cancelled, waiting or called",
  once((style, print) =>
    style.define(function* main() {
      const event = new Event();
      const wait = waiter(style, print, event);
      const [waiting, called, other] = ["waiting", "called", "other"].map((name) =>
        createTask(() => wait(name))
      );
      yield* style.on(sleep(1));
      waiting!.cancel();
      yield* style.on(sleep(1));
      event.set();
      called!.cancel();
      yield* style.on(other!);
      print(waiting!.cancelled(), called!.cancelled(), event.statistics().tasksWaiting);
    })
  ),
  [[2, "other true"], [2, "true true 0"]],
);

Deno.test("Event.statistics() tells whether it is set", () => {
  const event = new Event();
  event.set();
  assertEquals(event.statistics(), { isSet: true, tasksWaiting: 0 });
});
