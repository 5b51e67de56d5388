// Follows "Future and Task: three decisive differences and how to use them" (2026-03-29).

/* %% title S0-N1 S0-N2 S0-N3 S0-C1 S0-C3
# Future and Task

A guide for those who tune asynchronous programs, after a Korean post of March 2026. Its title promises three differences; its table has six rows.

Since Python 3.4, asyncio has changed how servers are written. JavaScript had promises then; what it lacks are tasks. Two objects stand for *work that is not finished yet*: `Future` and `Task`.

From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`. The examples print Korean, as in the post: 시작 is *started*, 완료 *done*, 취소 *cancel*.
%% ko
# Future와 Task

비동기 코드를 다듬으려는 사람을 위한 안내서로, 2026년 3월에 쓰인 글을 따라갑니다. 제목은 세 가지 차이를 약속하지만 표에는 여섯 줄이 있습니다.

파이썬 3.4에 들어온 asyncio는 서버를 만드는 방식을 바꾸었습니다. 자바스크립트에는 프로미스가 있었지만 태스크는 없었습니다. *아직 끝나지 않은 작업*을 나타내는 객체가 둘 있습니다. `Future`와 `Task`입니다.

JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다.
*/

// %% setup
import {
  allTasks,
  CancelledError,
  Coroutine,
  createTask,
  ExceptionGroup,
  Future,
  gather,
  getEventLoop,
  getRunningLoop,
  sleep,
  Task,
  TaskGroup,
  ThreadPoolExecutor,
} from "../../mod.ts";
import { bars } from "../lib/chart.ts";
import { both, play } from "../lib/play.ts";
import { classDiagram } from "../lib/classes.ts";

/* %% diagram-text S0-D1
Future와 Task 객체 (the Future and the Task object), drawn from the classes:
%% ko
Future와 Task 객체. 클래스에서 읽어 그린 그림입니다.
*/

// %% diagram S0-D1 S0-C3 S0-T2
classDiagram("Awaitable", [Coroutine, Future, Task]);

/* %% thread-text S0-C2
## 1. One thread is enough

Where programs wait for input and output, one thread carries a lot. A thousand tasks, each waiting 100 ms:
%% ko
## 1. 스레드 하나로 충분하다

입출력을 기다리는 프로그램이라면 스레드 하나로도 많은 일을 감당합니다. 100 ms씩 기다리는 태스크 천 개를 실행해 봅시다.
*/

// %% thousand S0-C2
await both(function* () {
  yield* gather(Array.from({ length: 1000 }, () => sleep(100)));
  console.log("1,000 tasks are done");
}, async () => {
  await gather(Array.from({ length: 1000 }, () => () => sleep(100)));
  console.log("1,000 tasks are done");
}, { picture: false });

/* %% real-thousand-text S0-C2
The same on the real clock, against what it would take one after the other:
%% ko
실제 시계로 재면 이렇습니다. 하나씩 차례로 기다렸을 때와 비교해 보세요.
*/

// %% real-thousand S0-C2 measured
const start = performance.now();
await gather(Array.from({ length: 1000 }, () => sleep(100)));
bars([
  { name: "one after the other", value: 1000 * 100, label: "100 s (computed)" },
  { name: "1,000 tasks", value: performance.now() - start },
], { unit: "ms" });

/* %% states-text S0-C4 S0-C5
## 2. Store and worker

A **Future stores** a result. A **Task works**: it runs a coroutine, and is a future of what that returns. Who mixes them up waits for ever: nobody settles a bare future by itself. Both have the same three states.
%% ko
## 2. 저장소와 일꾼

**Future는** 결과의 **저장소**이고 **Task는** 코루틴을 실행하는 **일꾼**이면서, 그 코루틴이 돌려줄 값을 담는 퓨처이기도 합니다. 둘을 혼동하면 영원히 기다리게 됩니다. 퓨처는 저절로 완료되지 않기 때문입니다. 상태는 둘 다 세 가지입니다.
*/

