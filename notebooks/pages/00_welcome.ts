// The first notebook: what this is, in ten minutes.

/* %% title
# Welcome

This is `@taskloop/asyncio`: Python's asyncio for TypeScript. In ten minutes you will have run two jobs at once, stopped one, given one a deadline, and watched them live. You need to know a little JavaScript, and neither asyncio nor Deno.

Run each cell with **Shift+Enter**, from top to bottom, then change things and run them again.
%% ko
# 환영합니다

`@taskloop/asyncio`는 파이썬의 asyncio를 TypeScript로 옮긴 것입니다. 앞으로 10분 동안 두 가지 일을 동시에 시켜 보고, 하나를 중간에 멈추고, 제한 시간을 걸고, 실행 중인 모습을 실시간으로 지켜봅니다. 자바스크립트를 조금만 알면 되고, asyncio나 Deno는 몰라도 됩니다.

셀을 위에서부터 **Shift+Enter**로 실행해 보세요. 그다음 코드를 마음대로 고쳐서 다시 실행해 보세요.
*/

/* %% start
## Start here

The first cell of every notebook brings in the library. These notebooks lie beside its source; in a project of your own, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`. The helpers from `lib` only draw pictures for these pages.
%% ko
## 시작하기

모든 노트북의 첫 셀은 라이브러리를 불러옵니다. 이 노트북은 라이브러리 소스와 함께 있으므로 `"../mod.ts"` 형태의 경로를 쓰지만, 여러분의 프로젝트에서는 그 자리에 `"jsr:@taskloop/asyncio"`라고 쓰면 됩니다. `lib`의 도우미는 이 노트북에서 그림을 그리는 데만 쓰입니다.
*/

// %% setup
import { createTask, gather, race, sleep, TaskGroup, TimeoutError, waitFor } from "../../mod.ts";
import { bars } from "../lib/chart.ts";
import { both, play } from "../lib/play.ts";
import { stopAll, watch } from "../lib/watch.ts";

/* %% first-job
## A job that waits

Most programs spend their time waiting: for a server, a disk, a person. `sleep` stands for all of these. Here a job says hello, waits for a second (1000 ms), and returns a value.

`await` at the top level of a cell works, because there is always a loop in the background that runs such jobs.
%% ko
## 기다리는 작업

프로그램은 대부분의 시간을 기다리는 데 씁니다. 서버를, 디스크를, 사람을 기다립니다. `sleep`은 그런 기다림을 대신합니다. 아래 작업은 인사를 하고, 1초(1000 ms)를 기다린 뒤, 값을 돌려줍니다.

셀의 최상위에서 바로 `await`를 쓸 수 있는 것은, 이런 작업을 실행하는 이벤트 루프가 늘 뒤에서 돌고 있기 때문입니다.
*/

// %% one-job
async function greet(name: string) {
  console.log(`Hello, ${name}`);
  await sleep(1000);
  return `Goodbye, ${name}`;
}

await greet("Ada");

/* %% at-once
## Two jobs at once

A **task** is a job that runs by itself while you do something else. `createTask` starts one; `await` waits for its result.

From here on, `play` runs the examples on a *virtual clock*: it shows at what time each line was printed, and draws what each task did. Waiting costs nothing on that clock, so ten seconds take no time, and you see the same as we do.
%% ko
## 두 작업을 동시에

**태스크**는 여러분이 다른 일을 하는 동안 스스로 실행되는 작업입니다. `createTask`로 시작하고, `await`로 결과를 기다립니다.

이제부터는 `play`가 예제를 *가상 시계* 위에서 실행합니다. 각 줄이 언제 출력되었는지 보여 주고, 태스크마다 무엇을 했는지 그림으로 그려 줍니다. 가상 시계에서는 기다리는 데 시간이 들지 않으므로 10초짜리 예제도 순식간에 끝나고, 누가 실행해도 결과가 같습니다.
*/

// %% two-jobs
async function brew(what: string, ms: number) {
  console.log(`${what}: started`);
  await sleep(ms);
  console.log(`${what}: ready`);
  return what;
}

await play(async () => {
  const coffee = createTask(() => brew("coffee", 2000), { name: "coffee" });
  const toast = createTask(() => brew("toast", 1000), { name: "toast" });
  console.log("breakfast:", await coffee, "and", await toast);
});

