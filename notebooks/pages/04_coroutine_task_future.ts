// deno-lint-ignore-file require-yield require-await -- some coroutines have nothing to wait for
// Follows "asyncio dissected 2: coroutine, task, future, awaitable" (2024-03-02).

/* %% title S3-N1 S3-C1
# Coroutine, task, future, awaitable

How does one thread do many things at once? With coroutines that pause, tasks that run them, and futures that hold what comes out. This notebook goes through a Korean post of March 2024 (part two of a series, after the book *Python Concurrency with asyncio*, chapter 2; its first part is about non-blocking I/O and the loop), step by step, in TypeScript.
%% ko
# 코루틴, 태스크, 퓨처, 어웨이터블

스레드 하나로 어떻게 여러 일을 동시에 할까요? 멈췄다가 다시 이어지는 코루틴, 코루틴을 실행하는 태스크, 결과를 담는 퓨처가 그 답입니다. 이 노트북은 2024년 3월에 쓰인 글 「asyncio 파헤치기 ②」(책 *Python Concurrency with Asyncio* 2장을 바탕으로 한 연재의 두 번째 글로, 첫 글은 논블로킹 I/O와 이벤트 루프를 다룹니다)를 TypeScript로 한 단계씩 따라갑니다.
*/

/* %% setup-text
From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`. `play` and `both` run an example on a virtual clock, print when each line came, and draw the run; `both` does it in both styles and fails unless they agree.
%% ko
JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다. `play`와 `both`는 예제를 가상 시계 위에서 실행해 각 줄이 나온 시각과 실행 그림을 보여 줍니다. `both`는 두 가지 작성법을 모두 실행하고, 결과가 다르면 실패합니다.
*/

// %% setup
import {
  CancelledError,
  Coroutine,
  coroutine,
  createTask,
  currentTask,
  Future,
  getEventLoop,
  isAwaitable,
  run,
  RuntimeError,
  shield,
  sleep,
  Task,
  TimeoutError,
  waitFor,
} from "../../mod.ts";
import { both, play } from "../lib/play.ts";
import { classDiagram } from "../lib/classes.ts";

/* %% coroutine S3-C2 S3-C3 S3-A1
## 1. Coroutines

A coroutine looks like a function and can do two things more: **pause** where an operation takes long, and be **woken** when that is over. While it is paused, others run; that is all there is to concurrency.

Python has one way to write it, `async def` with `await`. Here there are two: `coroutine(function* () {...})` with `yield*`, and `async function` with `await`.
%% ko
## 1. 코루틴

코루틴은 함수처럼 생겼지만 두 가지를 더 할 수 있습니다. 오래 걸리는 작업을 만나면 **멈추고**, 그 작업이 끝나면 **깨어나** 이어서 실행됩니다. 멈춰 있는 동안 다른 코루틴이 실행되는 것, 그것이 동시성의 전부입니다.

파이썬에서는 `async def`와 `await`로 코루틴을 씁니다. 여기에는 두 가지 방법이 있습니다. `coroutine(function* () {...})`과 `yield*`, 그리고 `async function`과 `await`입니다.
*/

// %% pause-and-wake S3-C2 S3-C3 S3-A1
const worker = coroutine(function* worker(name: string, ms: number) {
  console.log(`${name} runs, then pauses`);
  yield* sleep(ms);
  console.log(`${name} was woken`);
});

async function workerAsync(name: string, ms: number) {
  console.log(`${name} runs, then pauses`);
  await sleep(ms);
  console.log(`${name} was woken`);
}

await both(function* () {
  const tasks = [createTask(worker("a", 200)), createTask(worker("b", 100))];
  for (const task of tasks) yield* task;
}, async () => {
  const tasks = [createTask(() => workerAsync("a", 200)), createTask(() => workerAsync("b", 100))];
  for (const task of tasks) await task;
});

/* %% create-text S3-E1 S3-C4
### 1-1. Calling a coroutine does not run it

The call returns a **coroutine object**. Nothing of the body has run; a loop has to run it. Python prints `<coroutine object coroutine_add_one at 0x102a083c0>`; we print the name without the address, which differs in every run.
%% ko
### 1-1. 코루틴을 호출해도 실행되지 않는다

호출하면 **코루틴 객체**가 반환될 뿐 본문은 한 줄도 실행되지 않습니다. 실행은 이벤트 루프의 몫입니다. 파이썬은 `<coroutine object coroutine_add_one at 0x102a083c0>`라고 출력하지만, 여기서는 실행할 때마다 달라지는 주소를 빼고 이름만 출력합니다.
*/

