/**
 * Debug mode reports a group or a timeout that is left by another task than the one that entered it.
 */
import { createTask, sleep, TaskGroup, timeout } from "../../mod.ts";
import { once } from "../support/both_styles.ts";
import { reported } from "../support/reports.ts";

type Entered = TaskGroup | ReturnType<typeof timeout>;

reported("TaskGroup and Timeout report that another task leaves them", {
  generator: () => {
    function* leave(cm: Entered) {
      yield* sleep(5);
      yield* cm.exit(null);
    }
    return function* main() {
      const group = new TaskGroup();
      yield* group.enter();
      yield* createTask(leave(group), { name: "group leaver" });
      const deadline = timeout(1000);
      yield* deadline.enter();
      yield* createTask(leave(deadline), { name: "timeout leaver" });
    };
  },
  async: () => {
    async function leave(cm: Entered) {
      await sleep(5);
      await cm.exit(null);
    }
    return async function main() {
      const group = new TaskGroup();
      await group.enter();
      await createTask(() => leave(group), { name: "group leaver" });
      const deadline = timeout(1000);
      await deadline.enter();
      await createTask(() => leave(deadline), { name: "timeout leaver" });
    };
  },
}, [
  [5, "WrongTask group leaver, left in leave"],
  [10, "WrongTask timeout leaver, left in leave"],
]);

reported(
  "TaskGroup lets any task start children while it is open",
  once(({ define, on }, print) => {
    const helper = define(function* (group: TaskGroup) {
      group.createTask(sleep(10));
      yield* on(sleep(1));
    });
    return define(function* main() {
      yield* on(TaskGroup.run((group) => {
        group.createTask(() => helper(group));
      }));
      print("both ended");
    });
  }),
  [[10, "both ended"]],
);