// %% states S0-C4 S0-C5
await both(function* () {
  const future = new Future<string>();
  const task = createTask(sleep(100, "worked"), { name: "task" });
  console.log(String(future), String(task));
  yield* sleep(200);
  console.log(String(future), String(task));
  const cancelled = createTask(sleep(100), { name: "another" });
  future.cancel();
  cancelled.cancel();
  yield* sleep(0);
  console.log(String(future), String(cancelled));
}, async () => {
  const future = new Future<string>();
  const task = createTask(() => sleep(100, "worked"), { name: "task" });
  console.log(String(future), String(task));
  await sleep(200);
  console.log(String(future), String(task));
  const cancelled = createTask(() => sleep(100), { name: "another" });
  future.cancel();
  cancelled.cancel();
  await sleep(0);
  console.log(String(future), String(cancelled));
}, { picture: false });

/* %% table S0-T1 S0-T2 S0-T3 S0-T4 S0-T5 S0-T6
| | `Future` | `Task` |
| --- | --- | --- |
| Definition | low-level: holds a final result | high-level: manages the run of a coroutine |
| Inheritance | the base class | inherits from Future |
| Made by | `loop.createFuture()`, `new Future()` | `createTask(coroutine)` |
| Driven by | whoever calls `setResult` | the loop, by itself |
| Used in | libraries and frameworks | applications |
| Control | wait, add callbacks | cancel, look at progress, get the result |

> **The table says** that cancelling is the Task's part. **In fact** a Future can be cancelled as well, as the cell above shows; for it nothing has to be stopped.

Each row as code:
%% ko
| | `Future` | `Task` |
| --- | --- | --- |
| 정의 | 최종 결과를 담는 저수준 객체 | 코루틴의 실행을 관리하는 고수준 객체 |
| 상속 | 기본 클래스 | Future의 하위 클래스 |
| 생성 | `loop.createFuture()`, `new Future()` | `createTask(coroutine)` |
| 실행 주체 | `setResult`를 부르는 쪽 | 이벤트 루프가 자동으로 |
| 사용 수준 | 라이브러리, 프레임워크 | 애플리케이션 |
| 상태 제어 | 대기, 콜백 등록 | 취소, 진행 확인, 결과 얻기 |

> **표에 따르면** 취소는 Task의 기능입니다. **하지만** 위 셀에서 보았듯 Future도 취소할 수 있습니다. 다만 멈춰야 할 실행이 없을 뿐입니다.

각 줄을 코드로 확인해 봅시다.
*/

// %% table-checked S0-T1 S0-T2 S0-T3 S0-T4 S0-T6
await play(function* () {
  console.log("inherits:", Object.getPrototypeOf(Task.prototype) === Future.prototype);
  const future = getRunningLoop().createFuture<number>();
  const task = createTask(sleep(100, 1), { name: "task" });
  console.log("made:", future.constructor.name, task.constructor.name);
  future.setResult(1);
  console.log("settled by hand:", future.result());
  for (const name of ["setResult", "setException"] as const) {
    try {
      task[name](1 as never);
    } catch (error) {
      console.log(`task.${name}():`, (error as Error).name);
    }
  }
  console.log("done:", task.done());
  yield* task;
  console.log("done:", task.done(), "result:", task.result(), "cancel:", task.cancel());
}, { picture: false });

/* %% example-1 S0-E1 S0-C6
## 3. Seven examples

### Example 1: run functions side by side

The most common pattern: wrap coroutines in tasks, so that the loop starts them at once. Two seconds of waiting take one. (A plain `await` for each, without tasks, would take two.)
%% ko
## 3. 일곱 가지 예제

### 예제 1: 함수를 나란히 실행하기

가장 흔한 패턴입니다. 코루틴을 태스크로 감싸면 이벤트 루프가 바로 실행합니다. 2초어치 기다림이 1초 만에 끝납니다. (태스크 없이 하나씩 `await`하면 2초가 걸립니다.)
*/