// %% create S3-E1 S3-O1 S3-C4
const coroutineAddOne = coroutine(function* coroutineAddOne(number: number) {
  return number + 1;
});
const addOne = (number: number) => number + 1;

const functionResult = addOne(1);
const coroutineResult = coroutineAddOne(1);
console.log(`Function result is ${functionResult} and the type is ${typeof functionResult}`);
console.log(
  `Coroutine result is ${coroutineResult} and the type is ${
    coroutineResult instanceof Coroutine ? "Coroutine" : typeof coroutineResult
  }`,
);

/* %% never-awaited-text S3-O1 S3-C4
Python ends with `RuntimeWarning: coroutine 'coroutine_add_one' was never awaited`. Our debug mode says it too, and guesses what was meant.

**Native `async` functions differ:** JavaScript runs their body at once, up to the first `await`, when they are called. That is why `createTask` takes the function, `createTask(() => work())`, and calls it when it is the task's turn.
%% ko
파이썬은 마지막에 `RuntimeWarning: coroutine 'coroutine_add_one' was never awaited`라고 경고합니다. 이 라이브러리의 디버그 모드도 같은 경고를 하고, 무엇을 쓰려 했는지 짐작해 알려 줍니다.

**네이티브 `async` 함수는 다릅니다.** 자바스크립트에서는 호출하는 순간 첫 `await`까지 본문이 바로 실행됩니다. 그래서 `createTask`에는 `createTask(() => work())`처럼 함수를 넘기고, 태스크의 차례가 왔을 때 호출되게 합니다.
*/

// %% never-awaited S3-O1 S3-C4
await play(async () => {
  coroutineAddOne(1); // forgotten: nothing runs
  async function native() {
    console.log("an async function has begun by itself");
    await sleep(0);
  }
  const promise = native();
  console.log("after both calls");
  await promise;
}, { debug: true, picture: false });

/* %% run-text S3-C5 S3-E2
### 1-2. `run` is the way in

`run(main)` makes a new loop, runs `main` to its end and returns its result, cancels **and awaits** what is left running, and closes the loop. It returns a promise, because JavaScript cannot block; inside a task it is refused.
%% ko
### 1-2. 진입점은 `run`

`run(main)`은 새 이벤트 루프를 만들고, `main`을 끝까지 실행해 결과를 돌려주고, 아직 돌고 있는 것을 취소하고 **그 끝을 기다린 다음** 루프를 닫습니다. 자바스크립트는 블로킹할 수 없으므로 프로미스를 반환하며, 태스크 안에서 다시 부르면 거부됩니다.
*/

// %% run-main S3-C5 S3-E2
const loops = new Set<unknown>();
for (const n of [1, 2]) {
  const result = await run(function* () {
    loops.add(getEventLoop());
    createTask(function* () {
      try {
        yield* sleep(60_000);
      } finally {
        yield* sleep(1); // run waits for this too
        console.log("the leftover task has cleaned up");
      }
    });
    yield* sleep(0);
    return yield* coroutineAddOne(n);
  });
  console.log("run gave", result);
}
console.log("loops:", loops.size, "closed:", [...loops].map((loop) => `${loop}`));
await run(async () => {
  currentTask()!.name = "main";
  try {
    await run(coroutineAddOne(1));
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    console.log(`${error}`);
  }
});

/* %% await-text S3-C6 S3-C7 S3-C7b S3-E3
### 1-3. `await` pauses the coroutine that contains it

`coroutineAddOne` need not be a coroutine: it waits for nothing. To gain something, it has to pause where work takes long. `yield* x` (or `await x`)

1. runs `x`,
2. pauses the coroutine around it until `x` returns,
3. wakes it with the value.

Behind it may stand a coroutine, or any other awaitable (section 4).
%% ko
### 1-3. `await`는 자신을 감싼 코루틴을 멈춘다

`coroutineAddOne`은 아무것도 기다리지 않으므로 사실 코루틴일 필요가 없습니다. 이득을 보려면 오래 걸리는 곳에서 멈춰야 합니다. `yield* x`(또는 `await x`)는

1. `x`를 실행하고,
2. `x`가 값을 돌려줄 때까지 바깥 코루틴을 멈추고,
3. 그 값을 들고 바깥 코루틴을 깨웁니다.

그 자리에는 코루틴뿐 아니라 다른 어웨이터블도 올 수 있습니다(4절).
*/

