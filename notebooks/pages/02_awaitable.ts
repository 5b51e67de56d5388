// deno-lint-ignore-file require-yield require-await -- some coroutines have nothing to wait for
// Follows the note "What is an Awaitable?".

/* %% title S1-C1 S1-C2 S1-C3
# What is an awaitable?

Only an **awaitable** may stand behind `await`: an object that knows how to be waited for. This notebook follows a short Korean note on Python's documentation. There are three main kinds, **coroutines**, **tasks** and **futures**; JavaScript's promises are a fourth.

From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`.
%% ko
# 어웨이터블이란?

`await` 뒤에는 **어웨이터블**만 올 수 있습니다. 어웨이터블은 '기다려질 줄 아는' 객체입니다. 이 노트북은 파이썬 공식 문서를 정리한 짧은 글을 따라갑니다. 주요 유형은 **코루틴**, **태스크**, **퓨처** 세 가지이고, 자바스크립트에서는 프로미스가 네 번째입니다.

JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다.
*/

// %% setup
import {
  asCompleted,
  type Awaitable,
  Coroutine,
  coroutine,
  createTask,
  ensureFuture,
  Future,
  gather,
  getEventLoop,
  getRunningLoop,
  isAwaitable,
  shield,
  sleep,
  Task,
  waitFor,
} from "../../mod.ts";
import { both, play } from "../lib/play.ts";
import { classDiagram } from "../lib/classes.ts";

/* %% only-awaitables S1-C1
## Only awaitables

What is not awaitable is refused where you wait for it. (In an `async` function JavaScript itself lets `await 5` pass, and gives 5.)
%% ko
## 어웨이터블만

어웨이터블이 아닌 것은 기다리는 그 자리에서 거부됩니다. (`async` 함수에서는 자바스크립트가 `await 5`를 허용하고 그냥 5를 돌려줍니다.)
*/

// %% refused S1-C1
await play(function* () {
  for (const wrong of [5, null, {}]) {
    try {
      yield* wrong as unknown as Future<unknown>;
    } catch (error) {
      console.log(wrong, "→", (error as Error).name);
    }
  }
  try {
    createTask(5 as unknown as Future<unknown>);
  } catch (error) {
    console.log(`${error}`);
  }
}, { picture: false });

/* %% kinds-text S1-C2 S1-C3
## What takes them, and what they are

`isAwaitable` tells. `gather`, `waitFor`, `shield`, `ensureFuture` and `asCompleted` take every kind.
%% ko
## 어웨이터블의 종류와 쓰이는 곳

`isAwaitable`로 알아볼 수 있습니다. `gather`, `waitFor`, `shield`, `ensureFuture`, `asCompleted`는 모든 종류를 받습니다.
*/

// %% kinds S1-C2 S1-C3
const everyKind = (): Record<string, Awaitable<number>> => {
  const future = new Future<number>();
  getRunningLoop().callLater(100, () => future.setResult(42));
  return {
    coroutine: sleep(100, 42),
    task: createTask(sleep(100, 42)),
    future,
    promise: Promise.resolve(42),
  };
};
const takers: Record<string, (aw: Awaitable<number>) => Awaitable<unknown>> = {
  gather: (aw) => gather([aw]),
  waitFor: (aw) => waitFor(aw, 1000),
  shield,
  ensureFuture,
  asCompleted: (aw) => [...asCompleted([aw])][0]!,
};

await play(async () => {
  console.log("5 is awaitable:", isAwaitable(5));
  for (const kind of Object.keys(everyKind())) {
    const results = await gather(Object.values(takers).map((take) => take(everyKind()[kind]!)));
    console.log(kind.padEnd(9), isAwaitable(everyKind()[kind]), results.flat());
  }
}, { picture: false });

/* %% coroutine-text S1-E1 S1-O1
## Coroutines

Calling `nested()` and not waiting for it runs nothing. Python warns, `RuntimeWarning: coroutine 'nested' was never awaited`, and so does our debug mode, with the place where it was made.
%% ko
## 코루틴

`nested()`를 호출만 하고 기다리지 않으면 아무것도 실행되지 않습니다. 파이썬은 `RuntimeWarning: coroutine 'nested' was never awaited`라고 경고합니다. 이 라이브러리의 디버그 모드도 만들어진 위치와 함께 경고합니다.
*/