// %% parallel S0-E1 S0-C6
await both(function* () {
  function* fetchData(id: number) {
    console.log(`Task ${id} 시작`);
    yield* sleep(1000);
    return `Data ${id} 완료`;
  }
  const task1 = createTask(fetchData(1), { name: "fetch 1" });
  const task2 = createTask(fetchData(2), { name: "fetch 2" });
  console.log(yield* task1, yield* task2);
}, async () => {
  async function fetchData(id: number) {
    console.log(`Task ${id} 시작`);
    await sleep(1000);
    return `Data ${id} 완료`;
  }
  const task1 = createTask(() => fetchData(1), { name: "fetch 1" });
  const task2 = createTask(() => fetchData(2), { name: "fetch 2" });
  console.log(await task1, await task2);
});

/* %% example-2 S0-E2 S0-C7
### Example 2: settle a future by hand

The low-level way for something outside to tell the loop: here a timer, below an event listener and a worker.
%% ko
### 예제 2: 퓨처를 직접 다루기

바깥의 사건을 이벤트 루프에 알리는 저수준 방식입니다. 여기서는 타이머가, 그 아래에서는 이벤트 리스너와 워커가 알립니다.
*/

// %% by-hand S0-E2
function externalEventHandler(future: Future<string>) {
  console.log("외부 이벤트 발생! 결과를 설정합니다.");
  future.setResult("Success from External Source");
}

await both(function* () {
  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  loop.callLater(2000, externalEventHandler, future);
  console.log("결과를 기다리는 중...");
  const result = yield* future;
  console.log(`받은 결과: ${result}`);
}, async () => {
  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  loop.callLater(2000, externalEventHandler, future);
  console.log("결과를 기다리는 중...");
  const result = await future;
  console.log(`받은 결과: ${result}`);
});

// %% from-outside S0-C7 S0-C15
const door = new EventTarget();
const rung = new Future<string>();
door.addEventListener("bell", () => rung.setResult("somebody is at the door"), { once: true });
setTimeout(() => door.dispatchEvent(new Event("bell")), 5);
console.log(await rung);

const source = URL.createObjectURL(new Blob(["postMessage('hello from a worker')"]));
const worker = new Worker(source, { type: "module" });
const message = new Future<string>();
worker.onmessage = ({ data }) => message.setResult(data);
console.log(await message);
worker.terminate();

/* %% example-3 S0-E3 S0-C8
### Example 3: cancel what is no longer needed

The job notices, says so, and throws the error on. Its ten-second timer is gone with it: look where the picture ends.
%% ko
### 예제 3: 필요 없어진 작업 취소하기

작업은 취소를 알아차리고 한마디 한 다음 오류를 다시 던집니다. 10초짜리 타이머도 함께 사라집니다. 그림이 어디서 끝나는지 보세요.
*/

// %% cancel S0-E3 S0-C8
await both(function* () {
  const task = createTask(function* () {
    try {
      yield* sleep(10_000);
    } catch (error) {
      if (error instanceof CancelledError) console.log("작업이 정상적으로 취소되었습니다.");
      throw error;
    }
  }, { name: "job" });
  yield* sleep(1000);
  task.cancel();
  try {
    yield* task;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    console.log("Main: Task 취소 예외 포착");
  }
  console.log("cancelled:", task.cancelled());
}, async () => {
  const task = createTask(async () => {
    try {
      await sleep(10_000);
    } catch (error) {
      if (error instanceof CancelledError) console.log("작업이 정상적으로 취소되었습니다.");
      throw error;
    }
  }, { name: "job" });
  await sleep(1000);
  task.cancel();
  try {
    await task;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    console.log("Main: Task 취소 예외 포착");
  }
  console.log("cancelled:", task.cancelled());
});

/* %% example-4 S0-E4 S0-C9
### Example 4: many at once, with `gather`

It makes tasks of the coroutines that it gets, and gives the results in the order of the arguments, whoever finishes first.
%% ko
### 예제 4: `gather`로 여럿을 한꺼번에

`gather`는 받은 코루틴을 태스크로 만들고, 누가 먼저 끝나든 인자의 순서대로 결과를 돌려줍니다.
*/

