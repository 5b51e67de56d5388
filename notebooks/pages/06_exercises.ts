// deno-lint-ignore-file require-await -- blanks to fill
// The three exercises of the book's chapter 18, see 03_event_loop_in_depth.

/* %% title
# Exercises

Three exercises from the chapter behind [03](03_event_loop_in_depth.ipynb). Each has a blank to fill, a hint, a solution and a picture of what was measured. Change the cell with the blank, run it, and look at what the check says.

From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`.
%% ko
# 연습문제

[03](03_event_loop_in_depth.ipynb)의 바탕이 된 장의 연습문제 세 개입니다. 문제마다 채울 빈칸, 힌트, 풀이, 그리고 측정한 그림이 있습니다. 빈칸이 있는 셀을 고쳐서 실행하고, 확인 결과를 보세요.

JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다.
*/

// %% setup
import {
  asyncWith,
  createTask,
  gather,
  getEventLoop,
  getRunningLoop,
  Queue,
  run,
  Semaphore,
  sleep,
  TaskGroup,
  toThread,
} from "../../mod.ts";
import { bars, steps } from "../lib/chart.ts";
import { play } from "../lib/play.ts";

/* %% first S2-X1
## 1. A hundred pages, ten at a time

Write a function that fetches 100 pages, but never more than ten at once, with a `Semaphore(10)`. Then do the same with 1, 10 and 100 at once, and compare the times. Why is more not always faster?

The server of this exercise is on your own machine. It takes 10 ms for a page, and works on at most 20 at once; the others stand in line.
%% ko
## 1. 페이지 백 개를 열 개씩

페이지 100개를 가져오되 `Semaphore(10)`으로 동시에 열 개를 넘지 않는 함수를 작성하세요. 그다음 동시성을 1, 10, 100으로 바꿔 가며 시간을 비교합니다. 왜 더 높인다고 더 빨라지지 않을까요?

이 문제의 서버는 여러분의 컴퓨터에서 돕니다. 한 페이지에 10 ms가 걸리고, 동시에 최대 20개를 처리하며, 나머지는 줄을 서서 기다립니다.
*/

// %% first-server
const capacity = new Semaphore(20);
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async () => {
  await asyncWith(capacity, () => sleep(10));
  return new Response("a page");
});
const urls = Array.from({ length: 100 }, (_, i) => `http://127.0.0.1:${server.addr.port}/${i}`);

async function fetchPage(url: string) {
  return await (await fetch(url)).text();
}

// %% first-blank S2-X1
/** Gives the text of every page, with at most `limit` requests at once. */
async function fetchAll(_urls: string[], _limit: number): Promise<string[]> {
  return []; // your code here
}

const fetched = await fetchAll(urls, 10);
console.log(fetched.length === 100 ? "done!" : `still to do: ${fetched.length} of 100 pages`);

/* %% first-hint
<details><summary>Hint</summary>

Make one `new Semaphore(limit)` for all. For each page, `asyncWith(semaphore, () => fetchPage(url))` waits for its turn. `gather` takes functions, and starts them all.

</details>
%% ko
<details><summary>힌트</summary>

모두가 함께 쓸 `new Semaphore(limit)`를 하나 만드세요. 페이지마다 `asyncWith(semaphore, () => fetchPage(url))`가 차례를 기다립니다. `gather`에는 함수를 넘기면 모두 시작됩니다.

</details>
*/

// %% first-solution S2-X1
async function fetchAllSolved(urls: string[], limit: number) {
  const semaphore = new Semaphore(limit);
  let [inside, most] = [0, 0];
  const fetchOne = (url: string) =>
    asyncWith(semaphore, async () => {
      most = Math.max(most, ++inside);
      const text = await fetchPage(url);
      inside--;
      return text;
    });
  const pages = await gather(urls.map((url) => () => fetchOne(url)));
  console.log(`limit ${limit}: ${pages.length} pages, most at once: ${most}`);
  return pages;
}

const pages = await fetchAllSolved(urls, 10);
pages.length;

// %% first-measured S2-X1 measured
const times: { name: string; value: number }[] = [];
for (const limit of [1, 10, 20, 100]) {
  const start = performance.now();
  await fetchAllSolved(urls, limit);
  times.push({ name: `${limit} at once`, value: performance.now() - start });
}
await server.shutdown();
bars(times, { unit: "ms" });

/* %% first-why S2-X1
From 1 to 10 the time falls by almost ten. From 10 to 100 it does not: the server works on 20, and all others wait in *its* line, while each holds a connection and memory on both sides. On a real network that costs more than it gains: time-outs, retries, refusals.
%% ko
1에서 10으로 높이면 시간이 거의 10분의 1로 줄어듭니다. 10에서 100으로 높여도 그렇게는 줄지 않습니다. 서버가 20개까지만 처리하므로 나머지는 *서버의* 줄에서 기다리고, 그동안 양쪽의 연결과 메모리를 차지합니다. 실제 네트워크에서는 타임아웃, 재시도, 거부로 이어져 오히려 손해를 봅니다.
*/

/* %% second S2-X2
## 2. Backpressure

With a `TaskGroup`, let a producer and a consumer share a `Queue(10)` and pass 100 items. Show that the producer waits when the queue is full.
%% ko
## 2. 백프레셔

`TaskGroup`으로 생산자와 소비자가 `Queue(10)`을 함께 쓰며 아이템 100개를 주고받게 하세요. 큐가 가득 차면 생산자가 기다린다는 것을 보이세요.
*/

