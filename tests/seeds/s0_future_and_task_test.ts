/**
 * The examples of the document on Future and Task, with its lines and its times.
 */
import { assertEquals } from "@std/assert";
import {
  CancelledError,
  createTask,
  type Future,
  gather,
  getRunningLoop,
  run,
  sleep,
  TaskGroup,
} from "../../mod.ts";
import { bothStyles } from "../support/both_styles.ts";

// S0-E1, S0-C6
bothStyles("createTask() overlaps the waits of two coroutines awaited in turn", {
  generator(print) {
    function* fetchData(id: number) {
      print(`Task ${id} 시작`);
      yield* sleep(1000);
      return `Data ${id} 완료`;
    }
    return function* main() {
      const task1 = createTask(fetchData(1));
      const task2 = createTask(fetchData(2));
      const res1 = yield* task1;
      const res2 = yield* task2;
      print(res1, res2);
    };
  },
  async(print) {
    async function fetchData(id: number) {
      print(`Task ${id} 시작`);
      await sleep(1000);
      return `Data ${id} 완료`;
    }
    return async function main() {
      const task1 = createTask(() => fetchData(1));
      const task2 = createTask(() => fetchData(2));
      const res1 = await task1;
      const res2 = await task2;
      print(res1, res2);
    };
  },
}, [
  [0, "Task 1 시작"],
  [0, "Task 2 시작"],
  [1000, "Data 1 완료 Data 2 완료"],
]);

// S0-E2
bothStyles("Future wakes its waiter when a later callback sets the result", {
  generator(print) {
    function externalEventHandler(fut: Future<string>) {
      print("외부 이벤트 발생! 결과를 설정합니다.");
      fut.setResult("Success from External Source");
    }
    return function* main() {
      const loop = getRunningLoop();
      const fut = loop.createFuture<string>();
      loop.callLater(2000, externalEventHandler, fut);
      print("결과를 기다리는 중...");
      const result = yield* fut;
      print(`받은 결과: ${result}`);
    };
  },
  async(print) {
    function externalEventHandler(fut: Future<string>) {
      print("외부 이벤트 발생! 결과를 설정합니다.");
      fut.setResult("Success from External Source");
    }
    return async function main() {
      const loop = getRunningLoop();
      const fut = loop.createFuture<string>();
      loop.callLater(2000, externalEventHandler, fut);
      print("결과를 기다리는 중...");
      const result = await fut;
      print(`받은 결과: ${result}`);
    };
  },
}, [
  [0, "결과를 기다리는 중..."],
  [2000, "외부 이벤트 발생! 결과를 설정합니다."],
  [2000, "받은 결과: Success from External Source"],
]);

// S0-E3, S0-C8
bothStyles("Task.cancel() reaches the job and then its waiter while the job sleeps", {
  generator(print) {
    function* longRunningJob() {
      try {
        yield* sleep(10_000);
      } catch (error) {
        if (error instanceof CancelledError) print("작업이 정상적으로 취소되었습니다.");
        throw error;
      }
    }
    return function* main() {
      const task = createTask(longRunningJob());
      yield* sleep(1000);
      task.cancel();
      try {
        yield* task;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        print("Main: Task 취소 예외 포착");
      }
      print(task.cancelled());
    };
  },
  async(print) {
    async function longRunningJob() {
      try {
        await sleep(10_000);
      } catch (error) {
        if (error instanceof CancelledError) print("작업이 정상적으로 취소되었습니다.");
        throw error;
      }
    }
    return async function main() {
      const task = createTask(longRunningJob);
      await sleep(1000);
      task.cancel();
      try {
        await task;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        print("Main: Task 취소 예외 포착");
      }
      print(task.cancelled());
    };
  },
}, [
  [1000, "작업이 정상적으로 취소되었습니다."],
  [1000, "Main: Task 취소 예외 포착"],
  [1000, "true"],
]);

// S0-E3: on the host's clock, where a timer left behind fails the test.
Deno.test({
  name: "Task.cancel() clears the host timer when the cancelled job slept on the system clock",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    const cancelled = await run(function* main() {
      const task = createTask(sleep(10_000));
      yield* sleep(0);
      task.cancel();
      try {
        yield* task;
      } catch (error) {
        return error instanceof CancelledError;
      }
    });
    assertEquals(cancelled, true);
  },
});

// S0-E4
bothStyles("gather() returns results in input order when they finish one after another", {
  generator(print) {
    function* job(n: number) {
      yield* sleep(n * 1000);
      return n * 10;
    }
    return function* main() {
      const results = yield* gather([1, 2, 3].map((n) => job(n)));
      print(`결과 리스트: [${results.join(", ")}]`);
    };
  },
  async(print) {
    async function job(n: number) {
      await sleep(n * 1000);
      return n * 10;
    }
    return async function main() {
      const results = await gather([1, 2, 3].map((n) => () => job(n)));
      print(`결과 리스트: [${results.join(", ")}]`);
    };
  },
}, [
  [3000, "결과 리스트: [10, 20, 30]"],
]);

// S0-E5, S0-C10
bothStyles("Future.addDoneCallback() runs before a waiter that came after it", {
  generator(print) {
    return function* main() {
      const task = createTask(sleep(1000, "Done"));
      task.addDoneCallback((fut) => {
        print(`알림: 작업 완료! 결과는 ${fut.result()} 입니다.`);
        print(fut === task);
      });
      yield* task;
      print("after await");
    };
  },
  async(print) {
    return async function main() {
      const task = createTask(sleep(1000, "Done"));
      task.addDoneCallback((fut) => {
        print(`알림: 작업 완료! 결과는 ${fut.result()} 입니다.`);
        print(fut === task);
      });
      await task;
      print("after await");
    };
  },
}, [
  [1000, "알림: 작업 완료! 결과는 Done 입니다."],
  [1000, "true"],
  [1000, "after await"],
]);

// S0-E6
bothStyles("TaskGroup waits for all its children when the body ends first", {
  generator(print) {
    function* subTask(name: string, seconds: number) {
      yield* sleep(seconds * 1000);
      print(`Task ${name} 완료`);
    }
    return function* main() {
      yield* TaskGroup.run(function* (tg) {
        tg.createTask(subTask("A", 1));
        tg.createTask(subTask("B", 2));
      });
      print("모든 Task Group 작업 종료");
    };
  },
  async(print) {
    async function subTask(name: string, seconds: number) {
      await sleep(seconds * 1000);
      print(`Task ${name} 완료`);
    }
    return async function main() {
      await TaskGroup.run((tg) => {
        tg.createTask(() => subTask("A", 1));
        tg.createTask(() => subTask("B", 2));
      });
      print("모든 Task Group 작업 종료");
    };
  },
}, [
  [1000, "Task A 완료"],
  [2000, "Task B 완료"],
  [2000, "모든 Task Group 작업 종료"],
]);