// %% await-in-turn S3-C7 S3-E3 S3-D1
function* addOneSlowly(number: number) {
  console.log(`1. add ${number} runs`);
  yield* sleep(100);
  return number + 1;
}

async function addOneSlowlyAsync(number: number) {
  console.log(`1. add ${number} runs`);
  await sleep(100);
  return number + 1;
}

await both(function* () {
  console.log("2. main pauses");
  const onePlusOne = yield* addOneSlowly(1);
  console.log("3. main wakes with", onePlusOne);
  const twoPlusOne = yield* addOneSlowly(2);
  console.log("3. main wakes with", twoPlusOne);
}, async () => {
  console.log("2. main pauses");
  const onePlusOne = await addOneSlowlyAsync(1);
  console.log("3. main wakes with", onePlusOne);
  const twoPlusOne = await addOneSlowlyAsync(2);
  console.log("3. main wakes with", twoPlusOne);
});

/* %% call-stack S3-C8 S3-D1
The picture has one lane, because there is one task: both calls ran inside `main`. Without anything long to wait for, this only imitates an ordinary stack of calls. So let us wait.
%% ko
그림에 줄이 하나뿐인 것은 태스크가 하나이기 때문입니다. 두 호출 모두 `main` 안에서 실행되었습니다. 오래 기다릴 일이 없다면 이것은 평범한 호출 스택을 흉내 낸 것에 지나지 않습니다. 그러니 이제 기다려 봅시다.
*/

/* %% sleep-text S3-C9 S3-P1 S3-E4
### 1-4. `sleep` stands for a long operation

`sleep(ms)` pauses **the coroutine**; others run meanwhile. It is a coroutine itself, so a forgotten `yield*` does nothing but earn the warning above. Blocking the **thread** instead (Python's `time.sleep`, here `Atomics.wait`) stops everything: watch the ticker fall silent for 300 ms. This one runs on the real clock.
%% ko
### 1-4. `sleep`으로 오래 걸리는 작업 흉내 내기

`sleep(ms)`은 **코루틴**을 멈추고, 그동안 다른 코루틴이 실행됩니다. `sleep` 자체도 코루틴이라서 `yield*`를 빠뜨리면 아무 일도 일어나지 않고 위와 같은 경고만 남습니다. 반면 **스레드**를 막아 버리면(파이썬의 `time.sleep`, 여기서는 `Atomics.wait`) 모든 것이 멈춥니다. 똑딱이가 300 ms 동안 조용해지는 것을 보세요. 이 셀은 실제 시계로 실행합니다.
*/