// %% nested S1-E1 S1-O1 S1-C12
const nested = coroutine(function* nested() {
  console.log("nested runs");
  return 42;
});

await play(function* () {
  nested(); // nothing happens
  console.log(yield* nested()); // will print 42
}, { debug: true, picture: false });

/* %% native S1-E1
**Here JavaScript differs from Python.** A native `async` function runs at once when it is called, up to its first `await`, whether anybody waits or not:
%% ko
**여기서 자바스크립트는 파이썬과 다릅니다.** 네이티브 `async` 함수는 기다리는 쪽이 있든 없든, 호출하는 즉시 첫 `await`까지 실행됩니다.
*/

// %% native-starts S1-E1
await play(async () => {
  async function nested() {
    console.log("nested runs");
    return 42;
  }
  nested(); // it has run, and its result is lost
  console.log(await nested());
}, { picture: false });

/* %% task-text S1-E2 S1-C4 S1-C5
## Tasks

`createTask` schedules a coroutine to run soon, by itself, beside what runs now. The handle that it returns can be awaited, or used to cancel.
%% ko
## 태스크

`createTask`는 코루틴이 지금 실행 중인 것과 나란히, 스스로 곧 실행되도록 예약합니다. 돌려받은 태스크는 기다릴 수도 있고 취소할 수도 있습니다.
*/

// %% task S1-E2 S1-C4 S1-C5
await both(function* () {
  function* nested(name: string) {
    console.log(name, "runs");
    yield* sleep(100);
    return 42;
  }
  const task = createTask(nested("awaited"), { name: "awaited" });
  createTask(nested("never awaited"), { name: "never awaited" });
  const stopped = createTask(nested("cancelled"), { name: "cancelled" });
  console.log("main goes on");
  yield* sleep(50);
  stopped.cancel();
  console.log(yield* task);
}, async () => {
  async function nested(name: string) {
    console.log(name, "runs");
    await sleep(100);
    return 42;
  }
  const task = createTask(() => nested("awaited"), { name: "awaited" });
  createTask(() => nested("never awaited"), { name: "never awaited" });
  const stopped = createTask(() => nested("cancelled"), { name: "cancelled" });
  console.log("main goes on");
  await sleep(50);
  stopped.cancel();
  console.log(await task);
});

/* %% future-text S1-C6 S1-C7 S1-C8
## Futures

A future is the low-level awaitable: it stands for a result that will be there in the end. It belongs to a loop (`getLoop()`), and `Task` inherits from it. To wait for a future means to wait until it is settled **elsewhere**.
%% ko
## 퓨처

퓨처는 언젠가 나올 결과를 나타내는 저수준 어웨이터블입니다. 이벤트 루프에 속해 있고(`getLoop()`), `Task`의 상위 클래스입니다. 퓨처를 기다린다는 것은 **다른 곳에서** 해결될 때까지 기다린다는 뜻입니다.
*/

// %% elsewhere S1-C6 S1-C7 S1-C8
await both(function* () {
  const future = getRunningLoop().createFuture<string>();
  console.log("its loop is the running one:", future.getLoop() === getRunningLoop());
  const waiter = createTask(function* () {
    console.log("waiter got", yield* future);
  }, { name: "waiter" });
  createTask(function* () {
    yield* sleep(100);
    future.setResult("the value");
  }, { name: "resolver" });
  yield* waiter;
}, async () => {
  const future = getRunningLoop().createFuture<string>();
  console.log("its loop is the running one:", future.getLoop() === getRunningLoop());
  const waiter = createTask(async () => {
    console.log("waiter got", await future);
  }, { name: "waiter" });
  createTask(async () => {
    await sleep(100);
    future.setResult("the value");
  }, { name: "resolver" });
  await waiter;
});

/* %% callback-text S1-C8b S1-E3
Programs rarely make futures themselves. They are for turning code with callbacks into something that one can await; libraries do that, and hand a future out. It may be awaited like everything else, and gathered with coroutines; results come in the order of the arguments.
%% ko
보통의 프로그램에서 퓨처를 직접 만들 일은 드뭅니다. 퓨처는 콜백 기반 코드를 `await`할 수 있게 바꿀 때 필요하고, 그런 일은 주로 라이브러리가 합니다. 받은 퓨처는 다른 것과 똑같이 기다릴 수 있고 코루틴과 함께 `gather`에 넣을 수 있습니다. 결과는 인자의 순서대로 나옵니다.
*/