/* %% at-once-2
Three seconds of work took two: the waits overlap. One thread did it all, one thing at a time. In the picture, dark is running and light is waiting.

`gather` does the same in one line, and gives the results in the order in which you asked.
%% ko
3초 분량의 일이 2초 만에 끝났습니다. 기다리는 시간이 서로 겹쳤기 때문입니다. 이 모든 일을 스레드 하나가 한 번에 하나씩 처리했습니다. 그림에서 진한 색은 실행 중, 연한 색은 대기 중을 뜻합니다.

`gather`를 쓰면 같은 일을 한 줄로 할 수 있고, 결과는 요청한 순서대로 나옵니다.
*/

// %% gathered
await play(async () => {
  console.log(await gather([() => brew("coffee", 2000), () => brew("toast", 1000)]));
}, { picture: false });

/* %% stop
## Stop a job

A promise in JavaScript cannot be stopped. A task can: `cancel()` throws a `CancelledError` at the place where it waits, so `finally` runs and cleans up.
%% ko
## 작업 멈추기

자바스크립트의 프로미스는 중간에 멈출 수 없지만 태스크는 멈출 수 있습니다. `cancel()`을 부르면 태스크가 기다리고 있던 바로 그 자리에서 `CancelledError`가 던져지고, `finally`가 실행되어 뒷정리를 합니다.
*/

// %% cancelled
await play(async () => {
  const download = createTask(async () => {
    try {
      await sleep(10_000);
    } finally {
      console.log("download: half a file removed");
    }
  }, { name: "download" });
  await sleep(1000);
  download.cancel();
  await sleep(0);
  console.log("cancelled:", download.cancelled());
});

/* %% deadline
## A deadline, and the first answer wins

`waitFor` cancels what takes too long. `race` takes the first answer and cancels the rest; both wait until what they cancelled has cleaned up.
%% ko
## 제한 시간, 그리고 먼저 온 답

`waitFor`는 너무 오래 걸리는 작업을 취소합니다. `race`는 가장 먼저 온 답을 받고 나머지를 취소합니다. 둘 다 취소한 작업이 뒷정리를 끝낼 때까지 기다려 줍니다.
*/

// %% deadline-and-race
await play(async () => {
  try {
    await waitFor(() => brew("slow tea", 5000), 1000);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("no tea within a second");
  }
  console.log("first:", await race([() => brew("espresso", 500), () => brew("filter", 3000)]));
});

/* %% group
## Nothing is left behind

Jobs that belong together go in a `TaskGroup`. It ends when all of them have ended. When one fails, the others are cancelled, and you get the error. With `Promise.all` the others would go on unseen.
%% ko
## 남겨지는 작업이 없도록

함께 움직이는 작업은 `TaskGroup`에 넣습니다. 그룹은 속한 작업이 모두 끝나야 끝납니다. 하나가 실패하면 나머지는 취소되고, 오류는 여러분에게 전달됩니다. `Promise.all`이었다면 나머지 작업은 아무도 모르게 계속 돌았을 것입니다.
*/

// %% failing-group
await play(async () => {
  try {
    await TaskGroup.run((group) => {
      group.createTask(() => brew("coffee", 3000), { name: "coffee" });
      group.createTask(async () => {
        await sleep(1000);
        throw new Error("the toaster is on fire");
      }, { name: "toast" });
    });
  } catch (error) {
    console.log(String((error as AggregateError).errors[0]));
  }
});

/* %% styles
## Two ways to write it

Everything works in **generators** too: `function*` instead of `async function`, `yield*` instead of `await`. They are many times faster and nothing in them runs before it should; `async` functions read as you are used to. Mix them as you like. `both` runs a program in either style and fails unless they do exactly the same.
%% ko
## 두 가지 작성법

모든 기능은 **제너레이터**로도 쓸 수 있습니다. `async function` 대신 `function*`, `await` 대신 `yield*`를 쓰면 됩니다. 제너레이터는 훨씬 빠르고, 때가 되기 전에는 한 줄도 실행되지 않습니다. `async` 함수는 익숙하게 읽힙니다. 둘을 섞어 써도 됩니다. `both`는 같은 프로그램을 두 방식으로 실행하고, 동작이 정확히 같지 않으면 실패합니다.
*/