// %% blocking-sleep S3-P1 measured
function blockThread(ms: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

await play(async () => {
  const ticker = createTask(async () => {
    for (let n = 1; n <= 6; n++) {
      await sleep(50);
      console.log("tick", n);
    }
  }, { name: "ticker" });
  await sleep(120);
  createTask(async () => blockThread(300), { name: "blocks" });
  await ticker;
}, { debug: true, realTime: true });

/* %% delay-text S3-E4 S3-E5 S3-O2
This helper is in almost every example from here on. Now guess: what does the next program print? Many expect `add_one` to run during the sleep:

```text
sleeping for 1 second(s)
2
finished sleeping for 1 second(s)
Hello World!
```
%% ko
다음 도우미는 이제부터 거의 모든 예제에 나옵니다. 아래 프로그램은 무엇을 출력할까요? 많은 사람이 잠든 사이에 `add_one`이 실행되리라고 기대합니다.

```text
sleeping for 1 second(s)
2
finished sleeping for 1 second(s)
Hello World!
```
*/

// %% delay S3-E4
function* delay(seconds: number) {
  console.log(`sleeping for ${seconds} second(s)`);
  yield* sleep(seconds * 1000);
  console.log(`finished sleeping for ${seconds} second(s)`);
  return seconds;
}

async function delayAsync(seconds: number) {
  console.log(`sleeping for ${seconds} second(s)`);
  await sleep(seconds * 1000);
  console.log(`finished sleeping for ${seconds} second(s)`);
  return seconds;
}

// %% sequential S3-E5 S3-O2 S3-O3 S3-D2
await both(function* () {
  function* helloWorldMessage() {
    yield* delay(1);
    return "Hello World!";
  }
  const message = yield* helloWorldMessage();
  const onePlusOne = yield* coroutineAddOne(1);
  console.log(onePlusOne);
  console.log(message);
}, async () => {
  async function helloWorldMessage() {
    await delayAsync(1);
    return "Hello World!";
  }
  const message = await helloWorldMessage();
  const onePlusOne = await coroutineAddOne(1);
  console.log(onePlusOne);
  console.log(message);
});

/* %% sequential-why S3-C10 S3-C11
It ran strictly in turn. `await` suspends the coroutine that contains it, so `main` **and** `helloWorldMessage` both stood still. Awaiting and `run` are the only two ways we have had so far to run a coroutine, and neither makes anything concurrent. That takes a task.
%% ko
철저히 순서대로 실행되었습니다. `await`는 자신을 감싼 코루틴을 멈추므로 `main`**과** `helloWorldMessage`가 모두 멈춰 있었습니다. 지금까지 코루틴을 실행한 방법은 `await`와 `run` 둘뿐이었고, 어느 쪽도 동시성을 만들지 못합니다. 그러려면 태스크가 필요합니다.
*/

/* %% task-text S3-C12 S3-C13 S3-C14 S3-A2
## 2. Tasks

A task wraps a coroutine and **schedules** it to run as soon as possible. Awaiting a coroutine blocks the one who awaits; making a task does not. So:

1. Only what is scheduled as a task runs concurrently with the rest.
2. When tasks wrap long operations, **their waits overlap**.

### 2-1. `createTask`

It returns at once, before the first line of the body has run; `await` on the task gives its result.
%% ko
## 2. 태스크

태스크는 코루틴을 감싸고, 가능한 한 빨리 실행되도록 **예약**합니다. 코루틴을 `await`하면 기다리는 쪽이 멈추지만, 태스크를 만드는 일은 아무것도 멈추지 않습니다. 정리하면 이렇습니다.

1. 태스크로 예약한 것만 나머지와 동시에 실행됩니다.
2. 태스크가 오래 걸리는 작업을 감싸고 있으면 **기다리는 시간이 서로 겹칩니다**.

### 2-1. `createTask`

본문의 첫 줄이 실행되기도 전에 바로 반환됩니다. 태스크를 `await`하면 결과를 얻습니다.
*/

// %% create-task S3-C12 S3-A2 S3-E6 S3-O4 S3-C15
await both(function* () {
  const sleepForThree = createTask(delay(3));
  console.log(sleepForThree.constructor.name);
  const result = yield* sleepForThree;
  console.log(result);
}, async () => {
  const sleepForThree = createTask(() => delayAsync(3));
  console.log(sleepForThree.constructor.name);
  const result = await sleepForThree;
  console.log(result);
});

/* %% must-await S3-C15 S3-P2
### Must one await a task?

> **The post says:** to run a task that was made, you *must* use `await`.
>
> **What happens:** it starts at the next turn of the loop, whoever lets the loop have one. `sleep(0)` is enough, and the task runs to its end without ever being awaited.

Await a task to get its result, to get its error, and so that `main` does not end first: `run` cancels what is left over.
%% ko
### 태스크는 반드시 await해야 할까?

> **글의 설명:** 생성한 태스크를 실행하려면 `await`를 *반드시* 사용해야 한다.
>
> **실제 동작:** 누구든 이벤트 루프에 차례를 넘기기만 하면, 태스크는 루프의 다음 차례에 시작됩니다. `sleep(0)`이면 충분하고, 한 번도 `await`하지 않아도 끝까지 실행됩니다.

태스크를 `await`하는 이유는 결과를 얻기 위해, 오류를 알기 위해, 그리고 `main`이 먼저 끝나지 않게 하기 위해서입니다. `run`은 남아 있는 태스크를 취소합니다.
*/

// %% not-awaited S3-P2
await both(function* () {
  const task = createTask(delay(1), { name: "never awaited" });
  console.log("made; done:", task.done());
  yield* sleep(0);
  console.log("after one turn of the loop");
  yield* sleep(2000);
  console.log("done:", task.done());
}, async () => {
  const task = createTask(() => delayAsync(1), { name: "never awaited" });
  console.log("made; done:", task.done());
  await sleep(0);
  console.log("after one turn of the loop");
  await sleep(2000);
  console.log("done:", task.done());
});

/* %% three-text S3-C16 S3-D3
### 2-2. Three at once

When `main` reaches its first `await`, the loop gets its turn and runs what was scheduled: all three. Three sleeps of three seconds end together, after three seconds.
%% ko
### 2-2. 셋을 동시에

`main`이 첫 `await`에 닿으면 이벤트 루프가 차례를 얻어 예약된 것을 실행합니다. 셋 모두입니다. 3초짜리 잠 세 개가 3초 뒤에 함께 끝납니다.
*/

// %% three S3-E7 S3-C16 S3-D3
await both(function* () {
  const sleepForThree = createTask(delay(3), { name: "first" });
  const sleepAgain = createTask(delay(3), { name: "second" });
  const sleepOnceMore = createTask(delay(3), { name: "third" });
  yield* sleepForThree;
  yield* sleepAgain;
  yield* sleepOnceMore;
}, async () => {
  const sleepForThree = createTask(() => delayAsync(3), { name: "first" });
  const sleepAgain = createTask(() => delayAsync(3), { name: "second" });
  const sleepOnceMore = createTask(() => delayAsync(3), { name: "third" });
  await sleepForThree;
  await sleepAgain;
  await sleepOnceMore;
});

/* %% meanwhile-text S3-C17 S3-D4
### 2-3. Other code meanwhile
%% ko
### 2-3. 그동안 다른 코드를
*/

// %% meanwhile S3-E8 S3-O5 S3-D4
function* helloEverySecond() {
  for (let i = 0; i < 2; i++) {
    yield* sleep(1000);
    console.log("I'm running other code while I'm waiting!");
  }
}

async function helloEverySecondAsync() {
  for (let i = 0; i < 2; i++) {
    await sleep(1000);
    console.log("I'm running other code while I'm waiting!");
  }
}

await both(function* () {
  const firstDelay = createTask(delay(3), { name: "first" });
  const secondDelay = createTask(delay(3), { name: "second" });
  yield* helloEverySecond();
  yield* firstDelay;
  yield* secondDelay;
}, async () => {
  const firstDelay = createTask(() => delayAsync(3), { name: "first" });
  const secondDelay = createTask(() => delayAsync(3), { name: "second" });
  await helloEverySecondAsync();
  await firstDelay;
  await secondDelay;
});

/* %% order S3-C17
> **The post says:** two tasks are made; the first `await` starts one; its sleep lets the other start; then, with nothing pending, `hello_every_second` runs.
>
> **What happens:** `helloEverySecond` comes **first**. `main` awaits it directly, so it runs as a part of `main` and reaches its own sleep before the loop gets to the two tasks.

The same program, with a number at each step:
%% ko
> **글의 설명:** 태스크 두 개가 만들어지고, 첫 `await`에서 하나가 시작되고, 그것이 잠들면 다른 하나가 시작되고, 더 남은 것이 없으면 `hello_every_second`가 실행된다.
>
> **실제 동작:** `helloEverySecond`가 **가장 먼저**입니다. `main`이 직접 `await`하므로 `main`의 일부로 실행되어, 이벤트 루프가 두 태스크에 손을 대기 전에 자신의 `sleep`에 도달합니다.

같은 프로그램에 단계마다 번호를 붙여 보았습니다.
*/

// %% order-traced S3-C17
await play(function* () {
  function* numbered(text: string, ms: number) {
    console.log(text);
    yield* sleep(ms);
  }
  const first = createTask(numbered("3. first task begins, and sleeps", 3000), { name: "first" });
  const second = createTask(numbered("4. second task begins, and sleeps", 3000), {
    name: "second",
  });
  console.log("1. two tasks are made");
  yield* numbered("2. helloEverySecond begins, as a part of main, and sleeps", 1000);
  yield* first;
  yield* second;
}, { picture: false });

/* %% cancel-text S3-C18 S3-A3
### 2-4. Stop a task

A task might run for ever. `cancel()` asks it to end: `CancelledError` is thrown where it waits, and in those who await it. `done()` tells whether it is finished.

Look at the times: cancelled at 5 s, noticed at 6 s, because `main` only looks once a second.
%% ko
### 2-4. 태스크 멈추기

태스크가 영영 끝나지 않을 수도 있습니다. `cancel()`은 끝내 달라는 요청입니다. 태스크가 기다리던 자리에서, 그리고 그 태스크를 `await`하던 곳에서 `CancelledError`가 던져집니다. 끝났는지는 `done()`으로 알 수 있습니다.

시각을 잘 보세요. 5초에 취소했는데 6초에야 알아차립니다. `main`이 1초에 한 번만 확인하기 때문입니다.
*/

// %% cancel S3-A3 S3-E9 S3-O6
await both(function* () {
  const longTask = createTask(delay(10), { name: "long" });
  for (let secondsElapsed = 1; !longTask.done(); secondsElapsed++) {
    console.log("Task not finished, checking again in a second.");
    yield* sleep(1000);
    if (secondsElapsed === 5) longTask.cancel();
  }
  try {
    yield* longTask;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    console.log("Our task was cancelled.");
  }
}, async () => {
  const longTask = createTask(() => delayAsync(10), { name: "long" });
  for (let secondsElapsed = 1; !longTask.done(); secondsElapsed++) {
    console.log("Task not finished, checking again in a second.");
    await sleep(1000);
    if (secondsElapsed === 5) longTask.cancel();
  }
  try {
    await longTask;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    console.log("Our task was cancelled.");
  }
});

/* %% cancel-later-text S3-P3 S3-C19
`cancel()` does not stop anything at once. Right after it, `cancelled()` is still false; and code between two awaits runs on until the next one.
%% ko
`cancel()`은 그 자리에서 무언가를 멈추지 않습니다. 부른 직후의 `cancelled()`는 아직 거짓이고, 두 `await` 사이의 코드는 다음 `await`까지 계속 실행됩니다.
*/

// %% cancel-later S3-P3 S3-C19
await both(function* () {
  const busy = createTask(function* () {
    busy.cancel(); // while it runs
    console.log("still here after cancel()");
    console.log("and here");
    yield* sleep(0);
    console.log("never here");
  }, { name: "busy" });
  const idle = createTask(sleep(1000), { name: "idle" });
  yield* sleep(100);
  idle.cancel();
  console.log("right after cancel():", idle.cancelled());
  yield* sleep(0);
  console.log("one turn later:", idle.cancelled(), busy.cancelled());
}, async () => {
  const busy = createTask(async () => {
    busy.cancel();
    console.log("still here after cancel()");
    console.log("and here");
    await sleep(0);
    console.log("never here");
  }, { name: "busy" });
  const idle = createTask(() => sleep(1000), { name: "idle" });
  await sleep(100);
  idle.cancel();
  console.log("right after cancel():", idle.cancelled());
  await sleep(0);
  console.log("one turn later:", idle.cancelled(), busy.cancelled());
}, { picture: false });

/* %% timeout-text S3-A4 S3-A5
### 2-5. A time limit

`waitFor(awaitable, ms)` gives the result, or cancels what takes longer and throws `TimeoutError`. There is one `TimeoutError` for `waitFor`, `timeout` and executors, and it is a top-level export, like `CancelledError`.
%% ko
### 2-5. 제한 시간

`waitFor(awaitable, ms)`는 결과를 주거나, 시간이 넘으면 그 작업을 취소하고 `TimeoutError`를 던집니다. `TimeoutError`는 `waitFor`, `timeout`, 실행기에서 모두 같은 클래스이며, `CancelledError`처럼 최상위에서 바로 가져올 수 있습니다.
*/

// %% timeout S3-A4 S3-E10 S3-O7 S3-A5
await both(function* () {
  const delayTask = createTask(delay(2), { name: "delay" });
  try {
    console.log(yield* waitFor(delayTask, 1000));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("Got a timeout!");
    console.log(`Was the task cancelled? ${delayTask.cancelled()}`);
  }
}, async () => {
  const delayTask = createTask(() => delayAsync(2), { name: "delay" });
  try {
    console.log(await waitFor(delayTask, 1000));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("Got a timeout!");
    console.log(`Was the task cancelled? ${delayTask.cancelled()}`);
  }
});

/* %% timeout-edges-text S3-A4
Two details. With no time at all, a coroutine is not even started. And `TimeoutError` comes only after what was cancelled has cleaned up.
%% ko
두 가지 세부 사항이 있습니다. 제한 시간이 0이면 코루틴은 시작조차 하지 않습니다. 그리고 `TimeoutError`는 취소된 작업이 뒷정리를 마친 뒤에야 나옵니다.
*/

// %% timeout-edges S3-A4
await play(function* () {
  function* work() {
    console.log("work begins");
    try {
      yield* sleep(5000);
    } finally {
      yield* sleep(500);
      console.log("work has cleaned up");
    }
  }
  for (const ms of [0, 1000]) {
    try {
      yield* waitFor(work(), ms);
    } catch (error) {
      console.log(`waitFor(work(), ${ms}): ${(error as Error).name}`);
    }
  }
});

/* %% shield-text S3-C20
To learn of the delay without stopping the work, wrap the task in `shield`: `TimeoutError` comes, the task goes on. Good for telling somebody that it takes longer.
%% ko
작업은 멈추지 않고 늦어진다는 사실만 알고 싶다면 `shield`로 감쌉니다. `TimeoutError`는 나오지만 태스크는 계속됩니다. 사용자에게 "시간이 더 걸리고 있습니다"라고 알릴 때 좋습니다.
*/

// %% shielded S3-C20
await both(function* () {
  const delayTask = createTask(delay(2), { name: "delay" });
  try {
    yield* waitFor(shield(delayTask), 1000);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("It takes longer. Cancelled?", delayTask.cancelled());
  }
  console.log("result:", yield* delayTask);
}, async () => {
  const delayTask = createTask(() => delayAsync(2), { name: "delay" });
  try {
    await waitFor(shield(delayTask), 1000);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("It takes longer. Cancelled?", delayTask.cancelled());
  }
  console.log("result:", await delayTask);
});

/* %% future-text S3-C21 S3-E11
## 3. Futures

What do coroutines and tasks have in common? A **future** is an object that has a single value, or does not have it yet. At first it is *incomplete* (unresolved, not done); once somebody sets the value it is *complete*, and the value can be read.

> In the post, `Future()` is made outside of any loop. CPython 3.13 warns about that and 3.14 refuses. Here it is fine: a future finds its loop when it needs one.
%% ko
## 3. 퓨처

코루틴과 태스크의 공통점은 무엇일까요? **퓨처**는 하나의 값을 가지고 있거나, 아직 가지고 있지 않은 객체입니다. 처음에는 *미완료*(unresolved, not done) 상태이고, 누군가 값을 설정하면 *완료*되어 값을 읽을 수 있습니다.

> 글에서는 이벤트 루프 밖에서 `Future()`를 만듭니다. CPython 3.13은 이에 대해 경고하고 3.14는 거부합니다. 여기서는 괜찮습니다. 퓨처는 루프가 필요해질 때 찾아 쓰기 때문입니다.
*/

// %% future S3-C21 S3-E11 S3-O8
const myFuture = new Future<number>();
console.log(`Is my_future done? ${myFuture.done()}`);
myFuture.setResult(42);
console.log(`Is my_future done? ${myFuture.done()}`);
console.log(`What is the result of my_future? ${myFuture}`);

/* %% await-future-text S3-C22 S3-E12
Awaiting a future pauses the coroutine until a value is set, then wakes it with that value. Here another task sets it after a second.
%% ko
퓨처를 `await`하면 값이 설정될 때까지 코루틴이 멈추고, 설정되면 그 값을 받아 깨어납니다. 아래에서는 다른 태스크가 1초 뒤에 값을 설정합니다.
*/

// %% await-future S3-C22 S3-E12 S3-O9
await both(function* () {
  function* setFutureValue(future: Future<number>) {
    yield* sleep(1000);
    future.setResult(42);
  }
  function makeRequest() {
    const future = new Future<number>();
    createTask(setFutureValue(future), { name: "sets the value" });
    return future;
  }
  const future = makeRequest();
  console.log(`Is the future done? ${future.done()}`);
  const value = yield* future;
  console.log(`Is the future done? ${future.done()}`);
  console.log(value);
}, async () => {
  async function setFutureValue(future: Future<number>) {
    await sleep(1000);
    future.setResult(42);
  }
  function makeRequest() {
    const future = new Future<number>();
    createTask(() => setFutureValue(future), { name: "sets the value" });
    return future;
  }
  const future = makeRequest();
  console.log(`Is the future done? ${future.done()}`);
  const value = await future;
  console.log(`Is the future done? ${future.done()}`);
  console.log(value);
});

/* %% awaitable-text S3-C23 S3-C24 S3-D5
In programs one hardly ever handles futures directly; tasks are futures already.

## 4. Awaitables

All three may stand behind `await`, and are therefore called **awaitable**. In Python they implement the abstract class `Awaitable`, that is, a method `__await__`. Here the counterpart is two small methods: `then`, for `await`, and `[Symbol.iterator]`, for `yield*`. The diagram is drawn from the classes themselves.
%% ko
실제 프로그램에서 퓨처를 직접 다룰 일은 거의 없습니다. 태스크가 이미 퓨처이기 때문입니다.

## 4. 어웨이터블

셋 모두 `await` 뒤에 올 수 있고, 그래서 **어웨이터블**이라고 부릅니다. 파이썬에서는 추상 클래스 `Awaitable`, 곧 `__await__` 메서드를 구현합니다. 여기서는 두 개의 작은 메서드가 그 역할을 합니다. `await`를 위한 `then`과 `yield*`를 위한 `[Symbol.iterator]`입니다. 아래 그림은 클래스 자체에서 읽어 그린 것입니다.
*/

// %% diagram S3-C24 S3-D5
classDiagram("Awaitable", [Coroutine, Future, Task]);

/* %% own-awaitable-text S3-C24
Your own class joins in by delegating both to an awaitable that it has.
%% ko
여러분이 만든 클래스도 가지고 있는 어웨이터블에 두 메서드를 넘기기만 하면 어웨이터블이 됩니다.
*/

// %% own-awaitable S3-C24
class Download {
  readonly #page = createTask(sleep(500, "<html>"), { name: "page" });

  [Symbol.iterator]() {
    return this.#page[Symbol.iterator]();
  }

  get then() {
    return this.#page.then.bind(this.#page);
  }
}

await both(function* () {
  const download = new Download();
  console.log(isAwaitable(download), yield* download);
}, async () => {
  const download = new Download();
  console.log(isAwaitable(download), await download);
}, { picture: false });

/* %% end S3-N2 S3-C23
## What to remember

- A coroutine pauses and is woken. Calling it runs nothing.
- `await` is sequential; tasks are concurrent. A task starts at the loop's next turn.
- `cancel()` is a request, delivered at the next await. `waitFor` cancels, `shield` protects.
- A future is a value to come; a task is a future that a coroutine fills; all are awaitable.

Next: [pools for CPU-bound work](05_futures_and_pools.ipynb), the subject of the series' next post. References: *Python Concurrency with asyncio*, chapter 2; [time.sleep](https://docs.python.org/3/library/time.html#time.sleep).
%% ko
## 기억할 것

- 코루틴은 멈췄다가 깨어납니다. 호출만으로는 아무것도 실행되지 않습니다.
- `await`는 순차적이고 태스크는 동시적입니다. 태스크는 루프의 다음 차례에 시작됩니다.
- `cancel()`은 요청이며 다음 `await`에서 전달됩니다. `waitFor`는 취소하고 `shield`는 보호합니다.
- 퓨처는 앞으로 올 값, 태스크는 코루틴이 채우는 퓨처이고, 모두 어웨이터블입니다.

다음: 연재의 다음 글이 다루는 [CPU 바운드 작업과 풀](05_futures_and_pools.ipynb). 참고: *Python Concurrency with Asyncio* 2장, [time.sleep](https://docs.python.org/ko/3/library/time.html#time.sleep).
*/