// %% gather S0-E4 S0-C9
await both(function* () {
  function* job(n: number) {
    yield* sleep(n * 1000);
    return n * 10;
  }
  const all = gather([1, 2, 3].map(job));
  console.log("tasks, with main:", allTasks().size);
  const results = yield* all;
  console.log("결과 리스트:", results);
}, async () => {
  async function job(n: number) {
    await sleep(n * 1000);
    return n * 10;
  }
  const all = gather([1, 2, 3].map((n) => () => job(n)));
  console.log("tasks, with main:", allTasks().size);
  const results = await all;
  console.log("결과 리스트:", results);
});

/* %% example-5 S0-E5 S0-C10
### Example 5: a callback when it is done

For something that has to happen at the end without anybody waiting. The callback gets the future itself. It was added before `main` began to wait, so it comes first.
%% ko
### 예제 5: 끝나면 부를 콜백

아무도 기다리지 않더라도 끝났을 때 실행할 것이 있을 때 씁니다. 콜백은 퓨처 자신을 받습니다. `main`이 기다리기 전에 등록했으므로 먼저 실행됩니다.
*/

// %% callback S0-E5 S0-C10
await both(function* () {
  const task = createTask(sleep(1000, "Done"), { name: "sleeper" });
  task.addDoneCallback((future) => {
    console.log(`알림: 작업 완료! 결과는 ${future.result()} 입니다.`);
    console.log("the callback's argument is the task:", future === task);
  });
  yield* task;
  console.log("after the await");
}, async () => {
  const task = createTask(() => sleep(1000, "Done"), { name: "sleeper" });
  task.addDoneCallback((future) => {
    console.log(`알림: 작업 완료! 결과는 ${future.result()} 입니다.`);
    console.log("the callback's argument is the task:", future === task);
  });
  await task;
  console.log("after the await");
}, { picture: false });

/* %% example-6 S0-E6 S0-C11
### Example 6: a group

`TaskGroup` (Python 3.11) keeps tasks together: it ends when all have ended.
%% ko
### 예제 6: 태스크 그룹

`TaskGroup`(파이썬 3.11)은 태스크를 한데 묶어, 모두 끝나야 끝납니다.
*/

// %% group S0-E6 S0-C11
await both(function* () {
  function* subTask(name: string, ms: number) {
    yield* sleep(ms);
    console.log(`Task ${name} 완료`);
  }
  yield* TaskGroup.run((group) => {
    group.createTask(subTask("A", 1000), { name: "A" });
    group.createTask(subTask("B", 2000), { name: "B" });
  });
  console.log("모든 Task Group 작업 종료");
}, async () => {
  async function subTask(name: string, ms: number) {
    await sleep(ms);
    console.log(`Task ${name} 완료`);
  }
  await TaskGroup.run((group) => {
    group.createTask(() => subTask("A", 1000), { name: "A" });
    group.createTask(() => subTask("B", 2000), { name: "B" });
  });
  console.log("모든 Task Group 작업 종료");
});

/* %% group-fails-text S0-C11
And when one fails, the group cancels the others and throws an `ExceptionGroup` of what went wrong.
%% ko
하나가 실패하면 그룹은 나머지를 취소하고, 무엇이 잘못되었는지 `ExceptionGroup`에 담아 던집니다.
*/

// %% group-fails S0-C11
await both(function* () {
  try {
    yield* TaskGroup.run((group) => {
      group.createTask(function* () {
        yield* sleep(1000);
        throw new RangeError("A went wrong");
      }, { name: "A" });
      group.createTask(function* () {
        try {
          yield* sleep(2000);
        } catch (error) {
          console.log("B: cancelled");
          throw error;
        }
      }, { name: "B" });
    });
  } catch (error) {
    if (!(error instanceof ExceptionGroup)) throw error;
    console.log(error.errors.length, "error:", String(error.errors[0]));
  }
}, async () => {
  try {
    await TaskGroup.run((group) => {
      group.createTask(async () => {
        await sleep(1000);
        throw new RangeError("A went wrong");
      }, { name: "A" });
      group.createTask(async () => {
        try {
          await sleep(2000);
        } catch (error) {
          console.log("B: cancelled");
          throw error;
        }
      }, { name: "B" });
    });
  } catch (error) {
    if (!(error instanceof ExceptionGroup)) throw error;
    console.log(error.errors.length, "error:", String(error.errors[0]));
  }
});