// %% second-blank S2-X2
async function pipeline(_queue: Queue<number>): Promise<number[]> {
  const received: number[] = [];
  await TaskGroup.run((_group) => {
    // your code here: two tasks
  });
  return received;
}

const received = await pipeline(new Queue<number>(10));
console.log(received.length === 100 ? "done!" : `still to do: ${received.length} of 100 items`);

/* %% second-hint
<details><summary>Hint</summary>

The producer awaits `queue.put(i)`, then calls `queue.shutdown()`. The consumer is `for await (const item of queue)`. To see the waiting, look at `queue.full()` before each put.

</details>
%% ko
<details><summary>힌트</summary>

생산자는 `queue.put(i)`를 `await`하고, 끝나면 `queue.shutdown()`을 부릅니다. 소비자는 `for await (const item of queue)`입니다. 기다리는지 보려면 넣기 전에 `queue.full()`을 확인하세요.

</details>
*/

// %% second-solution S2-X2
const sizes: { at: number; value: number }[] = [];

await play(async () => {
  const queue = new Queue<number>(10);
  const received: number[] = [];
  const blocked: number[] = [];
  const note = () => sizes.push({ at: getRunningLoop().time(), value: queue.qsize() });
  await TaskGroup.run((group) => {
    group.createTask(async () => {
      for (let i = 0; i < 100; i++) {
        if (queue.full()) blocked.push(i);
        await queue.put(i);
        note();
        await sleep(1);
      }
      queue.shutdown();
    }, { name: "producer" });
    group.createTask(async () => {
      for await (const item of queue) {
        note();
        await sleep(5); // five times as slow
        received.push(item);
      }
    }, { name: "consumer" });
  });
  console.log("items:", received.length, "in order:", received.every((item, i) => item === i));
  console.log("fullest:", Math.max(...sizes.map(({ value }) => value)));
  console.log(`put() had to wait ${blocked.length} times, first for item ${blocked[0]}`);
}, { picture: false });

/* %% second-why S2-X2
The queue fills up to ten and stays there. From then on the producer goes at the consumer's pace, and no memory is filled with items that nobody can take yet.
%% ko
큐는 열 개까지 차고 그대로 유지됩니다. 그때부터 생산자는 소비자의 속도에 맞춰 움직이고, 아직 가져갈 수 없는 아이템으로 메모리가 차지 않습니다.
*/

// %% second-measured S2-X2
steps(sizes, { x: "ms", y: "items in the queue" });

/* %% third S2-X3
## 3. Catch the blocker

Run a program in debug mode, with a heavy loop in a coroutine that never yields. Which warning appears?
%% ko
## 3. 범인 찾기

코루틴 안에 양도하지 않는 무거운 반복문을 두고 디버그 모드로 실행해 보세요. 어떤 경고가 나올까요?
*/

// %% third-blank S2-X3
await run(async () => {
  console.log("still to do"); // a heavy loop here
}, { debug: true });

/* %% third-hint
<details><summary>Hint</summary>

`for (let i = 0; i < 400_000_000; i++) total += i;` takes long enough: debug mode reports what runs for more than 100 ms. Warnings go to the console, which `play` shows.

</details>
%% ko
<details><summary>힌트</summary>

`for (let i = 0; i < 400_000_000; i++) total += i;`이면 충분히 오래 걸립니다. 디버그 모드는 100 ms를 넘게 실행된 것을 알려 줍니다. 경고는 콘솔로 나오며 `play`가 보여 줍니다.

</details>
*/

// %% third-solution S2-X3 measured
function heavy() {
  let total = 0;
  for (let i = 0; i < 400_000_000; i++) total += i;
  return total;
}

await play(function* () {
  createTask(function* heavyTask() {
    yield* sleep(0);
    heavy();
  }, { name: "heavy" });
  yield* sleep(100);
}, { debug: true, picture: false });

/* %% third-why S2-X3
`SlowStep` names the task, how long it ran without a pause, and where it was made. What it costs the others: how late a timer of 10 ms comes while `heavy` runs in the loop, and while it runs in a thread.
%% ko
`SlowStep` 경고는 어떤 태스크가, 얼마나 오래 쉬지 않고 실행되었으며, 어디서 만들어졌는지 알려 줍니다. 다른 코드가 치르는 대가는 이렇습니다. `heavy`가 이벤트 루프에서 돌 때와 스레드에서 돌 때, 10 ms 타이머가 얼마나 늦게 오는지 재 보았습니다.
*/

// %% third-measured S2-X3 measured
async function lateness(work: () => PromiseLike<unknown>) {
  let worst = 0;
  const ticker = createTask(async () => {
    for (;;) {
      const due = getEventLoop().time() + 10;
      await sleep(10);
      worst = Math.max(worst, getEventLoop().time() - due);
    }
  });
  await work();
  await sleep(20);
  ticker.cancel();
  return worst;
}

bars([
  { name: "in the loop", value: await lateness(() => sleep(1).then(heavy)) },
  { name: "in a thread", value: await lateness(() => toThread(heavy)) },
], { unit: "ms late" });
