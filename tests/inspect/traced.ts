/**
 * A program with everything that a picture shows: waits, a gather, a group with a failing child, a
 * deadline, a shield, cancellations, a task that is still at work, and names of every kind.
 */
import {
  createTask,
  currentTask,
  gather,
  run,
  shield,
  sleep,
  TaskGroup,
  Tracer,
  VirtualClock,
  wait,
  waitFor,
} from "../../mod.ts";

export const LONG_NAME = "fetch https://example.org/a/long/path/that/fits/no/margin/index.html";
export const MARKUP_NAME = 'worker <1> & "co"';

export async function tracedProgram(): Promise<Tracer> {
  return await run(function* () {
    currentTask()!.name = "main";
    using tracer = new Tracer();
    function* page(ms: number) {
      yield* sleep(ms);
      yield* sleep(ms / 2);
    }
    const download = createTask(() =>
      gather([
        createTask(page(60), { name: LONG_NAME }),
        createTask(page(110), { name: "대문을 가져오기" }),
        createTask(async () => {
          await sleep(30);
          await sleep(70);
        }, { name: "async" }),
      ]), { name: "download" });
    const group = createTask(() =>
      TaskGroup.run((group) => {
        group.createTask(sleep(400), { name: MARKUP_NAME });
        group.createTask(function* () {
          try {
            yield* sleep(300);
          } finally {
            yield* sleep(25);
          }
        }, { name: "cleans up" });
        group.createTask(function* () {
          yield* sleep(120);
          throw new Error("bad");
        }, { name: "fails" });
      }), { name: "group" });
    const late = createTask(() => waitFor(sleep(1000), 150), { name: "deadline" });
    const left = createTask(sleep(1000), { name: "left" });
    const caller = createTask(() => shield(left), { name: "caller" });
    yield* sleep(90);
    caller.cancel("no longer needed");
    yield* wait<unknown>([download, group, late, caller]);
    for (const task of [group, late]) task.exception();
    yield* sleep(20);
    return tracer;
  }, { clock: new VirtualClock() });
}