/* %% example-7 S0-E7 S0-C12
### Example 7: a blocking function as a future

`runInExecutor` has a blocking or busy function run in a thread and gives a future of its result. The ticker shows that the loop stays free meanwhile. Here 400 ms instead of the post's two seconds, on the real clock. (The function travels to the worker as source, so it may use its arguments and globals only.)
%% ko
### 예제 7: 동기 함수를 퓨처로

`runInExecutor`는 블로킹하거나 CPU를 많이 쓰는 함수를 스레드에서 실행하고 결과를 퓨처로 돌려줍니다. 똑딱이가 멈추지 않는 것을 보면 이벤트 루프가 막히지 않았음을 알 수 있습니다. 글의 2초 대신 400 ms로, 실제 시계에서 실행합니다. (함수는 소스 코드로 워커에 보내지므로 인자와 전역 변수만 쓸 수 있습니다.)
*/

// %% executor S0-E7 S0-C12 measured
function blockingIo() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  return "IO 작업 완료";
}

await play(async () => {
  const ticker = createTask(async () => {
    for (let n = 1;; n++) {
      await sleep(100);
      console.log("tick", n);
    }
  }, { name: "ticker" });
  const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
  const future = getRunningLoop().runInExecutor(pool, blockingIo);
  console.log("a future:", future instanceof Future, "a task:", future instanceof Task);
  console.log(await future);
  await pool.shutdown();
  ticker.cancel();
}, { realTime: true });

/* %% shutdown-text S0-P1
**A trap in the post's example:** `with ThreadPoolExecutor()` inside a coroutine. Leaving that block calls `shutdown(wait=True)`, which blocks the loop in Python until the pool has drained. Ours is asynchronous, so the ticker goes on while the pool drains. (In a notebook put `await using` in a block or a function: at the top of a cell it is never disposed of.)
%% ko
**글의 예제에 숨은 함정:** 코루틴 안의 `with ThreadPoolExecutor()`입니다. 블록을 나갈 때 `shutdown(wait=True)`가 불리는데, 파이썬에서는 풀이 비워질 때까지 이벤트 루프가 막힙니다. 여기서는 비동기로 닫히므로 풀이 비워지는 동안에도 똑딱이가 계속됩니다. (노트북에서는 `await using`을 블록이나 함수 안에 쓰세요. 셀의 최상위에서는 정리가 실행되지 않습니다.)
*/

// %% shutdown S0-P1
let ticks = 0;
const ticking = setInterval(() => ticks++, 20);
{
  await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
  getEventLoop().runInExecutor(pool, blockingIo); // still running at the end of the block
}
clearInterval(ticking);
console.log("the loop ticked while the pool was closing:", ticks > 5);

/* %% end S0-C13 S0-C14 S0-C15 S0-T5 S0-N4
## 4. What to remember

- A Future is a **promise of a value**; a Task is **the worker that keeps it**.
- For most programs `createTask()` is all you need.
- Those who write network libraries, or handle events by hand, need the Future: example 2 is all there is to it.

References: [Python's documentation on tasks](https://docs.python.org/3/library/asyncio-task.html); *Fluent Python*, 2nd edition, chapter 21; [asyncio's documentation on futures](https://docs.python.org/3/library/asyncio-future.html).
%% ko
## 4. 기억할 것

- Future는 **결과값에 대한 약속**이고, Task는 **그 약속을 지키는 일꾼**입니다.
- 대부분의 프로그램에는 `createTask()`로 충분합니다.
- 네트워크 라이브러리를 만들거나 이벤트를 직접 다루는 사람에게는 Future가 필요합니다. 예제 2가 그 전부입니다.

참고: [파이썬 문서의 태스크](https://docs.python.org/ko/3/library/asyncio-task.html), *Fluent Python* 2판 21장, [파이썬 문서의 퓨처](https://docs.python.org/ko/3/library/asyncio-future.html).
*/