// %% both-styles
function* count(name: string, ms: number) {
  for (const n of [1, 2, 3]) {
    yield* sleep(ms);
    console.log(name, n);
  }
}

async function countAsync(name: string, ms: number) {
  for (const n of [1, 2, 3]) {
    await sleep(ms);
    console.log(name, n);
  }
}

await both(
  () => gather([count("a", 200), count("b", 300)]),
  () => gather([() => countAsync("a", 200), () => countAsync("b", 300)]),
);

/* %% measure
## Does it pay?

Now on the real clock: twenty waits of 20 ms, one after the other, and all at once. Your numbers will differ a little.
%% ko
## 정말 빨라질까요?

이번에는 실제 시계로 재 봅니다. 20 ms짜리 기다림 스무 개를 하나씩 차례로, 그리고 한꺼번에 실행합니다. 숫자는 컴퓨터마다 조금씩 다릅니다.
*/

// %% measured-waits measured
async function time(job: () => PromiseLike<unknown>) {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

const waits = Array.from({ length: 20 }, () => 20);
bars([
  {
    name: "one by one",
    value: await time(async () => {
      for (const ms of waits) await sleep(ms);
    }),
  },
  { name: "all at once", value: await time(() => gather(waits.map((ms) => sleep(ms)))) },
], { unit: "ms" });

/* %% live
## Watch it live

`watch()` shows what runs now, and for what it waits, while later cells run. Run the next three cells one after the other: the view changes under the first.
%% ko
## 실시간으로 지켜보기

`watch()`는 지금 무엇이 실행되고 있고 무엇을 기다리는지, 다른 셀이 실행되는 동안에도 계속 보여 줍니다. 다음 세 셀을 차례로 실행해 보세요. 첫 번째 셀 아래의 화면이 바뀝니다.
*/

// %% watch measured
const view = await watch();

// %% background measured
for (const n of [1, 2, 3, 4]) createTask(() => sleep(n * 250), { name: `page ${n}` });
createTask(() => sleep(3_600_000), { name: "an hour's work" });
await sleep(700);

/* %% stop-all
An hour is too long. This stops every task of ours, lets each clean up, and leaves the notebook alive.
%% ko
한 시간은 너무 깁니다. 아래 셀은 실행 중인 태스크를 모두 멈추고 각자 뒷정리를 하게 합니다. 노트북은 그대로 살아 있습니다.
*/

// %% stopped measured
const report = await stopAll();
view.stop();
report;

/* %% next
## Where next

| notebook | what it is about |
| --- | --- |
| [01](01_future_and_task.ipynb) | Future and Task: what differs, in seven examples |
| [02](02_awaitable.ipynb) | What may stand behind `await` |
| [03](03_event_loop_in_depth.ipynb) | The event loop, gather and wait, streams, queues, cancellation |
| [04](04_coroutine_task_future.ipynb) | Coroutines and tasks step by step: the best one to go on with |
| [05](05_futures_and_pools.ipynb) | Pools of threads and processes |
| [06](06_exercises.ipynb) | Exercises, with solutions |
| [07](07_beyond_asyncio.ipynb) | What asyncio does not have |

If you know asyncio: the names are the same in camelCase (`create_task` is `createTask`), times are milliseconds, and `async with x as y:` is `asyncWith(x, (y) => ...)`.
%% ko
## 다음으로

| 노트북 | 내용 |
| --- | --- |
| [01](01_future_and_task.ipynb) | Future와 Task의 차이, 일곱 가지 예제 |
| [02](02_awaitable.ipynb) | `await` 뒤에 올 수 있는 것 |
| [03](03_event_loop_in_depth.ipynb) | 이벤트 루프, gather와 wait, 스트림, 큐, 취소 |
| [04](04_coroutine_task_future.ipynb) | 코루틴과 태스크를 한 걸음씩: 바로 이어서 보기에 가장 좋습니다 |
| [05](05_futures_and_pools.ipynb) | 스레드 풀과 프로세스 풀 |
| [06](06_exercises.ipynb) | 연습문제와 풀이 |
| [07](07_beyond_asyncio.ipynb) | asyncio에는 없는 것 |

asyncio를 이미 안다면: 이름은 camelCase로만 바뀌었고(`create_task`는 `createTask`), 시간의 단위는 밀리초이며, `async with x as y:`는 `asyncWith(x, (y) => ...)`입니다.
*/