// %% callback S1-C8b S1-E3
/** Stands for any old interface with callbacks. */
function readSetting(name: string, callback: (value: string) => void) {
  getRunningLoop().callLater(200, callback, `${name} = blue`);
}

function functionThatReturnsAFuture(name: string): Future<string> {
  const future = new Future<string>();
  readSetting(name, (value) => future.setResult(value));
  return future;
}

await both(function* () {
  console.log(yield* functionThatReturnsAFuture("colour"));
  console.log(yield* gather([functionThatReturnsAFuture("sky"), sleep(100, "from a coroutine")]));
}, async () => {
  console.log(await functionThatReturnsAFuture("colour"));
  console.log(await gather([functionThatReturnsAFuture("sky"), sleep(100, "from a coroutine")]));
}, { picture: false });

/* %% features-text S1-C9
### What a future can do

- Its result is written with `setResult(value)` and read with `result()`.
- `cancel()` cancels it, `cancelled()` tells.
- It runs callbacks when it is done.

And what it refuses: to give a result too early, and to be settled twice.
%% ko
### 퓨처의 기능

- `setResult(value)`로 결과를 쓰고 `result()`로 읽습니다.
- `cancel()`로 취소하고 `cancelled()`로 확인합니다.
- 완료되면 등록된 콜백을 실행합니다.

그리고 거부하는 것도 있습니다. 너무 일찍 결과를 달라고 하거나 두 번 설정하려는 경우입니다.
*/

// %% features S1-C9
await play(function* () {
  const attempt = (what: string, action: () => unknown) => {
    try {
      console.log(what, "→", action());
    } catch (error) {
      console.log(what, "→", (error as Error).name);
    }
  };
  const future = new Future<number>();
  future.addDoneCallback((done) => console.log("callback got", String(done)));
  attempt("pending: result()", () => future.result());
  attempt("pending: exception()", () => future.exception());
  future.setResult(1);
  attempt("finished: result()", () => future.result());
  attempt("finished: setResult(2)", () => future.setResult(2));
  yield* sleep(0); // callbacks run at the loop's next turn

  const stopped = new Future<number>();
  attempt("cancel()", () => stopped.cancel());
  attempt("cancelled()", () => stopped.cancelled());
  attempt("cancelled: result()", () => stopped.result());
  attempt("cancelled: exception()", () => stopped.exception());
}, { picture: false });

/* %% executor-text S1-C10
Tasks are the usual choice. But some functions give you a plain future: `runInExecutor`, which has a function run in another thread, because no coroutine of ours is behind it.
%% ko
보통은 태스크를 쓰지만 퓨처를 돌려받는 경우도 있습니다. 함수를 다른 스레드에서 실행하는 `runInExecutor`가 그렇습니다. 이벤트 루프가 실행하는 코루틴이 없기 때문입니다.
*/

// %% executor S1-C10
const inThread = getEventLoop().runInExecutor(null, (n: number) => n * 2, 21);
console.log(inThread instanceof Future, inThread instanceof Task, await inThread);

/* %% summary S1-D1 S1-C11 S1-C12 S1-N1
## In short

To be awaitable is all that `await` asks for, so one can wait for all three. A coroutine runs only when somebody drives it: put `await` before it, or wrap it in a task. (The note says *FutureTask*, which is Java's word; it means `Task`.) The diagram comes from the classes.

Reference: [Python's documentation on awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables). Next: [the event loop in depth](03_event_loop_in_depth.ipynb).
%% ko
## 정리

`await`를 붙일 수 있는 최소 조건이 어웨이터블이므로 셋 모두 기다릴 수 있습니다. 코루틴은 누군가 실행해 주어야만 실행되므로 앞에 `await`를 붙이거나 태스크로 감싸야 합니다. (원문의 *FutureTask*는 자바의 용어이며 `Task`를 뜻합니다.) 아래 그림은 클래스에서 읽어 그린 것입니다.

참고: [파이썬 문서의 어웨이터블](https://docs.python.org/ko/3/library/asyncio-task.html#awaitables). 다음: [이벤트 루프 깊이 보기](03_event_loop_in_depth.ipynb).
*/

// %% diagram S1-D1
classDiagram("Awaitable", [Coroutine, Future, Task]);
